import type { Decimal, ServiceId, SpaceId } from "../ids.ts";
import { type RawNumber, toRawNumber } from "./json.ts";

type WireNumber = SpaceId | ServiceId | Decimal;

/**
 * The same type as it goes over the wire: ids and decimals are JSON numbers, everything else stays. A converter that
 * answers `Wire<T>` and forgets a field does not compile, and text that looks like a number (a postcode, metaData)
 * stays text.
 */
export type Wire<T, N = RawNumber> = T extends WireNumber
  ? N
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Wire<Item, N>[]
      : {
          readonly [K in keyof T]: Partial<Pick<T, K>> extends Pick<T, K>
            ? Wire<Exclude<T[K], undefined>, N> | undefined
            : Wire<T[K], N>;
        };

/** @throws TypeError when the value is not a number in plain notation. */
export function toWireNumber(value: WireNumber): RawNumber {
  return toRawNumber(value);
}

export function ifGiven<T, R>(value: T | undefined, convert: (value: T) => R): R | undefined {
  return value === undefined ? undefined : convert(value);
}
