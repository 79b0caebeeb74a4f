export const languages = ["de", "fr", "it", "en"] as const;

/** German and Italian as they are written in Switzerland, French, English. */
export type Language = (typeof languages)[number];

/** One text for people, written in each language; formal (Sie, vous, Lei). */
export type Texts = Readonly<Record<Language, string>>;

/**
 * The first that is written here of what a person reads: an IETF tag such as "de-CH", or an Accept-Language header, whose
 * weights are not read because browsers send it in order. English where none is.
 */
export function toLanguage(tags: string | null | undefined): Language {
  const wanted = (tags ?? "").split(",").map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return wanted.map((tag) => languages.find((one) => one === tag)).find((one) => one !== undefined) ?? "en";
}
