export const languages = ["de", "fr", "it", "en"] as const;

/** German and Italian as they are written in Switzerland, French, English. */
export type Language = (typeof languages)[number];

/** One text for people, written in each language; formal (Sie, vous, Lei). */
export type Texts = Readonly<Record<Language, string>>;
