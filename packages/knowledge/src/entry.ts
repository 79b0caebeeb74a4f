import type { Fact } from "./facts.ts";
import type { Language, Texts } from "./language.ts";

export type Topic = "products" | "plan" | "account" | "partners" | "integration" | "terminals" | "service";

/** One question that shop owners ask. */
export interface Entry {
  /** Stable, kebab-case; what `findTopic` takes. */
  readonly id: string;
  readonly topic: Topic;
  readonly question: Texts;
  /** Complete in itself. Every figure, address and number in it is among `facts`. Lines end with "\n" where it is a list. */
  readonly answer: Texts;
  /** Words that owners use and the question does not. */
  readonly keywords: Readonly<Record<Language, readonly string[]>>;
  /** Never empty. */
  readonly facts: readonly Fact[];
}
