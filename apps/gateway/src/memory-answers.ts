import type { AnswerKey, AnswerStore, Instant, KeptAnswer } from "@checkout-plugins/core";

interface Entry {
  readonly digest: string;
  readonly answer: KeptAnswer | null;
  readonly until: Instant;
}

/** Answers in this process: what need not outlive it, and tests. */
export function createMemoryAnswers(): AnswerStore {
  const entries = new Map<string, Entry>();
  const nameOf = ({ shop, id }: AnswerKey): string => `${shop} ${id}`;
  const isOpen = (key: AnswerKey): boolean => {
    const known = entries.get(nameOf(key));
    return known?.digest === key.digest && known.answer === null;
  };
  return {
    async beginAnswer(key, now, until) {
      const known = entries.get(nameOf(key));
      if (known === undefined || known.until <= now) {
        entries.set(nameOf(key), { digest: key.digest, answer: null, until });
        return { kind: "begun" };
      }
      if (known.digest !== key.digest) return { kind: "otherBody" };
      return known.answer === null ? { kind: "running" } : { kind: "kept", answer: known.answer };
    },
    async keepAnswer(key, answer, until) {
      if (isOpen(key)) entries.set(nameOf(key), { digest: key.digest, answer, until });
    },
    async dropAnswer(key) {
      if (isOpen(key)) entries.delete(nameOf(key));
    },
    async forgetAnswers(now, limit) {
      const old = [...entries].filter(([, { until }]) => until <= now).slice(0, limit);
      for (const [name] of old) entries.delete(name);
      return old.length;
    },
  };
}
