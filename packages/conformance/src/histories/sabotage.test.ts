import type { PaymentStore } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { liveHistory } from "./history.ts";

/** Lives histories until one is wrong; what was wrong, or nothing. */
async function firstWrong(sabotage: (store: PaymentStore) => PaymentStore): Promise<readonly string[]> {
  for (let seed = 1; seed <= 3000; seed += 1) {
    const { wrong } = await liveHistory(seed, { sabotage });
    if (wrong.length > 0) return wrong;
  }
  return [];
}

describe("a store that breaks a rule is noticed", () => {
  const rules: readonly [string, RegExp, (store: PaymentStore) => PaymentStore][] = [
    [
      "that joins what is pressed again",
      /carried out \d times|told failed and carried out/,
      (store) => ({ ...store, addCommand: (id, command, _held, now) => store.addCommand(id, command, "all", now) }),
    ],
    [
      "that knows the other payments of an order",
      /nobody knows|one order is paid/,
      (store) => ({ ...store, siblings: async () => [] }),
    ],
    [
      "that keeps what was read",
      /was final|not shown|shown 0 times|another|disappeared|was not read yet/,
      (store) => ({
        ...store,
        recordTruth: (lease, truth) => store.recordTruth(lease, { ...truth, entities: lease.entities }),
      }),
    ],
    [
      "that keeps what a command came to",
      /never ends|carried out|disappeared|two operations/,
      (store) => ({ ...store, saveCommand: async () => true }),
    ],
    [
      "that looks again when the time has come",
      /is shown as|never ends|does not govern|not shown/,
      (store) => ({ ...store, recordTruth: (lease, truth) => store.recordTruth(lease, { ...truth, lookAt: null }) }),
    ],
    [
      "that fences what is written",
      /was recorded after|changed its content|was final|disappeared|there twice/,
      (store) => withoutFence(store),
    ],
  ];
  it.each(rules)("%s", async (_rule, expected, sabotage) => {
    expect((await firstWrong(sabotage)).join("\n")).toMatch(expected);
  });
});

/** Lets a worker write under a lease that went to somebody else. */
function withoutFence(store: PaymentStore): PaymentStore {
  const owners = new Map<string, string>();
  const renew = <L extends { readonly owner: string; readonly row: { readonly id: string } }>(lease: L): L => ({
    ...lease,
    owner: owners.get(lease.row.id) ?? lease.owner,
  });
  return {
    ...store,
    async lease(id, owner, now, until) {
      const lease = await store.lease(id, owner, now, until);
      if (lease !== null) owners.set(id, owner);
      return lease;
    },
    async claim(owner, now, until, limit) {
      const leases = await store.claim(owner, now, until, limit);
      for (const { row } of leases) owners.set(row.id, owner);
      return leases;
    },
    recordTruth: (lease, truth) => store.recordTruth(renew(lease), truth),
    recordShown: (lease, shown) => store.recordShown(renew(lease), shown),
    saveAttempt: (lease, attempt) => store.saveAttempt(renew(lease), attempt),
    saveCommand: (lease, command) => store.saveCommand(renew(lease), command),
    enter: (lease, step) => store.enter(renew(lease), step),
  };
}
