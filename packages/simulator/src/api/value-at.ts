import type { JsonObject } from "../values/json.ts";

/** The value of a dotted field as text; a reference counts as its id. */
export function valueAt(shown: JsonObject, field: string): string | null {
  let value: unknown = shown;
  for (const name of field.split(".")) value = (value as JsonObject | null | undefined)?.[name];
  if (value === null || value === undefined) return null;
  if (typeof value !== "object") return String(value);
  const { text, id } = value as { readonly text?: string; readonly id?: { readonly text: string } };
  return text ?? id?.text ?? null;
}
