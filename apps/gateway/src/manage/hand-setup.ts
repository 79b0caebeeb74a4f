import type { HandSetup } from "@checkout-plugins/core";
import type { FieldFault } from "./shop-input.ts";

/** What was typed into the fields of a platform, and what is wrong with it. */
export interface SetupEntries {
  readonly entries: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, FieldFault>>;
}

/** As the fields are named in the form: apart from those that every shop has. */
export function toFieldName(name: string): string {
  return `setup-${name}`;
}

export function readEntries(setup: HandSetup, form: Readonly<Record<string, unknown>>): SetupEntries {
  const typed = setup.fields.map(({ name, isValid }) => {
    const value = form[toFieldName(name)];
    return { name, isValid, text: typeof value === "string" ? value.trim().slice(0, 500) : "" };
  });
  const faults = typed.flatMap(({ name, isValid, text }): readonly (readonly [string, FieldFault])[] =>
    isValid(text) ? [] : [[name, text === "" ? "missing" : "pattern"]],
  );
  return {
    entries: Object.fromEntries(typed.map(({ name, text }) => [name, text])),
    faults: Object.fromEntries(faults),
  };
}
