import type { Deviation, ShopHarness, ShopParts } from "@checkout-plugins/conformance";
import type {
  Commands,
  Core,
  Decimal,
  LineItem,
  Payment,
  PaymentReference,
  ShopId,
  ShopOrder,
} from "@checkout-plugins/core";
import { expect } from "vitest";
import { enterOperations } from "../enter-operations.ts";
import { createFinisher } from "../finish-begun.ts";
import { createMedusaAdapter } from "../medusa-adapter.ts";
import type { MedusaSession, MedusaShop } from "../medusa-shop.ts";

const line = { sku: null, shippingRequired: false } as const;
const money = (minor: number) => ({ minor, currency: "CHF" as ShopOrder["total"]["currency"] });
const anOrder: ShopOrder = {
  group: null,
  merchantReference: "ORDER-1001",
  total: money(2995),
  lines: [
    {
      ...line,
      id: "mug",
      type: "product",
      name: "Mug",
      quantity: "3" as Decimal,
      total: money(2020),
      taxes: [vat("8.1")],
    },
    {
      ...line,
      id: "tea",
      type: "product",
      name: "Tea",
      quantity: "0.25" as Decimal,
      total: money(275),
      taxes: [vat("2.6")],
    },
    {
      ...line,
      id: "post",
      type: "shipping",
      name: "Post",
      quantity: "1" as Decimal,
      total: money(700),
      taxes: [vat("8.1")],
    },
  ],
  customer: { id: "cust-88", email: "anna@example.ch" },
  billing: {
    givenName: "Anna",
    familyName: "Muster",
    street: "Bahnhofstrasse 1",
    postcode: "8001",
    city: "Zürich",
    country: "CH",
  },
  shipping: {
    givenName: "Beat",
    familyName: "Muster",
    street: "Rue du Lac 2",
    postcode: "1003",
    city: "Lausanne",
    country: "CH",
  },
  language: "fr-CH",
};

function vat(rate: string): LineItem["taxes"][number] {
  return { title: "VAT", rate: rate as Decimal };
}

type Open = (parts: ShopParts) => Promise<ShopHarness>;

