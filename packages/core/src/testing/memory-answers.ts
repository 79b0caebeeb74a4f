import type { AnswerStore } from "../contract/index.ts";

/** What the tests of final balances need of an AnswerStore: who began, until when, and that it was dropped. */
export function createTestAnswers(): AnswerStore {
  const begun = new Map<string, string>();
  const nameOf = ({ shop, id }: { readonly shop: string; readonly id: string }) => `${shop} ${id}`;
  return {
    async beginAnswer(key, now, until) {
      const known = begun.get(nameOf(key));
      if (known !== undefined && known > now) return { kind: "running" };
      begun.set(nameOf(key), until);
      return { kind: "begun" };
    },
    keepAnswer: async () => undefined,
    dropAnswer: async (key) => void begun.delete(nameOf(key)),
    forgetAnswers: async () => 0,
  };
}
