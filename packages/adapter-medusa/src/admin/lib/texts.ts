import { de } from "./texts/de.ts";
import { en, type Texts } from "./texts/en.ts";
import { fr } from "./texts/fr.ts";
import { it } from "./texts/it.ts";

export type { Texts };

const all: Readonly<Record<string, Texts>> = { de, en, fr, it };

/** The admin's own language, English where it is none of ours. */
export function findTexts(language: string): Texts {
  return all[language.slice(0, 2)] ?? en;
}
