import type { AnswerStore, KeptAnswer } from "@checkout-plugins/core";
import type { Engine } from "./engine.ts";

export function createAnswerStore({ db }: Engine): AnswerStore {
  const claim: AnswerStore["beginAnswer"] = async (key, now, until) => {
    const { shop, id, digest } = key;
    const added = await db
      .insertInto("answers")
      .values({ shop, id, digest, answer: null, until })
      .onConflict((conflict) => conflict.columns(["shop", "id"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (added !== undefined) return { kind: "begun" };
    const known = await db
      .selectFrom("answers")
      .select(["digest", "answer", "until"])
      .where("shop", "=", shop)
      .where("id", "=", id)
      .executeTakeFirst();
    if (known === undefined) return claim(key, now, until); // dropped between both
    if (known.until > now) {
      if (known.digest !== digest) return { kind: "otherBody" };
      return known.answer === null
        ? { kind: "running" }
        : { kind: "kept", answer: JSON.parse(known.answer) as KeptAnswer };
    }
    const { numUpdatedRows } = await db
      .updateTable("answers")
      .set({ digest, answer: null, until })
      .where("shop", "=", shop)
      .where("id", "=", id)
      .where("until", "=", known.until)
      .executeTakeFirst();
    return { kind: numUpdatedRows > 0n ? "begun" : "running" };
  };
  return {
    beginAnswer: claim,
    async keepAnswer(key, answer, forgetOn) {
      const { shop, id, digest } = key;
      await db
        .updateTable("answers")
        .set({ answer: JSON.stringify(answer), until: forgetOn })
        .where("shop", "=", shop)
        .where("id", "=", id)
        .where("digest", "=", digest)
        .where("answer", "is", null)
        .execute();
    },
    async dropAnswer(key) {
      const { shop, id, digest } = key;
      await db
        .deleteFrom("answers")
        .where("shop", "=", shop)
        .where("id", "=", id)
        .where("digest", "=", digest)
        .where("answer", "is", null)
        .execute();
    },
    async forgetAnswers(now, limit) {
      const old = await db
        .selectFrom("answers")
        .select(["shop", "id", "until"])
        .where("until", "<=", now)
        .orderBy("until")
        .limit(limit)
        .execute();
      for (const { shop, id, until } of old) {
        await db
          .deleteFrom("answers")
          .where("shop", "=", shop)
          .where("id", "=", id)
          .where("until", "=", until)
          .execute();
      }
      return old.length;
    },
  };
}
