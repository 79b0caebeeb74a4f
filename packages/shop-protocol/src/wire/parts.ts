import type { Currency, Decimal, Instant, Json, Money, Url } from "@checkout-plugins/core";
import { z } from "zod";
import { wire } from "./check.ts";

/** Gives a schema the contract's branded type; what is accepted stays the same. */
export function branded<T extends string>(schema: z.ZodType<string>): z.ZodType<T, string> {
  return schema as unknown as z.ZodType<T, string>;
}

/** A list whose type is read-only, as in the contract. */
export function list<T>(item: z.ZodType<T>): z.ZodType<readonly T[]> {
  return z.array(item).max(1000, "at most 1000 items");
}

/** One of these words, and nothing else. */
export function oneOf<const T extends string>(...words: readonly T[]): z.ZodType<T> {
  return z.enum(words, {
    error: `must be one of ${words.map((word) => `"${word}"`).join(", ")}`,
  }) as unknown as z.ZodType<T>;
}

/** A text of at most `most` characters, not empty. */
export function text(most: number): z.ZodString {
  return z
    .string(`must be a text of 1 to ${most} characters`)
    .min(1, "must not be empty; leave it out, or send null where the field is required")
    .max(most, `must have at most ${most} characters`);
}

/** A handle of ours or of the shop's. */
export function id<T extends string>(): z.ZodType<T, string> {
  return branded<T>(text(200));
}

export const currency: z.ZodType<Currency, string> = branded(
  z.string("must be an ISO 4217 code").regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code in capitals, such as "CHF"'),
);

/** An id of the service's own. */
export function serviceNumber<T extends string>(): z.ZodType<T, string> {
  return branded<T>(
    z
      .string("must be an id as text")
      .regex(/^[1-9][0-9]{0,18}$/, 'must be an id of the service as text, such as "990001"'),
  );
}

const moneyShape = wire<Money>()(
  z.object({
    minor: z.int("must be whole minor units as a number: 2995 for CHF 29.95, 100 for JPY 100"),
    currency,
  }),
);
export const money: z.ZodType<Money> = moneyShape.strict();
/** What the gateway says: fields that came later are ignored. */
export const lenientMoney: z.ZodType<Money> = moneyShape;

export const decimal: z.ZodType<Decimal, string> = branded(
  z
    .string('must be a decimal number as text, such as "1.5"')
    .regex(/^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,8})?$/, 'must be a decimal number as text, such as "8.1" or "-10"'),
);

export const instant: z.ZodType<Instant, string> = branded(
  z.iso.datetime('must be a time in UTC, such as "2026-02-03T09:00:00.148Z"'),
);

export const url: z.ZodType<Url, string> = branded(
  z
    .url({ protocol: /^https?$/, error: "must be an absolute http or https address" })
    .max(2000, "must have at most 2000 characters"),
);

export const json: z.ZodType<Json> = z.json();
