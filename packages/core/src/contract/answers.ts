import type { Instant, ShopId } from "./ids.ts";

/** One command as its caller names it. */
export interface AnswerKey {
  readonly shop: ShopId;
  /** The caller's own. */
  readonly id: string;
  /** Of the command's bytes: the same id may not be used for another one. */
  readonly digest: string;
}

/** What a caller was answered, to the letter. */
export interface KeptAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly body: string;
}

export type AnswerClaim =
  /** It is new, or whoever ran it is gone: run it. */
  | { readonly kind: "begun" }
  | { readonly kind: "kept"; readonly answer: KeptAnswer }
  /** Somebody runs it just now. */
  | { readonly kind: "running" }
  | { readonly kind: "otherBody" };

/** The answers of commands by their callers' ids, so that a repeat gets the first one, also after a restart. */
export interface AnswerStore {
  /** Until `until` nobody else runs it. */
  beginAnswer(key: AnswerKey, now: Instant, until: Instant): Promise<AnswerClaim>;
  /** The first one that is kept stays. */
  keepAnswer(key: AnswerKey, answer: KeptAnswer, forgetOn: Instant): Promise<void>;
  /** There is no answer: the next one with this id runs. */
  dropAnswer(key: AnswerKey): Promise<void>;
  /** Forgets what is too old, at most so many. Answers how many. */
  forgetAnswers(now: Instant, limit: number): Promise<number>;
}
