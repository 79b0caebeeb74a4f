import type { MenuPathFact } from "../facts.ts";
import { type Language, languages } from "../language.ts";
import { inQuestions, type SourceId } from "../sources.ts";

const editions: Readonly<Record<Language, SourceId>> = {
  de: "questionsDe",
  fr: "questionsFr",
  it: "questionsIt",
  en: "questionsEn",
};

/** One path through the back office, with the labels that each language's edition prints. */
export function toMenuPaths(paths: Readonly<Record<Language, readonly string[]>>): readonly MenuPathFact[] {
  return languages.map((language) => ({
    id: `path-${language}`,
    kind: "menuPath",
    language,
    path: paths[language],
    volatile: false,
    ...inQuestions,
    source: editions[language],
  }));
}
