import { describe, expect, it } from "vitest";
import type { Entry } from "./entry.ts";
import type { Fact } from "./facts.ts";
import { findTopic, knowledge } from "./knowledge.ts";
import { languages } from "./language.ts";
import { acquirers } from "./partners/acquirers.ts";
import { methodNames } from "./partners/methods.ts";
import { sources } from "./sources.ts";
import { findTextFaults } from "./text-faults.ts";

const facts = knowledge.flatMap((entry) => entry.facts.map((fact) => [`${entry.id}/${fact.id}`, fact] as const));

function ofKind<K extends Fact["kind"]>(entry: Entry, kind: K): readonly Extract<Fact, { kind: K }>[] {
  return entry.facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
}

describe("every entry", () => {
  it("has an id of its own and is found by it", () => {
    expect(new Set(knowledge.map(({ id }) => id)).size).toBe(knowledge.length);
    for (const entry of knowledge) {
      expect(entry.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(findTopic(entry.id)).toBe(entry);
    }
    expect(findTopic("no-such-topic")).toBeUndefined();
  });

  it.each(knowledge)("$id is written in four languages", (entry) => {
    expect(findTextFaults("question", entry.question)).toEqual([]);
    expect(findTextFaults("answer", entry.answer)).toEqual([]);
    for (const language of languages) {
      expect(entry.question[language]).toMatch(/[?.]$/);
      expect(entry.keywords[language].length).toBeGreaterThan(2);
      expect(entry.keywords[language].join(" ")).not.toMatch(/ß|'/);
    }
  });

  it.each(knowledge)("$id has facts with ids of their own", ({ facts: own }) => {
    expect(own.length).toBeGreaterThan(0);
    expect(new Set(own.map(({ id }) => id)).size).toBe(own.length);
  });
});

describe("every fact", () => {
  it.each(facts)("%s has a source and a day", (_, fact) => {
    expect(Object.keys(sources)).toContain(fact.source);
    expect(fact.asOf).toMatch(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
    expect(new Date(fact.asOf).toISOString().slice(0, 10)).toBe(fact.asOf);
  });

  it.each(facts.filter(([, { kind }]) => kind === "phone"))("%s is a Swiss number, printed and to dial", (_, fact) => {
    if (fact.kind !== "phone") throw new TypeError("not a phone number");
    expect(fact.number).toMatch(/^\+41[1-9]\d{8}$/);
    expect(`+41${fact.printed.replaceAll(" ", "").replace(/^0/, "")}`).toBe(fact.number);
  });

  it.each(facts.filter(([, { kind }]) => kind === "email"))("%s is an e-mail address", (_, fact) => {
    if (fact.kind !== "email") throw new TypeError("not an address");
    expect(fact.address).toMatch(/^[a-z]+(\.[a-z]+)*@([a-z]+\.)+(ch|com|eu)$/);
  });

  it.each(facts.filter(([, { kind }]) => kind === "url"))("%s is an address that the answer prints", (_, fact) => {
    if (fact.kind !== "url") throw new TypeError("not an address");
    expect(new URL(fact.url).protocol).toBe("https:");
    expect(fact.url).toBe(`https://${fact.printed}`);
  });

  it.each(facts.filter(([, { kind }]) => kind === "menuPath"))("%s has the labels of its language", (_, fact) => {
    if (fact.kind !== "menuPath") throw new TypeError("not a path");
    expect(sources[fact.source].language).toBe(fact.language);
    expect(fact.path.length).toBeGreaterThan(1);
  });

  it.each(facts.filter(([, { kind }]) => kind === "price"))("%s is a whole number of Rappen", (_, fact) => {
    if (fact.kind !== "price") throw new TypeError("not a price");
    expect(Number.isSafeInteger(fact.minor)).toBe(true);
    expect(fact.minor).toBeGreaterThan(0);
  });

  it("of editions that differ stands there once for each edition, or names its edition", () => {
    const volatile = facts.filter(([, fact]) => fact.volatile);
    expect(volatile.map(([name]) => name)).toEqual([
      "collecting-partner/earlier",
      "collecting-partner/newer",
      "plugins-overview/shop-systems",
      "shopify/earlier",
      "shopify/newer",
    ]);
    for (const [name, fact] of volatile) expect(sources[fact.source].edition, name).not.toBeNull();
  });
});

/** A fact that is corrected and an answer that is not are found here. */
describe.each(knowledge)("the answer of $id says what its facts say", (entry) => {
  it.each(languages)("in %s", (language) => {
    const answer = entry.answer[language];
    const prices = ofKind(entry, "price").map(
      ({ minor }) => `CHF ${Math.floor(minor / 100)}.${`${minor % 100}`.padStart(2, "0")}`,
    );
    expect(new Set(answer.match(/CHF [\d.]*\d/g) ?? [])).toEqual(new Set(prices));
    const printed = [
      ...ofKind(entry, "email").map(({ address }) => address),
      ...ofKind(entry, "phone").map((phone) => phone.printed),
      ...ofKind(entry, "url").map((url) => url.printed),
    ];
    for (const text of printed) expect(answer).toContain(text);
    expect(new Set(answer.match(/\S+@[a-z.]*[a-z]/g) ?? [])).toEqual(
      new Set(ofKind(entry, "email").map(({ address }) => address)),
    );
    for (const { atMost } of ofKind(entry, "duration")) {
      expect(answer).toMatch(new RegExp(`\\b${atMost}\\b|${atMost === 2 ? "zwei|deux|due|two" : atMost}`));
    }
    for (const { names } of ofKind(entry, "names").filter(({ what }) =>
      /collectingPartner|shopSystems|directIntegration/.test(what),
    )) {
      for (const name of names) expect(answer).toContain(name);
    }
    const paths = ofKind(entry, "menuPath").filter((fact) => fact.language === language);
    for (const { path } of paths) expect(answer).toContain(path.join(" > "));
    const steps = paths.map(({ path }) => path.length - 1).reduce((sum, count) => sum + count, 0);
    expect(answer.split(" > ").length - 1).toBe(steps);
  });
});

it("lists at the terminal what the acceptance partners accept there", () => {
  const entry = findTopic("terminal-partners");
  for (const language of languages) {
    const lines = entry?.answer[language].split("\n") ?? [];
    const said = lines.filter((line) => line.includes(": ")).map((line) => line.replace(/\.$/, "").split(": "));
    const known = acquirers.flatMap(({ name, accepts }) => {
      const methods = accepts
        .filter(({ channel }) => channel === "counter")
        .map((accept) => methodNames[accept.name][language]);
      return methods.length > 0 ? [[name.replace(/ \(.*/, ""), methods.join(", ")]] : [];
    });
    expect(said.toSorted()).toEqual(known.toSorted());
  }
});
