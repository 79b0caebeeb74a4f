/** The languages in which people read of a payment. */
export type Language = "de" | "fr" | "it" | "en";

const languages: readonly Language[] = ["de", "fr", "it", "en"];

/** Of an IETF tag, or the first that we speak of an Accept-Language header; else English. */
export function toLanguage(tags: string | null): Language {
  const wanted = (tags ?? "").split(",").map((tag) => tag.trim().slice(0, 2).toLowerCase());
  return wanted.map((tag) => languages.find((one) => one === tag)).find((one) => one !== undefined) ?? "en";
}