/** What Medusa cannot do, and what happens instead. */
export function deviations(open: Open): Readonly<Record<string, Deviation>> {
  /** What the service would be asked to begin for this order. */
  const begin = async (order: ShopOrder): Promise<ShopOrder> => {
    const started: Commands["start"][] = [];
    const core: Partial<Core> = {
      async startPayment(_shop, command) {
        started.push(command);
        return { kind: "successful", answer: { kind: "nothingToDo" }, payment: null };
      },
    };
    const { shop } = await open({
      shopId: "shop" as ShopId,
      gateway: fetch,
      core: () => core as Core,
      now: Date.now,
      createId: () => "id",
    });
    await shop.order(order, { reference: null, completion: "immediate", test: false });
    const [command] = started;
    if (command === undefined) throw new Error("Nothing was started");
    return command.order;
  };
  return {
    "order: reaches the service line by line, with its quantities, taxes and kinds": {
      reason: "Medusa gives each line an id of its own, and counts whole pieces",
      async test() {
        const { lines } = await begin(anOrder);
        expect(lines).toMatchObject(
          anOrder.lines.map(({ type, name, total, taxes }) => ({
            type,
            name,
            total,
            taxes: taxes.map(({ rate }) => ({ rate })),
          })),
        );
        expect(new Set(lines.map(({ id }) => id)).size).toBe(anOrder.lines.length);
      },
    },
    "order: names the buyer, both addresses, the language and the order number": {
      reason: "a cart has no order number before it is paid",
      async test() {
        const { billing, shipping, customer, language, merchantReference } = await begin(anOrder);
        expect({ billing, shipping }).toMatchObject({
          billing: { givenName: "Anna", city: "Zürich", country: "CH" },
          shipping: { givenName: "Beat", postcode: "1003", country: "CH" },
        });
        expect({ customer, language, merchantReference }).toEqual({
          customer: anOrder.customer,
          language: "fr-CH",
          merchantReference: null,
        });
      },
    },
    "catch-up: a worker killed at any step of a payment ends in the same, each thing done once": {
      reason: "each of its hundred kills places an order in a real Medusa, for longer than a test may last; here one",
      async test() {
        let session = { id: "payses_1", orderId: null, cartId: "cart_1", payment: null } as MedusaSession;
        const runs: string[] = [];
        const shop = {
          readSession: async () => session,
          async run(workflow: string) {
            runs.push(workflow);
            const payment = { id: "pay_1", captured_at: null, canceled_at: null, captures: [], refunds: [] };
            session = { ...session, orderId: "order_1", currencyCode: "chf", payment };
            throw new Error("killed after its effect");
          },
          orders: { listOrderTransactions: async () => [], retrieveOrder: async () => ({ status: "pending" }) },
          payments: { retrievePaymentCollection: async () => ({ refunded_amount: 0 }) },
        } as unknown as MedusaShop;
        const adapter = createMedusaAdapter({ shop, showing: new Set(), now: Date.now });
        const payment = {
          reference: "payses_1" as PaymentReference,
          standing: "authorized",
          completed: money(0),
          operations: [] as Payment["operations"],
        } as Payment;
        for (let time = 0; time < 2; time += 1) {
          const shown = await adapter.showPayment(payment, null, AbortSignal.timeout(10_000));
          expect(shown).toMatchObject({ kind: "shown" });
        }
        expect(runs).toEqual(["complete-cart"]);
      },
    },
    "catch-up: a worker killed at any step of a refund ends in the same, each thing done once": {
      reason: "the kit stops the plugin's calls and not Medusa, whose workflow would wait for ever; here both die",
      async test() {
        const row = { kind: "refund", id: "ref_1", amount: "10", sessionId: "payses_1", providerId: "pp" } as const;
        const session = { id: "payses_1", currencyCode: "chf", payment: { captures: [], refunds: [row] } };
        const commands: unknown[] = [];
        let now = Date.parse("2026-02-03T09:00:00Z");
        const { finish } = createFinisher({
          shop: { listBegun: async () => [row], readSession: async () => session } as never,
          core: {
            recall: async () => ({ operations: [] }),
            runCommand: async (_shop: ShopId, command: unknown) => commands.push(command) && { kind: "pending" },
          } as never,
          logger: { warn() {} } as never,
          find: () => ({ id: "pp" }) as never,
          now: () => now,
        });
        now += 600_000;
        await finish();
        expect(commands).toMatchObject([
          { kind: "refund", shopKey: "ref_1", heldKeys: ["ref_1"], amount: money(1000) },
        ]);
      },
    },
    "commands: what was told as pending and then fails is undone": {
      reason: "Medusa has no word for what is not known yet: it counts as done, and is taken out when it fails",
      async test() {
        const row = { id: "ref_1", amount: "10", created_by: null, created_at: new Date(0) };
        const payment = { id: "pay_1", captured_at: null, canceled_at: null, captures: [], refunds: [row] };
        const session = { id: "payses_1", currencyCode: "chf", collectionId: "c", orderId: null, payment };
        const deleted: unknown[] = [];
        const payments = {
          deleteRefunds: async (ids: string[]) => void deleted.push(...ids),
          maybeUpdatePaymentCollection_: async () => {},
          retrievePaymentCollection: async () => ({ refunded_amount: 0 }),
        };
        const shop = {
          payments,
          orders: { listOrderTransactions: async () => [] },
          readSession: async () => ({ ...session, payment: { ...payment, refunds: deleted.length > 0 ? [] : [row] } }),
        } as unknown as MedusaShop;
        const operation = { kind: "refund", state: "failed", key: "k", shopKeys: ["ref_1"], amount: money(1000) };
        await enterOperations({
          shop,
          session: session as never,
          payment: { standing: "paid", completed: money(0), operations: [operation] } as never,
          given: [],
          now: Date.now(),
          signal: AbortSignal.timeout(10_000),
        });
        expect(deleted).toEqual(["ref_1"]);
      },
    },
    "failure: orderClosed is refused once, becomes a finding, and is not asked again": {
      reason: "a cart has no order before it is paid that could be closed; one whose payment takes days has",
      async test() {
        const session = { id: "payses_1", orderId: "order_1", cartId: "cart_1", payment: null } as MedusaSession;
        const shop = {
          readSession: async () => session,
          orders: { retrieveOrder: async () => ({ id: "order_1", status: "canceled" }) },
        } as unknown as MedusaShop;
        const adapter = createMedusaAdapter({ shop, showing: new Set(), now: Date.now });
        const payment = { reference: "payses_1" as PaymentReference, standing: "paid" } as Payment;
        const shown = await adapter.showPayment(payment, null, AbortSignal.timeout(10_000));
        expect(shown).toMatchObject({ kind: "refused", reason: "orderClosed" });
      },
    },
  };
}
