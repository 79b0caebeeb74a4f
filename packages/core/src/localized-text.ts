/** Texts of the service by IETF tag. */
export type LocalizedText = Readonly<Record<string, string>>;

/**
 * The text in this language: of the same tag, else of the same language, else English, else any; null when there is none.
 * Whatever order a database gives the texts back in, it is the same one.
 */
export function pickText(texts: LocalizedText, tag: string): string | null {
  const language = (one: string): string => one.slice(0, 2).toLowerCase();
  const tags = Object.keys(texts)
    .filter((one) => texts[one] !== "")
    .sort();
  const found =
    tags.find((one) => one.toLowerCase() === tag.toLowerCase()) ??
    tags.find((one) => language(one) === language(tag)) ??
    tags.find((one) => language(one) === "en") ??
    tags[0];
  return found === undefined ? null : (texts[found] ?? null);
}
