import { add, type LineItem, type Money, type Operation, type Payment, type ShopOrder } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import type { AdapterCase } from "./adapter-case.ts";
import { none } from "./orders.ts";
import { adapterCases, runAdapterCase, unknownDeviations, whyNoDeviation } from "./test-shop-adapter.ts";
import { type Book, createExampleShop, once, type Quirks, showInBook } from "./testing/example-shop.ts";

/** As one computes who keeps money as a float in major units, and cuts off what is too much. */
function asFloat({ minor, currency }: Money): Money {
  const digits = { JPY: 0, KWD: 3 }[currency as string] ?? 2;
  return { minor: Math.trunc(Number((minor / 10 ** digits).toFixed(digits)) * 10 ** digits), currency };
}

function book(payment: Payment, target: Book, changes: Partial<Payment>): void {
  showInBook(target, { ...payment, ...changes });
}

/** Does something each time that it is shown such an operation, and not once. */
function showEachTime(wanted: Operation["kind"], what: string): Quirks {
  return {
    show(target, payment) {
      if (payment.operations.some(({ kind, state }) => kind === wanted && state === "successful")) once(target, what);
      showInBook(target, payment);
    },
  };
}

/** An order whose total follows from these lines. */
function toOrderOf(order: ShopOrder, lines: ShopOrder["lines"]): ShopOrder {
  const { currency } = order.total;
  return { ...order, lines, total: lines.map(({ total }) => total).reduce(add, none(currency)) };
}

/** The line as one has it who knows of one tax only. */
function withFirstTax(line: LineItem): LineItem {
  const [first = 0, ...others] = line.taxes.map(({ rate }) => Number(rate) / 100);
  const net = line.total.minor / (1 + others.reduce((sum, rate) => sum + rate, first));
  return { ...line, total: { ...line.total, minor: Math.round(net * (1 + first)) }, taxes: line.taxes.slice(0, 1) };
}

/** What is wrong with the adapter, the case that must find it, and the adapter. */
const broken: readonly [string, string, Quirks][] = [
  [
    "books again what is shown again",
    "showing: the same twice has one effect",
    {
      show(target, payment) {
        showInBook(target, payment);
        once(target, "order confirmed by mail");
      },
    },
  ],
  [
    "enters a refund again with each newer revision",
    "showing: the same at once has one effect",
    {
      show(target, payment) {
        if (payment.revision > target.revision) once(target, "stock taken");
        showInBook(target, payment);
      },
    },
  ],
  [
    "takes a lower revision",
    "showing: a lower revision that comes late changes nothing",
    {
      show(target, payment) {
        target.revision = 0;
        showInBook(target, payment);
      },
    },
  ],
  [
    "computes money with floats",
    "money: of amounts that a float cannot hold: is paid with exactly what the order amounts to",
    { show: (target, payment) => book(payment, target, { completed: asFloat(payment.completed) }) },
  ],
  [
    "forgets the tip",
    "terminal: an order that is paid with a tip is paid, tip and all",
    { show: (target, payment) => book(payment, target, { completed: payment.amount }) },
  ],
  [
    "takes every currency to have two decimals",
    "money: in yen, which have no decimals: is paid with exactly what the order amounts to",
    {
      order: (order) => ({
        ...order,
        total: { ...order.total, minor: order.total.minor * 100 },
        lines: order.lines.map((line) => ({ ...line, total: { ...line.total, minor: line.total.minor * 100 } })),
      }),
    },
  ],
  [
    "sums up its rounded lines",
    "money: in euros, whose taxes were reckoned on the sum of net prices: is paid with exactly what the order amounts to",
    { order: (order) => toOrderOf(order, order.lines) },
  ],
  [
    "leaves out what is no article",
    "money: with a gift card: is paid with exactly what the order amounts to",
    {
      order: (order) =>
        toOrderOf(
          order,
          order.lines.filter(({ type }) => type !== "discount"),
        ),
    },
  ],
  [
    "knows of one tax only",
    "money: with two taxes on one line: is paid with exactly what the order amounts to",
    { order: (order) => toOrderOf(order, order.lines.map(withFirstTax)) },
  ],
  [
    "sends the order as one line",
    "order: reaches the service line by line, with its quantities, taxes and kinds",
    {
      order: (order) => ({ ...order, lines: order.lines.slice(0, 1).map((line) => ({ ...line, total: order.total })) }),
    },
  ],
  [
    "shows held as paid",
    "showing: a held one is shown as held, and never as paid",
    {
      show: (target, payment) => book(payment, target, payment.standing === "held" ? { standing: "paid" } : {}),
    },
  ],
  [
    "shows authorized as paid",
    "showing: an authorized one is shown as authorized, with nothing taken yet",
    {
      show: (target, payment) => book(payment, target, payment.standing === "authorized" ? { standing: "paid" } : {}),
    },
  ],
  [
    "ignores the signal",
    "failure: a slow shop is given up at the signal, and shown the truth later",
    { ignoresSignal: true },
  ],
  [
    "swallows the refusal of its shop",
    "failure: orderGone is refused once, becomes a finding, and is not asked again",
    { swallowsRefusals: true },
  ],
  [
    "swallows a fault of its shop",
    "failure: a shop that is down is asked again, ever more rarely, and shown the truth in the end",
    { swallowsFaults: true },
  ],
  [
    "tells failed what is not known",
    "commands: a refund whose answer is cut, pressed again with the row kept, is one",
    { tell: ({ kind }) => (kind === "pending" ? "failed" : kind) },
  ],
  [
    "takes each press for another void",
    "commands: a void whose answer is cut, pressed again, is one",
    { forgetsRows: true },
  ],
  ["denies whatever is pressed", "commands: accepting what must be checked lets it ship", { deniesAll: true }],
  [
    "shows declined as paid",
    "commands: denying what must be checked shows that nothing may be shipped",
    {
      show: (target, payment) => book(payment, target, payment.standing === "declined" ? { standing: "paid" } : {}),
    },
  ],
  [
    "tells done what was refused",
    "commands: a refused refund is told, and leaves nothing behind",
    { tell: ({ kind }) => (kind === "failed" ? "successful" : kind) },
  ],
  [
    "leaves a refund booked that failed afterwards",
    "commands: what was told as pending and then fails is undone",
    {
      show: (target, payment) =>
        book(payment, target, {
          operations: payment.operations.map((one) => ({ ...one, state: "successful" })),
        }),
    },
  ],
  [
    "says nothing of findings",
    "findings: another amount is never shown as paid, and told to people at the order, once",
    { show: (target, payment) => book(payment, target, { findings: [] }) },
  ],
  [
    "does not say that its tries are of one order",
    "findings: a second payment of one order under a reference of its own is given back, and never shown as paid",
    { order: (order) => ({ ...order, group: null }) },
  ],
  [
    "enters only its own refunds",
    "catch-up: a refund of the back office appears once, and we ask for nothing",
    {
      show: (target, payment) =>
        book(payment, target, { operations: payment.operations.filter(({ origin }) => origin === "shop") }),
    },
  ],
  [
    "sends its invoice each time a completion is shown",
    "catch-up: a worker killed at any step of a completion ends in the same, each thing done once",
    showEachTime("completion", "invoice sent"),
  ],
  [
    "puts the goods back each time a void is shown",
    "catch-up: a worker killed at any step of a void ends in the same, each thing done once",
    showEachTime("void", "stock returned"),
  ],
];

