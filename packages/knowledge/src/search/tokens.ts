import type { Language } from "../language.ts";
import { stopWords } from "./stop-words.ts";

const marks = /\p{Mark}/gu;

/** Lower case, without diacritics. In German "ue" counts as "ü", so that kuendigen and kündigen are one word. */
export function normalize(text: string, language: Language): string {
  const plain = text.toLowerCase().replaceAll("ß", "ss").replaceAll("œ", "oe").normalize("NFD").replace(marks, "");
  return language === "de" ? plain.replace(/([aou])e/g, "$1") : plain;
}

/** The words that can tell entries apart, in their order, with repetitions. */
export function toTokens(text: string, language: Language): readonly string[] {
  const stop = stopTokens[language];
  return words(text, language).filter((token) => token.length > 1 && !stop.has(token));
}

/** All words; what a hyphen joins is also one word, so that "plug-in" is found by "plugin" (but "faut-il" is none). */
export function words(text: string, language: Language): readonly string[] {
  const normal = normalize(text, language);
  const joined = normal.match(/[a-z0-9]+(?:[-‑][a-z0-9]+)+/g) ?? [];
  return [...(normal.match(/[a-z0-9]+/g) ?? []), ...joined.map((word) => word.replace(/[-‑]/g, ""))];
}

function toStopTokens(language: Language): ReadonlySet<string> {
  return new Set(words(stopWords[language], language));
}

const stopTokens: Readonly<Record<Language, ReadonlySet<string>>> = {
  de: toStopTokens("de"),
  fr: toStopTokens("fr"),
  it: toStopTokens("it"),
  en: toStopTokens("en"),
};
