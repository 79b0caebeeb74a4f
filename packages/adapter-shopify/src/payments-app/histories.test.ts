import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { MockSession } from "../mock/index.ts";
import { type Bench, createBench } from "../testing/bench.ts";
import { type Certificates, createCertificates } from "../testing/test-shop.ts";

let certificates: Certificates;
beforeAll(async () => {
  certificates = await createCertificates(Date.parse("2026-02-03T09:00:00Z"));
});

/** What happens, in any order and any number of times; numbers choose among the sessions that there are. */
type Deed =
  | { readonly do: "pay"; readonly kind: "sale" | "authorization"; readonly copies: number }
  | { readonly do: "refund" | "capture"; readonly of: number; readonly cents: number; readonly copies: number }
  | { readonly do: "void"; readonly of: number; readonly copies: number }
  | { readonly do: "resend"; readonly of: number; readonly copies: number }
  | { readonly do: "buyer"; readonly of: number; readonly action: "pay" | "abort" }
  | { readonly do: "break"; readonly fault: "down" | "nonsense" | "throttled" | null }
  | { readonly do: "settle"; readonly seconds: number };

const of = fc.nat(20);
const copies = fc.integer({ min: 1, max: 3 });
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    do: fc.constant("pay" as const),
    kind: fc.constantFrom("sale" as const, "authorization" as const),
    copies,
  }),
  fc.record({
    do: fc.constantFrom("refund" as const, "capture" as const),
    of,
    cents: fc.constantFrom(5, 1000, 2995, 3000),
    copies,
  }),
  fc.record({ do: fc.constant("void" as const), of, copies }),
  fc.record({ do: fc.constant("resend" as const), of, copies }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("buyer" as const),
      of,
      action: fc.constantFrom("pay" as const, "pay" as const, "abort" as const),
    }),
  },
  fc.record({
    do: fc.constant("break" as const),
    fault: fc.constantFrom("down" as const, "nonsense" as const, "throttled" as const, null),
  }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant("settle" as const), seconds: fc.constantFrom(1, 5, 60) }) },
);
const history = fc.array(deed, { minLength: 3, maxLength: 16 });

const payments = ({ mock }: Bench) => [...mock.state.sessions.values()].filter(({ kind }) => kind === "payment");

/** The same request several times at once, as Shopify does now and then. */
async function atOnce(bench: Bench, count: number, first: () => Promise<MockSession>): Promise<void> {
  const sending = first();
  const known = [...bench.mock.state.sessions.keys()].at(-1);
  const again = known === undefined ? [] : Array.from({ length: count - 1 }, () => bench.mock.resend(known));
  await Promise.all([sending, ...again]);
}

async function live(bench: Bench, one: Deed): Promise<void> {
  const all = payments(bench);
  // Shopify refunds, captures and voids only what was resolved.
  const choice = one.do === "buyer" ? all : all.filter(({ state }) => state === "resolved");
  const chosen = "of" in one ? choice[one.of % Math.max(choice.length, 1)] : undefined;
  switch (one.do) {
    case "pay": {
      const checkout = { amount: "29.95", currency: "CHF", kind: one.kind, test: false, customer: null } as const;
      return atOnce(bench, one.copies, () => bench.mock.pay(checkout));
    }
    case "refund":
    case "capture": {
      if (chosen === undefined) return;
      const amount = (one.cents / 100).toFixed(2);
      return atOnce(bench, one.copies, () => bench.mock.followUp(one.do, chosen.id, amount));
    }
    case "void":
      if (chosen === undefined) return;
      return atOnce(bench, one.copies, () => bench.mock.followUp("void", chosen.id, null));
    case "resend": {
      const every = [...bench.mock.state.sessions.values()];
      const session = every[one.of % Math.max(every.length, 1)];
      if (session !== undefined)
        await atOnce(bench, one.copies, async () => {
          await bench.mock.resend(session.id);
          return session;
        });
      return;
    }
    case "buyer": {
      const transaction = chosen && (await bench.control.transaction(await bench.transactionOf(chosen)));
      if (chosen !== undefined && transaction?.state === "PENDING") await bench.buyer(chosen, one.action);
      return;
    }
    case "break":
      return bench.mock.break(one.fault, null);
    case "settle":
      return bench.settle(one.seconds, 1);
  }
}

/** Everything is mended, every buyer has made up his mind, and all that is to come has come. */
async function end(bench: Bench): Promise<void> {
  bench.mock.break(null, null);
  await bench.settle(60);
  for (const session of payments(bench)) {
    const { state } = await bench.control.transaction(await bench.transactionOf(session));
    if (state === "PENDING") await bench.buyer(session, "abort");
  }
  await bench.settle(5 * 3600, 6);
}

async function check(bench: Bench): Promise<void> {
  const { sessions, calls } = bench.mock.state;
  const all = [...sessions.values()];
  expect(await bench.control.transactions(), "one transaction for each payment session").toHaveLength(
    payments(bench).length,
  );
  const open = all.filter(({ state, isTaken }) => isTaken && (state === "open" || state === "pending"));
  expect(open, "every session is answered").toEqual([]);
  for (const { id } of all) {
    const answers = calls.filter(
      (call) => call.id === id && /Re(solve|ject)$/.test(call.field) && call.effect === "changed",
    );
    expect(answers.length, `answers to ${id}`).toBeLessThanOrEqual(1);
    expect(
      calls.filter((call) => call.id === id && call.effect === "refused"),
      `contradictions of ${id}`,
    ).toEqual([]);
  }
  for (const session of payments(bench)) {
    const { completedAmount, refundedAmount } = await bench.control.transaction(await bench.transactionOf(session));
    const sum = (kind: MockSession["kind"]) =>
      all
        .filter((one) => one.kind === kind && one.payment === session.id && one.state === "resolved")
        .reduce((cents, { amount }) => cents + Math.round(Number(amount) * 100), 0);
    const voided = all.some((one) => one.kind === "void" && one.payment === session.id && one.state === "resolved");
    if (!voided) expect(sum("refund"), `refunds of ${session.id}`).toBe(Math.round(Number(refundedAmount) * 100));
    if (session.body.kind === "authorization" && !voided) {
      expect(sum("capture"), `captures of ${session.id}`).toBe(Math.round(Number(completedAmount) * 100));
    }
  }
}

/** LONG=1 runs 1,000; the rest of the time 150 tell nearly as much. */
const runs = process.env.LONG === "1" ? 1000 : 150;

it(`${runs} histories of sessions, doubled and at once: one transaction and one answer for each id`, async () => {
  await fc.assert(
    fc.asyncProperty(history, async (deeds) => {
      const bench = await createBench({ certificates });
      try {
        for (const one of deeds) await live(bench, one);
        await end(bench);
        await check(bench);
      } finally {
        await bench.close();
      }
    }),
    { numRuns: runs, seed: 7 },
  );
});
