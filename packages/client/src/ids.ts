declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/**
 * Id of a space at the service, as decimal digits. A string, because the service's ids are 64 bit numbers and a
 * JavaScript number keeps only 53 bits of them; on the wire it is a JSON number again.
 */
export type SpaceId = Brand<string, "SpaceId">;
/** Id of any other entity at the service (transaction, refund, token …), as decimal digits. */
export type ServiceId = Brand<string, "ServiceId">;
/** A decimal number in plain notation, such as "29.95" or "-10": amounts in major units, quantities, tax rates. */
export type Decimal = Brand<string, "Decimal">;
/** ISO 8601, UTC, milliseconds: "2026-02-03T09:00:00.148Z". */
export type Instant = Brand<string, "Instant">;

function toDigits(value: string | number | bigint, what: string): string {
  const digits = String(value);
  if (!/^[1-9][0-9]{0,18}$/.test(digits)) throw new TypeError(`${what} must be a positive integer, got "${digits}"`);
  return digits;
}

/** @throws TypeError when the value is not a positive integer of at most 19 digits. */
export function toSpaceId(value: string | number | bigint): SpaceId {
  return toDigits(value, "A space id") as SpaceId;
}

/** @throws TypeError when the value is not a positive integer of at most 19 digits. */
export function toServiceId(value: string | number | bigint): ServiceId {
  return toDigits(value, "An entity id") as ServiceId;
}
