import type { Payment, PaymentStore } from "@checkout-plugins/core";
import { newPaymentRow, scheduled } from "@checkout-plugins/core/store";
import { addHints, type HintAnswer, type HintCall } from "./add-hints.ts";
import { addCommand, hintPayment, saveCommand } from "./commands.ts";
import { type Engine, inTransaction } from "./engine.ts";
import { underLease } from "./fence.ts";
import { readFindings } from "./findings.ts";
import { createGroupCommit } from "./group-commit.ts";
import { claim, enter, lease, release } from "./leases.ts";
import { claimNotices, recordNotice } from "./notices.ts";
import { toColumns, toPaymentRow } from "./payment-record.ts";
import { recordFault, recordShown, recordTruth, saveAttempt } from "./records.ts";
import { claimStrangers, dropStrangers, forgetStrangers } from "./strangers.ts";
import { claimSweep, recordSweep } from "./sweeps.ts";
import { backlog, eraseBuyer, findBuyer, purge } from "./upkeep.ts";

/** Calls of addHints that share one commit. */
const callsPerCommit = 256;

export interface OpenStore extends PaymentStore {
  /** Resolves when all hints that were brought are committed or refused. */
  drain(): Promise<void>;
}

/** The port on an engine whose tables are there. */
export function createStore(engine: Engine, unmatchedHints: number): OpenStore {
  const { db } = engine;
  const hints = createGroupCommit<HintCall, HintAnswer>(
    (calls) => addHints(engine, calls, unmatchedHints),
    callsPerCommit,
  );
  const read: PaymentStore["read"] = async (shop, reference) => {
    const record = await db
      .selectFrom("payments")
      .selectAll()
      .where("shop", "=", shop)
      .where("reference", "=", reference)
      .executeTakeFirst();
    return record === undefined ? null : toPaymentRow(record);
  };
  return {
    async open(id, shop, reference, group, now) {
      const row = newPaymentRow(id, shop, reference, group, now);
      const added = await db
        .insertInto("payments")
        .values({ id, shop, reference, order_group: group, opened_at: now, ...toColumns(row) })
        .onConflict((conflict) => conflict.columns(["shop", "reference"]).doNothing())
        .returning("id")
        .executeTakeFirst();
      if (added !== undefined) return row;
      const known = await read(shop, reference);
      if (known === null) throw new Error(`Payment "${reference}" of shop "${shop}" was removed while it was opened.`);
      return known;
    },
    read,
    async list(shop, { after, limit }) {
      const records = await db
        .selectFrom("payments")
        .selectAll()
        .where("shop", "=", shop)
        .$if(after !== null, (query) =>
          query.where((eb) =>
            eb(eb.refTuple("opened_at", "id"), "<", eb.tuple(after?.openedOn ?? "", after?.id ?? "")),
          ),
        )
        .orderBy("opened_at", "desc")
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return records.map(toPaymentRow);
    },
    async siblings(shop, group) {
      const records = await db
        .selectFrom("payments")
        .select("payment")
        .where("shop", "=", shop)
        .where("order_group", "=", group)
        .orderBy("id")
        .execute();
      return records.flatMap(({ payment }) => (payment === null ? [] : [JSON.parse(payment) as Payment]));
    },

    lease: (id, owner, now, until) => lease(engine, id, { owner, now, until }),
    enter: (held, step) => enter(engine, held, step),
    claim(owner, now, until, limit) {
      engine.attend();
      return claim(engine, { owner, now, until }, limit);
    },
    release: (held) => release(engine, held),

    saveAttempt: (held, attempt) => saveAttempt(engine, held, attempt),
    async addCommand(id, command, heldKeys, now) {
      const outcome = await addCommand(engine, id, command, heldKeys, now);
      engine.wake();
      return outcome;
    },
    saveCommand: (held, command) => saveCommand(engine, held, command),
    async abandon(id, now) {
      await inTransaction(engine, (inside) => hintPayment(engine, inside, id, now, { abandoned: true }));
      engine.wake();
    },
    schedule: (held, lookAt) => underLease(engine, held, (_, row) => scheduled(row, lookAt)),

    async addHints(some, now) {
      if (some.length === 0) return "stored";
      const answer = await hints.add({ hints: some, now });
      engine.wake();
      return answer;
    },
    async claimStrangers(owner, now, until, most) {
      await forgetStrangers(engine, now);
      return claimStrangers(engine, owner, now, until, most);
    },
    dropStrangers: (owner, some) => dropStrangers(engine, owner, some),

    recordTruth: (held, truth) => recordTruth(engine, held, truth),
    recordShown: (held, showing) => recordShown(engine, held, showing),
    recordFault: (held, fault) => recordFault(engine, held, fault),
    findings: (shop, page) => readFindings(db, shop, page),
    claimNotices: (owner, now, until, limit) => claimNotices(engine, { owner, now, until }, limit),
    backlog: (now) => backlog(engine, now),
    purge: (before, now, limit) => purge(engine, before, now, limit),
    findBuyer: (shop, buyer, page) => findBuyer(engine, shop, buyer, page),
    eraseBuyer: (shop, buyer, now, limit) => eraseBuyer(engine, shop, buyer, now, limit),
    recordNotice: (notice, outcome) => recordNotice(engine, notice, outcome),

    claimSweep: (space, entity, owner, now, until, when) => claimSweep(engine, space, entity, owner, now, until, when),
    async recordSweep(space, entity, owner, after, found, now, next) {
      const isKept = await recordSweep(engine, space, entity, owner, after, found, now, next);
      engine.wake();
      return isKept;
    },
    drain: () => hints.drain(),
  };
}
