/** A JSON number that a double cannot hold, by its text: an id above 2^53, a decimal of 16 digits or more. */
export class ExactNumber {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** JSON as it was received; no number in it has lost a digit. */
export type WireJson = null | boolean | number | string | ExactNumber | readonly WireJson[] | WireObject;
export interface WireObject {
  readonly [key: string]: WireJson;
}

/** Of ES2025, in every Node this package runs on, not yet in TypeScript's library. */
const exactJson = JSON as unknown as {
  parse(
    text: string,
    reviver: (key: string, value: WireJson, context: { readonly source: string }) => WireJson,
  ): WireJson;
  rawJSON(text: string): RawNumber;
};

declare const rawNumber: unique symbol;
/** What `JSON.stringify` writes digit by digit. */
export interface RawNumber {
  readonly [rawNumber]: true;
}

/** Up to 15 digits survive the way through a double; with this the six times slower exact way is rarely taken. */
const mayLoseDigits = /[0-9][0-9.]{15}|[0-9][eE][+-]?[0-9]{3}/;

/** @throws TypeError when the text is not JSON; the message repeats nothing of it. */
export function parseJson(text: string): WireJson {
  try {
    return mayLoseDigits.test(text) ? exactJson.parse(text, keepDigits) : (JSON.parse(text) as WireJson);
  } catch {
    throw new TypeError("it is not JSON");
  }
}

function keepDigits(_key: string, value: WireJson, context: { readonly source: string }): WireJson {
  return typeof value === "number" && String(value) !== context.source ? new ExactNumber(context.source) : value;
}

/** @throws TypeError when the text is not a number in plain notation. */
export function toRawNumber(text: string): RawNumber {
  if (!/^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(text)) {
    throw new TypeError(`Not a number in plain notation: "${text.slice(0, 80)}". Make it by toServiceId or toDecimal.`);
  }
  return exactJson.rawJSON(text);
}
