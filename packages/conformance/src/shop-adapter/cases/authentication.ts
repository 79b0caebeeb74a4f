import { type HostedShopAdapter, isPaymentError, type PaymentReference } from "@checkout-plugins/core";
import { expect } from "vitest";
import type { AdapterCase } from "../adapter-case.ts";
import type { AdapterBench } from "../bench.ts";
import type { Forgery } from "../harness.ts";
import { anOrder, chf } from "../orders.ts";

const peer = { address: "127.0.0.1", certificate: null };

async function refundRequest({ harness }: AdapterBench, reference: PaymentReference, how: Forgery): Promise<Request> {
  if (harness.forge === undefined) throw new Error("A hosted adapter's harness must have `forge`");
  const shopKey = `${reference}-forged` as never;
  const wish = { reference, shopKey, heldKeys: [shopKey], amount: chf("10.00"), lines: null };
  return harness.forge({ kind: "refund", ...wish, reason: null, offline: false }, how);
}

async function read({ harness }: AdapterBench, request: Request): Promise<unknown> {
  return (harness.adapter as HostedShopAdapter).readCommand(request, peer).catch((error: unknown) => error);
}

const forgeries = {
  unsigned: "an unsigned request",
  wrongSecret: "a request signed with another secret",
  stale: "a request signed an hour ago",
  altered: "a request altered after it was signed",
} as const satisfies Partial<Record<Forgery, string>>;

const refusals = Object.entries(forgeries).map(
  ([how, what]): AdapterCase => ({
    name: `${what} is refused as badSignature, and nothing is done`,
    hosted: true,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      await bench.writes();
      const view = await bench.view(begun);
      const answer = await read(bench, await refundRequest(bench, begun.reference, how as Forgery));
      expect(isPaymentError(answer) && answer.code, "what it throws").toBe("badSignature");
      await bench.settle();
      expect(await bench.writes()).toEqual([]);
      expect(await bench.view(begun)).toEqual(view);
    },
  }),
);

export const authenticationCases: readonly AdapterCase[] = [
  {
    name: "a genuine request is read as the shop's command",
    hosted: true,
    async run(bench) {
      const begun = await bench.begin(anOrder);
      const command = await read(bench, await refundRequest(bench, begun.reference, "genuine"));
      expect(command).toMatchObject({ kind: "refund", reference: begun.reference, amount: chf("10.00") });
    },
  },
  ...refusals,
  {
    name: "a request that is sent again as it was has no second effect",
    hosted: true,
    async run(bench) {
      const begun = await bench.paid(anOrder);
      const request = await refundRequest(bench, begun.reference, "genuine");
      for (const one of [request.clone(), request]) await bench.gateway(one);
      await bench.settle(600);
      expect(Number((await bench.transaction(begun)).refundedAmount)).toBe(10);
    },
  },
];
