/** The four languages of the shop, in the order in which they are offered. */
export const languages = ["de", "fr", "it", "en"] as const;
export type Language = (typeof languages)[number];

/** One text in every language. */
export type Translated = Readonly<Record<Language, string>>;

export function isLanguage(value: unknown): value is Language {
  return languages.some((language) => language === value);
}

/** The tag that the payment page, the receipt and `<html lang>` get. */
export function toTag(language: Language): string {
  return language === "en" ? "en-US" : `${language}-CH`;
}

/**
 * The buyer's first choice among our languages, from an Accept-Language header (RFC 9110, 12.5.4). German when none of
 * ours is named.
 */
export function toLanguage(acceptLanguage: string | null | undefined): Language {
  const wishes = (acceptLanguage ?? "")
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
      const quality = parameters
        .map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1])
        .find(Boolean);
      return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((wish) => wish.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wishes) if (isLanguage(language)) return language;
  return "de";
}
