import type {
  CommandId,
  Lease,
  Money,
  NewCommand,
  OrderGroup,
  Payment,
  PaymentId,
  PaymentStore,
  ServiceId,
} from "@checkout-plugins/core";
import { aHint, anAttempt, later, now, shop, space, toReference } from "./values.ts";

const id = "payment-1" as PaymentId;
const aCommand: NewCommand = {
  id: "command-1" as CommandId,
  attempt: anAttempt(1).id,
  kind: "refund",
  shopKeys: [],
  origin: "shop",
  body: {},
  amount: { minor: 5, currency: "CHF" } as Money,
  lines: null,
  on: now,
};

/** Calls every method of a store as work does, so that all its queries are seen. Answers how many it claimed. */
export async function useEveryMethod(store: PaymentStore): Promise<number> {
  const row = await store.open(id, shop, toReference(1), "group" as OrderGroup, now);
  await store.open(id, shop, toReference(1), null, now);
  await store.siblings(shop, "group" as OrderGroup);
  const lease = await store.lease(id, "me", now, later(60));
  if (lease === null) throw new Error("The payment is held");
  await store.enter(lease, "look");
  await store.addHints([aHint(1)], now);
  await store.saveAttempt(lease, anAttempt(1));
  const { row: command } = await store.addCommand(id, aCommand, "all", now);
  await store.saveCommand(lease, { ...command, state: "known", serviceId: "930001" as ServiceId });
  await store.addHints([aHint(2), aHint(3, { entity: "refund", id: "930001" as ServiceId })], now);
  await store.addHints([aHint(4, { entity: "refund", id: "930009" as ServiceId })], now);
  await store.abandon(id, now);
  await store.schedule(lease, later(30));
  await record(store, lease, { ...row } as unknown as Payment);
  await store.release(lease);
  const strangers = await store.claimStrangers("me", later(25 * 3600), later(25 * 3600 + 60), 10);
  await store.dropStrangers("me", strangers);
  await store.claimSweep(space, "refund", "me", now, later(60));
  await store.recordSweep(space, "refund", "me", null, [aHint(5)], now, later(900));
  await useNotices(store);
  await useUpkeep(store);
  return (await store.claim("worker", now, later(60), { total: 20, perShop: 5 })).length;
}

async function record(store: PaymentStore, lease: Lease, payment: Payment): Promise<void> {
  const finding = { key: "orphan", kind: "orphan", detail: "", amount: null } as const;
  const entities = [{ entity: "refund", id: "930001" as ServiceId, snapshot: null, final: true }] as const;
  const owed = [{ ...aCommand, id: "command-2" as CommandId }];
  await store.recordTruth(lease, {
    payment: { ...payment, revision: 1, findings: [{ ...finding, kind: "chargeback" }] },
    entities,
    owed,
    staleReads: 0,
    hintsSeen: true,
    announce: true,
    lookAt: null,
    now,
  });
  const shown = { revision: 1, receipt: null, next: null, showAt: null, now };
  await store.recordShown(lease, { ...shown, findings: [finding] });
  await store.recordShown(lease, { ...shown, findings: [] });
  await store.recordFault(lease, { step: "look", at: later(5), findings: [finding], now });
}

async function useNotices(store: PaymentStore): Promise<void> {
  const [last] = await store.findings(shop);
  for (const open of [false, true]) await store.findings(shop, { after: last ?? null, limit: 10, open });
  const [one, other] = await store.claimNotices("me", now, later(60), { total: 20, perShop: 5 });
  if (one === undefined || other === undefined) throw new Error("There is nothing to tell");
  await store.recordNotice(one, { toldTo: [], again: later(60), now });
  await store.recordNotice(other, { toldTo: [], again: null, now });
}

async function useUpkeep(store: PaymentStore): Promise<void> {
  await store.backlog(now);
  await store.purge(later(60), now, 3);
  const buyer = { email: "anna@example.ch" };
  for (const after of [null, id]) await store.findBuyer(shop, buyer, { after, limit: 10 });
  const { erased } = await store.eraseBuyer(shop, buyer, later(999), 10);
  if (erased !== 1) throw new Error("Nobody was forgotten");
}
