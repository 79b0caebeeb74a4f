import type { TransactionState } from "@checkout-plugins/client";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openShop, type Shop } from "../testing/shop.ts";
import { transactionTransitions } from "./transaction-machine.ts";

const path = "/payment/transactions";
const cents = fc.integer({ min: 1, max: 12_500 }).map((value) => value / 100);

/** Whatever shops, buyers, back offices and the clock do, in any order; most of it is refused. */
const step = fc.oneof(
  fc.record({
    kind: fc.constant("buyer"),
    action: fc.constantFrom("pay", "decline", "abort", "confirm", "refuse"),
    card: fc.constantFrom("success", "declined", "threeDSecureAsked"),
  }),
  fc.record({ kind: fc.constant("confirm") }),
  fc.record({
    kind: fc.constant("complete"),
    amount: cents,
    lastCompletion: fc.boolean(),
    externalId: fc.constantFrom("c-1", "c-2", "c-3"),
  }),
  fc.record({ kind: fc.constant("void") }),
  fc.record({ kind: fc.constant("refund"), amount: cents, externalId: fc.constantFrom("r-1", "r-2", "r-3") }),
  fc.record({
    kind: fc.constant("back-office"),
    action: fc.constantFrom("complete", "void", "refund", "chargeback", "markSuitable", "markNotSuitable"),
  }),
  fc.record({ kind: fc.constant("advance"), duration: fc.constantFrom("PT1M", "PT2H", "P6D") }),
);
type Step = Readonly<Record<string, unknown>> & { readonly kind: string };

/** What begins most payments: without it hardly any random one gets far. */
const usual: readonly Step[] = [
  { kind: "buyer", action: "pay", card: "success" },
  { kind: "back-office", action: "complete" },
];

async function take(shop: Shop, id: number, { kind, ...rest }: Step): Promise<number> {
  const { amount, lastCompletion, externalId } = rest;
  const version = (await shop.read(id)).version;
  const calls: Readonly<Record<string, () => Promise<{ readonly status: number }>>> = {
    buyer: () => shop.control("POST", `/transactions/${id}/buyer`, rest),
    "back-office": () => shop.control("POST", `/transactions/${id}/back-office`, rest),
    advance: () => shop.control("POST", "/clock/advance", rest),
    confirm: () => shop.call("POST", `${path}/${id}/confirm`, { body: { version } }),
    void: () => shop.call("POST", `${path}/${id}/void-online`),
    complete: () =>
      shop.call("POST", `${path}/${id}/complete-partially-online`, {
        body: { externalId, lastCompletion, lineItems: [{ uniqueId: "sku-1", quantity: 1, amount }] },
      }),
    refund: () =>
      shop.call("POST", "/payment/refunds", {
        body: { transaction: id, externalId, type: "MERCHANT_INITIATED_ONLINE", amount },
      }),
  };
  return (await calls[kind]?.())?.status ?? 0;
}

/** Can the state be reached over any number of allowed transitions? */
function isReachable(from: TransactionState, to: TransactionState): boolean {
  if (from === to) return true;
  return transactionTransitions[from].some((next) => next !== from && isReachable(next, to));
}

it("never breaks its own rules, whoever does what in whichever order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.constantFrom(0, 1, 2),
      fc.constantFrom("PT0S", "PT30M"),
      async (others, begun, delay) => {
        const shop = await openShop();
        const delays = { completionDelay: delay, refundDelay: delay, voidDelay: delay };
        await shop.control("PATCH", "/spaces/70001", { switches: { ...delays, delivery: "manualCheck" } });
        const lineItems = [{ uniqueId: "sku-1", name: "A", type: "PRODUCT", quantity: 2, amountIncludingTax: 119.8 }];
        let { id, ...before } = await shop.create({ lineItems, completionBehavior: "COMPLETE_DEFERRED" });
        const steps: readonly Step[] = [...usual.slice(0, begun), ...others];
        for (const next of steps) {
          const status = await take(shop, id, next);
          expect([200, 201, 409, 422]).toContain(status);
          const after = await shop.read(id);
          expect(after.version).toBeGreaterThanOrEqual(before.version);
          expect(isReachable(before.state, after.state)).toBe(true);
          if (after.state !== before.state) expect(after.version).toBeGreaterThan(before.version);
          expect(after.completedAmount).toBeLessThanOrEqual(after.authorizationAmount);
          expect(after.refundedAmount).toBeLessThanOrEqual(after.completedAmount);
          if (after.state === "VOIDED" || after.state === "FAILED") expect(after.completedAmount).toBe(0);
          before = after;
        }
        const sum = async (where: string) => {
          const { data } = (await shop.call("GET", `${where}?limit=100`)).body;
          const done = data.filter((row: { state: string }) => row.state === "SUCCESSFUL");
          return Math.round(done.reduce((total: number, row: { amount: number }) => total + row.amount * 100, 0));
        };
        const { completedAmount, refundedAmount } = await shop.read(id);
        expect(await sum(`${path}/completions`)).toBe(Math.round(completedAmount * 100));
        expect(await sum("/payment/refunds")).toBe(Math.round(refundedAmount * 100));
      },
    ),
    { numRuns: 60 },
  );
});
