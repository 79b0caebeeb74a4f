import type { Hint } from "@checkout-plugins/core";
import { transactionOfHint } from "@checkout-plugins/core/store";
import { findAll } from "./chunks.ts";
import type { Db } from "./schema.ts";

/** The payment of each hint, by its transaction or by an entity that a payment knows; null: it is a stranger. */
export async function matchHints(db: Db, hints: readonly Hint[]): Promise<ReadonlyMap<Hint, string | null>> {
  const transactions = hints.flatMap((hint) => transactionOfHint(hint) ?? []);
  const entities = hints.filter((hint) => transactionOfHint(hint) === null).map(({ id }) => id);
  const named = await findAll(transactions, (some) =>
    db
      .selectFrom("attempts")
      .select(["space", "transaction_id", "payment"])
      .where("transaction_id", "in", some)
      .execute(),
  );
  const known = await findAll(entities, (some) => findEntities(db, some));
  const payments = new Map([
    ...named.map((one) => [toKey(one.space, "transaction", one.transaction_id), one.payment] as const),
    ...known.map((one) => [toKey(one.space, one.entity, one.id), one.payment] as const),
  ]);
  const find = (hint: Hint): string | undefined => {
    const transaction = transactionOfHint(hint);
    const key =
      transaction === null ? toKey(hint.space, hint.entity, hint.id) : toKey(hint.space, "transaction", transaction);
    return payments.get(key);
  };
  return new Map(hints.map((hint) => [hint, find(hint) ?? null]));
}

function toKey(space: string, entity: string, id: string | null): string {
  return `${space} ${entity} ${id}`;
}

function findEntities(db: Db, ids: readonly string[]) {
  const read = db
    .selectFrom("entities")
    .innerJoin("attempts", "attempts.payment", "entities.payment")
    .select(["attempts.space", "entities.entity", "entities.id", "entities.payment"])
    .where("entities.id", "in", ids);
  const made = db
    .selectFrom("commands")
    .innerJoin("attempts", "attempts.payment", "commands.payment")
    .select((eb) => [
      "attempts.space",
      "commands.entity",
      eb.ref("commands.service_id").$notNull().as("id"),
      "commands.payment",
    ])
    .where("commands.service_id", "in", ids);
  return read.union(made).execute();
}
