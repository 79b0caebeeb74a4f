import type { EntityKind, Hint, Instant, ServiceId, SpaceId, SweepTime } from "@checkout-plugins/core";
import { type Engine, inTransaction } from "./engine.ts";
import { giveHints } from "./give-hints.ts";
import { matchHints } from "./match-hints.ts";

export async function claimSweep(
  { db }: Engine,
  space: SpaceId,
  entity: EntityKind,
  owner: string,
  now: Instant,
  until: Instant,
  when: SweepTime = "due",
): Promise<{ readonly after: ServiceId | null } | null> {
  const claimed = await db
    .insertInto("sweeps")
    .values({ space, entity, after_id: null, owner, claimed_until: until, next_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(["space", "entity"])
        .doUpdateSet({ owner, claimed_until: until })
        .where((eb) => (when === "early" ? eb.lit(true) : eb("sweeps.next_at", "<=", now)))
        .where((eb) => eb.or([eb("sweeps.owner", "is", null), eb("sweeps.claimed_until", "<=", now)])),
    )
    .returning("after_id")
    .executeTakeFirst();
  return claimed === undefined ? null : { after: claimed.after_id as ServiceId | null };
}

export function recordSweep(
  engine: Engine,
  space: SpaceId,
  entity: EntityKind,
  owner: string,
  after: ServiceId | null,
  found: readonly Hint[],
  now: Instant,
  next: Instant,
): Promise<boolean> {
  return inTransaction(engine, async (db) => {
    const { numUpdatedRows } = await db
      .updateTable("sweeps")
      .set({ after_id: after, owner: null, claimed_until: next, next_at: next })
      .where("space", "=", space)
      .where("entity", "=", entity)
      .where("owner", "=", owner)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const payments = await matchHints(db, found);
    const given = found.flatMap((hint) => {
      const payment = payments.get(hint) ?? null;
      return payment === null ? [] : [{ payment, hint, now }];
    });
    if (given.length > 0) await giveHints(engine, db, given);
    return true;
  });
}