function find(name: string): AdapterCase {
  const one = adapterCases.get(name);
  if (one === undefined) throw new Error(`There is no case "${name}"`);
  return one;
}

describe("an adapter that", () => {
  it.each(broken)("%s fails: %s", async (_what, name, quirks) => {
    const one = find(name);
    await expect(
      runAdapterCase(one, { createHarness: async (parts) => createExampleShop(parts, quirks) }),
    ).rejects.toThrow();
    await expect(runAdapterCase(one, { createHarness: async (parts) => createExampleShop(parts) })).resolves.toBeNull();
  });
});

describe("deviations", () => {
  it("of a case that does not exist are found", () => {
    const deviation = { reason: "because", test: async () => undefined };
    const [known] = [...adapterCases.keys()];
    expect(unknownDeviations({ [known ?? ""]: deviation, "no such case": deviation })).toEqual(["no such case"]);
  });

  const why = (name: string, quirks: Quirks) =>
    whyNoDeviation(find(name), { createHarness: async (parts) => createExampleShop(parts, quirks) });

  it("are there for a case that fails", async () => {
    const quirks: Quirks = { show: (target, payment) => book(payment, target, { findings: [] }) };
    expect(
      await why("findings: test money is never shown as paid, and told to people at the order, once", quirks),
    ).toBe(null);
  });

  it("of a case that passes by now are found", async () => {
    expect(await why("showing: a failed one is shown as failed", {})).toBe("the case passes");
  });

  it("of a case that does not apply are found", async () => {
    expect(await why("authentication: a genuine request is read as the shop's command", {})).toContain("nobody calls");
  });
});

describe("the cases", () => {
  it("have names of their own", () => {
    expect(adapterCases.size).toBeGreaterThan(60);
  });

  it("of hosted adapters do not apply to one that lives in its shop, and say so", async () => {
    const one = find("authentication: an unsigned request is refused as badSignature, and nothing is done");
    const reason = await runAdapterCase(one, { createHarness: async (parts) => createExampleShop(parts) });
    expect(reason).toContain("nobody calls it");
  });
});
