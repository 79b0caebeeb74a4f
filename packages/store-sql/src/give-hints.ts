import type { Hint, Instant, PaymentRow } from "@checkout-plugins/core";
import { hinted } from "@checkout-plugins/core/store";
import { sql } from "kysely";
import { findAll, toChunks } from "./chunks.ts";
import type { Engine } from "./engine.ts";
import type { Db, PaymentRecord } from "./schema.ts";

export interface GivenHint {
  readonly payment: string;
  readonly hint: Hint;
  readonly now: Instant;
}

type Waking = Pick<PaymentRow, "hintCount" | "lookAt" | "recordedAt">;

/** Stores hints with their payments and wakes these, in the transaction of the caller. Locks the payments by id. */
export async function giveHints(engine: Engine, db: Db, given: readonly GivenHint[]): Promise<void> {
  const records = await lockPayments(
    engine,
    db,
    given.map(({ payment }) => payment),
  );
  const rows = new Map<string, Waking>(records.map((record) => [record.id, toWaking(record)]));
  const numbered = given.flatMap(({ payment, hint, now }) => {
    const before = rows.get(payment);
    if (before === undefined) return [];
    const after = hinted(before, now);
    rows.set(payment, after);
    return [{ payment, number: after.hintCount, row: JSON.stringify(hint) }];
  });
  for (const chunk of toChunks(numbered)) await db.insertInto("hints").values(chunk).execute();
  for (const chunk of toChunks([...rows])) await wakePayments(db, chunk);
}

type WakingRecord = Pick<PaymentRecord, "id" | "hint_count" | "look_at" | "recorded_at">;

function toWaking(record: WakingRecord): Waking {
  return {
    hintCount: record.hint_count,
    lookAt: record.look_at as Instant | null,
    recordedAt: record.recorded_at as Instant | null,
  };
}

/** In the order of their ids, so that two who lock some of the same never wait for each other. */
async function lockPayments(engine: Engine, db: Db, ids: readonly string[]): Promise<readonly WakingRecord[]> {
  return findAll([...ids].sort(), (some) =>
    db
      .selectFrom("payments")
      .select(["id", "hint_count", "look_at", "recorded_at"])
      .where("id", "in", some)
      .orderBy("id")
      .$if(engine.isShared, (query) => query.forUpdate())
      .execute(),
  );
}

async function wakePayments(db: Db, rows: readonly (readonly [string, Waking])[]): Promise<void> {
  const values = rows.map(([id, { hintCount, lookAt }]) => sql`(${id}, cast(${hintCount} as integer), ${lookAt})`);
  await db
    .with("woken(id, hint_count, look_at)", () => sql<WakingRecord>`(values ${sql.join(values)})`)
    .updateTable("payments")
    .from("woken")
    .set((eb) => ({ hint_count: eb.ref("woken.hint_count"), look_at: eb.ref("woken.look_at") }))
    .whereRef("payments.id", "=", "woken.id")
    .execute();
}
