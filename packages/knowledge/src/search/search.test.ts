import { describe, expect, it } from "vitest";
import { knowledge } from "../knowledge.ts";
import { type Language, languages } from "../language.ts";
import { queries as de } from "./__queries__/de.ts";
import { queries as en } from "./__queries__/en.ts";
import { queries as fr } from "./__queries__/fr.ts";
import { queries as italian } from "./__queries__/it.ts";
import { sentences } from "./__queries__/sentences.ts";
import { search } from "./search.ts";

const queries: Readonly<Record<Language, Readonly<Record<string, readonly string[]>>>> = { de, fr, it: italian, en };

describe.each(languages)("search in %s", (language) => {
  const ids = (query: string, limit?: number) => search(query, language, limit).map(({ entry }) => entry.id);

  it("has at least three queries for every entry, and no others", () => {
    expect(Object.keys(queries[language]).sort()).toEqual(knowledge.map(({ id }) => id).sort());
    for (const [id, texts] of Object.entries(queries[language])) {
      expect(new Set(texts).size, id).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(Object.entries(queries[language]))("finds %s in first place", (id, texts) => {
    const found = texts.map((text) => [text, ids(text)[0]]);
    expect(found).toEqual(texts.map((text) => [text, id]));
  });

  it.each(sentences[language])("finds %j among the first three", (text, id) => {
    expect(ids(text, 3)).toContain(id);
  });

  it.each(knowledge)("finds $id by its own question", ({ id, question }) => {
    expect(ids(question[language])[0]).toBe(id);
  });

  it("finds nothing where no word is known", () => {
    expect(search("qzxwv jjkkq", language)).toEqual([]);
    expect(search("", language)).toEqual([]);
    expect(search("???", language)).toEqual([]);
  });

  it("takes any text, however long, and answers the same every time", () => {
    const text = "terminal ".repeat(5000);
    expect(ids(text)).toEqual(ids("terminal"));
    expect(search("terminal contract 403", language)).toEqual(search("terminal contract 403", language));
  });

  it("answers as many as asked for, best first", () => {
    const scores = search("terminal postfinance card", language, 4).map(({ score }) => score);
    expect(scores).toHaveLength(4);
    expect(scores).toEqual(scores.toSorted((left, right) => right - left));
  });
});

describe("search", () => {
  it("ignores case, diacritics and how umlauts are written", () => {
    const [first] = search("KÜNDIGUNG", "de");
    expect(first?.entry.id).toBe("cancel-plan");
    expect(search("kuendigung", "de")[0]).toEqual(first);
    expect(search("kundigung", "de")[0]).toEqual(first);
    expect(search("RÉSILIER", "fr")).toEqual(search("resilier", "fr"));
  });
});
