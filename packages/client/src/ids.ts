declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/**
 * Id of a space at the service, as decimal digits. A string, because the service's ids are 64 bit numbers and a
 * JavaScript number keeps only 53 bits of them; on the wire it is a JSON number again.
 */
export type SpaceId = Brand<string, "SpaceId">;
/** Id of any other entity at the service (transaction, refund, token …), as decimal digits. */
export type ServiceId = Brand<string, "ServiceId">;
/**
 * A decimal number in plain notation without superfluous zeros, such as "29.9" or "-10": amounts in major units,
 * quantities, tax rates. The service keeps 19 digits, 8 of them after the point.
 */
export type Decimal = Brand<string, "Decimal">;
/** ISO 8601, UTC, milliseconds: "2026-02-03T09:00:00.148Z". */
export type Instant = Brand<string, "Instant">;

function toDigits(value: string | number | bigint, what: string): string {
  const digits = String(value);
  if (!/^[1-9][0-9]{0,19}$/.test(digits)) throw new TypeError(`${what} must be a positive integer, got "${digits}"`);
  return digits;
}

/** @throws TypeError when the value is not a positive integer of at most 20 digits. */
export function toSpaceId(value: string | number | bigint): SpaceId {
  return toDigits(value, "A space id") as SpaceId;
}

/** @throws TypeError when the value is not a positive integer of at most 20 digits. */
export function toServiceId(value: string | number | bigint): ServiceId {
  return toDigits(value, "An entity id") as ServiceId;
}

/** Can this text be an id of the service? A positive number of 64 bits, without sign and leading zeros. */
export function isServiceId(text: string): boolean {
  return /^[1-9][0-9]{0,18}$/.test(text);
}

const plainNotation = /^(?:0|-?[1-9][0-9]{0,40}|-?(?:0|[1-9][0-9]{0,40})\.[0-9]{0,40}[1-9])$/;
const decimalNotation = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,4}))?$/;

/**
 * Any decimal notation in its plain form: "29.90" is "29.9", "1E-8" is "0.00000001", "-0.0" is "0".
 * @throws TypeError when it is not a decimal number, or one of absurd length.
 */
export function toDecimal(value: string | number | bigint): Decimal {
  const text = String(value);
  if (plainNotation.test(text)) return text as Decimal;
  const [notation, sign = "", whole = "", fraction = "", exponent = "0"] = decimalNotation.exec(text) ?? [];
  if (notation === undefined || notation.length > 80 || Math.abs(Number(exponent)) > 40) {
    throw new TypeError(`Not a decimal number: "${text.slice(0, 80)}"`);
  }
  const point = whole.length + Number(exponent);
  const digits = "0".repeat(Math.max(0, -point)) + whole + fraction;
  const before = digits.slice(0, Math.max(0, point)).padEnd(point, "0").replace(/^0+/, "") || "0";
  const after = digits.slice(Math.max(0, point)).replace(/0+$/, "");
  const plain = after === "" ? before : `${before}.${after}`;
  return (plain === "0" ? plain : sign + plain) as Decimal;
}
