import { type Fields, toFields } from "./fields.ts";
import { parseJson, type WireJson } from "./json.ts";
import type { Answer } from "./refusal.ts";

/** Reads an answer that is one JSON value. */
export function jsonAnswer<T>(convert: (fields: Fields) => T, what: string): (answer: Answer) => T {
  return (answer) => convert(toFields(parseJson(answer.text), what));
}

/** The service writes bare text, and with a JSON content type sometimes a JSON string and sometimes bare text. */
export function textAnswer(answer: Answer): string {
  const text = answer.text.trim();
  const isQuoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
  const value = isQuoted ? parseJson(text) : text;
  if (typeof value !== "string" || value === "" || value.startsWith("<")) {
    throw new TypeError("a text was expected");
  }
  return value;
}

/** A text that is the absolute address of a web page or script. */
export function urlAnswer(answer: Answer): string {
  const text = textAnswer(answer);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") throw new TypeError("an http or https URL was expected");
  return text;
}

export function noAnswer(): void {}

/** One page of a list. */
export interface Page {
  readonly items: readonly Fields[];
  readonly hasMore: boolean;
}

export function toPage({ values, path }: Fields): Page {
  if (!Array.isArray(values.data)) throw new TypeError(`${path}.data must be a list`);
  return {
    items: values.data.map((item: WireJson, index) => toFields(item, `${path}.data[${index}]`)),
    hasMore: values.hasMore === true,
  };
}
