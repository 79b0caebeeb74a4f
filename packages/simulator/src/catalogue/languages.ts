/** The languages of everything a buyer reads. */
export type Language = "de" | "fr" | "it" | "en";
export type Texts = Readonly<Record<Language, string>>;

/** Of an IETF tag such as "de-CH"; English where the simulator does not speak it. */
export function toLanguage(tag: string): Language {
  const base = tag.slice(0, 2).toLowerCase();
  return base === "de" || base === "fr" || base === "it" ? base : "en";
}

/** As the service keys its localised texts. */
export function toLocalised(texts: Texts): Readonly<Record<string, string>> {
  return { "de-DE": texts.de, "fr-FR": texts.fr, "it-IT": texts.it, "en-US": texts.en };
}
