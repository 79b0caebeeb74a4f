import type { Entry } from "../entry.ts";
import { knowledge } from "../knowledge.ts";
import type { Language } from "../language.ts";
import { likeness, slipLikeness } from "./likeness.ts";
import { synonyms } from "./synonyms.ts";
import { toTokens, words } from "./tokens.ts";

export interface SearchHit {
  readonly entry: Entry;
  /** Above 0; comparable within one search only. */
  readonly score: number;
}

interface Document {
  readonly entry: Entry;
  readonly title: ReadonlySet<string>;
  readonly keywords: ReadonlySet<string>;
  readonly answer: ReadonlySet<string>;
  /** Keywords of several words, padded, to be found as they stand. */
  readonly phrases: readonly string[];
}

/** Longer queries are cut: they are nobody's question, and the work grows with every word. */
const maximumCharacters = 400;
const maximumTokens = 24;

/** What a word counts by where it is found, and how. Found by trying, kept by the tests. */
const weights = { best: 2, both: 0.5, answer: 0.5, synonym: 0.6, knownWord: 0.7, phrase: 2 };

const documentsIn: Readonly<Record<Language, readonly Document[]>> = {
  de: toDocuments("de"),
  fr: toDocuments("fr"),
  it: toDocuments("it"),
  en: toDocuments("en"),
};

const synonymsIn: Readonly<Record<Language, readonly (readonly string[])[]>> = {
  de: toGroups("de"),
  fr: toGroups("fr"),
  it: toGroups("it"),
  en: toGroups("en"),
};

/**
 * The entries that answer a query best, best first; empty when no word of it is known. Case, diacritics, small typing
 * errors and German umlauts written out do not matter. The same query always gives the same order.
 */
export function search(query: string, language: Language, limit = 5): readonly SearchHit[] {
  const documents = documentsIn[language];
  const vocabulary = toVocabulary(documents);
  const text = query.length > maximumCharacters ? query.slice(0, maximumCharacters).replace(/\S+$/, "") : query;
  const tokens = [...new Set(toTokens(text, language))].slice(0, maximumTokens);
  const likelies = tokens.map((token) => toLikely(token, vocabulary, language));
  const rarities = likelies.map((likely) => toRarity(documents, likely));
  const phrase = toPhrase(text, language);
  return documents
    .map((document) => {
      const found = likelies.map((likely, index) => toMatch(document, likely) * (rarities[index] ?? 0));
      const phrases = document.phrases.some((known) => phrase.includes(known)) ? weights.phrase : 0;
      return { entry: document.entry, score: found.reduce((sum, part) => sum + part, phrases) };
    })
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score)
    .slice(0, limit);
}

function toDocuments(language: Language): readonly Document[] {
  const toSet = (text: string) => new Set(toTokens(text, language));
  return knowledge.map((entry) => ({
    entry,
    title: toSet(entry.question[language]),
    keywords: toSet(entry.keywords[language].join(" ")),
    answer: toSet(entry.answer[language]),
    phrases: entry.keywords[language].filter((word) => word.includes(" ")).map((word) => toPhrase(word, language)),
  }));
}

function toGroups(language: Language): readonly (readonly string[])[] {
  return synonyms[language].map((group) => group.flatMap((word) => toTokens(word, language)));
}

function toPhrase(text: string, language: Language): string {
  return ` ${words(text, language).join(" ")} `;
}

function toVocabulary(documents: readonly Document[]): ReadonlySet<string> {
  return new Set(documents.flatMap(({ title, keywords, answer }) => [...title, ...keywords, ...answer]));
}

/** The known words that a typed word may mean, with how likely that is. A word that is known is no slip of another. */
function toLikely(token: string, vocabulary: ReadonlySet<string>, language: Language): ReadonlyMap<string, number> {
  const isKnown = vocabulary.has(token);
  const meant = synonymsOf(token, language);
  const likely = new Map<string, number>();
  for (const word of vocabulary) {
    const alike = isKnown && word !== token ? weights.knownWord * likeness(token, word) : likeness(token, word);
    const slip = isKnown ? 0 : slipLikeness(token, word);
    const indirect = meant.some((synonym) => likeness(synonym, word) >= 0.8) ? weights.synonym : 0;
    const best = Math.max(alike, slip, indirect);
    if (best > 0) likely.set(word, best);
  }
  return likely;
}

/** Of the groups that have the word itself, else of those that have one like it. */
function synonymsOf(token: string, language: Language): readonly string[] {
  const groups = synonymsIn[language];
  const own = groups.filter((group) => group.includes(token));
  const isLike = (word: string) => Math.max(likeness(token, word), slipLikeness(token, word)) >= 0.7;
  return (own.length > 0 ? own : groups.filter((group) => group.some(isLike))).flat();
}

/** A word that few entries have tells more. */
function toRarity(documents: readonly Document[], likely: ReadonlyMap<string, number>): number {
  const entries = documents.reduce((sum, document) => sum + Math.min(1, toMatch(document, likely) / weights.best), 0);
  return Math.log(1 + documents.length / Math.max(entries, 0.5));
}

function toMatch({ title, keywords, answer }: Document, likely: ReadonlyMap<string, number>): number {
  const inTitle = toBest(title, likely);
  const inKeywords = toBest(keywords, likely);
  return (
    weights.best * Math.max(inTitle, inKeywords) +
    weights.both * Math.min(inTitle, inKeywords) +
    weights.answer * toBest(answer, likely)
  );
}

function toBest(tokens: ReadonlySet<string>, likely: ReadonlyMap<string, number>): number {
  let best = 0;
  for (const token of tokens) best = Math.max(best, likely.get(token) ?? 0);
  return best;
}
