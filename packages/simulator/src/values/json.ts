/** A number exactly as it was written: `29.95` and ids above 2^53 survive, which a JavaScript number would not promise. */
export class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type ParsedJson = null | boolean | string | NumberText | readonly ParsedJson[] | ParsedObject;
export interface ParsedObject {
  readonly [name: string]: ParsedJson;
}

/** What writeJson takes. Amounts and ids are `NumberText`; undefined members are left out. */
export type Json = null | boolean | string | number | NumberText | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** The two functions of "JSON.parse source text access", which the library of TypeScript does not declare yet. */
const sourceText = JSON as unknown as {
  parse(
    text: string,
    reviver: (name: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
};

/** @throws SyntaxError when the text is not JSON. */
export function parseJson(text: string): ParsedJson {
  return sourceText.parse(text, (_name, value, { source }) =>
    typeof value === "number" ? new NumberText(source ?? String(value)) : value,
  ) as ParsedJson;
}

export function writeJson(value: Json): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    member instanceof NumberText ? sourceText.rawJSON(member.text) : member,
  );
}

export function isParsedObject(value: ParsedJson | undefined): value is ParsedObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof NumberText);
}

/** An id or decimal as a JSON number; null stays null. */
export function numberText(text: string | null | undefined): NumberText | null {
  return text === null || text === undefined ? null : new NumberText(text);
}
