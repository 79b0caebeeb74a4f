import type { CommandId, Lease, NewCommand, PaymentId, PaymentStore } from "@checkout-plugins/core";
import { describeWithPostgres } from "@checkout-plugins/tooling/postgres-test";
import { expect, it } from "vitest";
import { changeMeanwhile } from "../test/hold-row.ts";
import { dropSchema, newSchemaName } from "../test/postgres-schema.ts";
import { silentLogger as logger } from "../test/silent-logger.ts";
import { aHint, anAttempt, later, now, shop, space, toReference } from "../test/values.ts";
import { createSqlStore } from "./index.ts";

const id = "payment-1" as PaymentId;
const aCommand = {
  id: "command-1" as CommandId,
  attempt: anAttempt(1).id,
  kind: "void",
  shopKeys: [],
  origin: "shop",
  body: {},
  amount: null,
  lines: null,
  on: now,
} satisfies NewCommand;

/** What another process does to the payment in the transaction that is waited for. */
const anotherHint = [
  "update payments set hint_count = hint_count + 1, look_at = '2026-02-03T09:00:05.000Z'",
  `insert into hints (payment, number, row) values ('${id}', 1, '${JSON.stringify(aHint(1))}')`,
];
const another = (owner: string) => [`update payments set owner = '${owner}', leased_until = '${later(120)}'`];

await describeWithPostgres("what waits for another process sees what that one did", ({ connectionString }) => {
  const waiting = (
    name: string,
    run: (
      store: PaymentStore,
      lease: Lease,
      meanwhile: <Result>(changes: readonly string[], call: () => Promise<Result>) => Promise<Result>,
    ) => Promise<void>,
  ) => {
    it(name, async () => {
      const schema = newSchemaName();
      const store = await createSqlStore({ database: { connectionString, schema, connections: 3 }, logger });
      try {
        await store.open(id, shop, toReference(1), null, now);
        const lease = await store.lease(id, "me", now, later(60));
        if (lease === null) throw new Error("The payment is held");
        await store.saveAttempt(lease, anAttempt(1));
        await run(store, lease, (changes, call) => changeMeanwhile(connectionString, schema, changes, call));
      } finally {
        await store.close();
        await dropSchema(connectionString, schema);
      }
    });
  };
  const read = (store: PaymentStore) => store.read(shop, toReference(1));

  waiting("a record: the hint that came, so it looks again", async (store, lease, meanwhile) => {
    const truth = {
      payment: { revision: 1, findings: [] } as never,
      entities: [],
      owed: [],
      staleReads: 0,
      hintsSeen: true,
    };
    const isKept = await meanwhile(anotherHint, () => store.recordTruth(lease, { ...truth, lookAt: null, now }));
    expect(isKept).toBe(true);
    expect(await read(store)).toMatchObject({ hintCount: 1, seenHints: 0, lookAt: later(1) });
  });

  const underLease: Readonly<Record<string, (store: PaymentStore, lease: Lease) => Promise<boolean>>> = {
    schedule: (store, lease) => store.schedule(lease, later(9)),
    enter: (store, lease) => store.enter(lease, "show"),
    saveAttempt: (store, lease) => store.saveAttempt(lease, anAttempt(2)),
  };
  for (const [method, call] of Object.entries(underLease)) {
    waiting(`${method}: the lease that went away, so it writes nothing`, async (store, lease, meanwhile) => {
      const before = await read(store);
      expect(await meanwhile(another("you"), () => call(store, lease))).toBe(false);
      expect(await read(store)).toEqual(before);
    });
  }

  waiting("a hint: the one before it, so both are counted", async (store, _, meanwhile) => {
    await meanwhile(anotherHint, () => store.addHints([aHint(2)], now));
    expect(await read(store)).toMatchObject({ hintCount: 2, lookAt: now });
  });

  waiting("a command: the hint before it", async (store, _, meanwhile) => {
    await meanwhile(anotherHint, () => store.addCommand(id, aCommand, "all", now));
    expect(await read(store)).toMatchObject({ hintCount: 2 });
  });

  waiting("a command: the same one before it", async (store, _, meanwhile) => {
    const row = JSON.stringify({ ...aCommand, state: "open", serviceId: null, failure: null, sends: 0 });
    const insert = `insert into commands (payment, id, entity, row) values ('${id}', '${aCommand.id}', 'void', '${row}')`;
    const added = await meanwhile([...anotherHint, insert], () => store.addCommand(id, aCommand, "all", now));
    expect(added.kind).toBe("sameKey");
  });

  waiting("a lease: the hint that its row counts", async (store, lease, meanwhile) => {
    await store.release(lease);
    const taken = await meanwhile(anotherHint, () => store.lease(id, "you", now, later(60)));
    expect(taken?.row.hintCount).toBe(1);
    expect(taken?.hints).toEqual([aHint(1)]);
  });

  waiting("a lease: another one", async (store, lease, meanwhile) => {
    await store.release(lease);
    expect(await meanwhile(another("you"), () => store.lease(id, "me", now, later(60)))).toBeNull();
  });

  waiting("a claim waits for nobody, and leaves what others lock", async (store, lease, meanwhile) => {
    await store.abandon(id, now);
    await store.release(lease);
    let claimed: readonly Lease[] = [];
    await meanwhile(anotherHint, async () => {
      claimed = await store.claim("me", now, later(60), { total: 5, perShop: 5 });
      await store.abandon(id, now); // this one waits, and lets the other transaction end
    });
    expect(claimed).toEqual([]);
    expect(await store.claim("me", later(9), later(60), { total: 5, perShop: 5 })).toHaveLength(1);
  });

  waiting("a sweep: another sweeper", async (store, _, meanwhile) => {
    await store.claimSweep(space, "refund", "you", now, now);
    const taken = [`update sweeps set owner = 'third', claimed_until = '${later(60)}'`];
    expect(await meanwhile(taken, () => store.claimSweep(space, "refund", "me", later(1), later(61)))).toBeNull();
  });
});
