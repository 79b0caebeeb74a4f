import { randomUUID } from "node:crypto";
import type {
  Ordered,
  Press,
  ShopEntry,
  ShopHarness,
  ShopParts,
  ShopProbe,
  ShopView,
  Told,
} from "@checkout-plugins/conformance";
import {
  currencyDigits,
  type LineItem,
  type Money,
  type Operation,
  type Payment,
  type PaymentReference,
  type ShopCommand,
  type ShopOrder,
  type Standing,
} from "@checkout-plugins/core";
import { signMessage } from "@checkout-plugins/shop-protocol";
import { serve } from "@hono/node-server";
import { createWoocommercePlatform, toPairingCode } from "../src/index.ts";
import type { Shop } from "./shop.ts";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const otherSecret = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;

/** What `shop_control_books` tells: the shop's own tables. */
interface Books {
  readonly status: string;
  readonly isPaid: boolean;
  readonly payment: Payment | null;
  readonly waiting: number;
  readonly refunds: readonly { readonly id: number; readonly amount: string; readonly operation: string }[];
  readonly findings: readonly string[];
}

const digitsOf = (currency: string): number => currencyDigits.get(currency) ?? 2;
const toDecimal = ({ minor, currency }: Money): string =>
  (minor / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));
const toMinor = (decimal: string, currency: string): number => Math.round(Number(decimal) * 10 ** digitsOf(currency));
const toId = (reference: PaymentReference): number => Number(reference.replace("order-", ""));

/** WooCommerce keeps each line's amount without its taxes, and those beside it. */
function toItem({ id, type, name, sku, quantity, total, taxes }: LineItem) {
  const rates = taxes.map(({ rate }) => Number(rate));
  const net = Number(toDecimal(total)) / (1 + rates.reduce((all, rate) => all + rate, 0) / 100);
  const kind = type === "product" || type === "shipping" ? type : "fee";
  const own = { type: kind, name, quantity, total: net.toFixed(6), line: id, sku };
  return { ...own, taxes: Object.fromEntries(rates.map((rate) => [toRateId(rate), ((net * rate) / 100).toFixed(6)])) };
}
const toRateId = (rate: number): number => Math.round(rate * 1000);

/** An order as the checkout leaves it. What a plugin rounds to 0.05 has no line of its own in WooCommerce. */
function toShopInput({ total, lines, billing, shipping, merchantReference }: ShopOrder) {
  const items = lines.filter(({ type }) => type !== "rounding").map(toItem);
  const rates = lines.flatMap(({ taxes }) => taxes.map(({ rate }) => [toRateId(Number(rate)), Number(rate)] as const));
  return {
    currency: total.currency,
    decimals: digitsOf(total.currency),
    items,
    rates: Object.fromEntries(rates),
    total: toDecimal(total),
    number: merchantReference,
    billing: toAddress(billing),
    shipping: toAddress(shipping),
  };
}

function toAddress(address: ShopOrder["billing"]) {
  if (address === null) return {};
  const { givenName, familyName, street, postcode, city, country, email } = address;
  return { first_name: givenName, last_name: familyName, address_1: street, postcode, city, country, email };
}

const standings: Readonly<Record<string, Standing>> = {
  pending: "open",
  processing: "paid",
  completed: "paid",
  refunded: "paid",
  failed: "failed",
  cancelled: "voided",
};

/** "On hold" is one word for all in which somebody waits; what for stands beside it, on the order's screen. */
function toMeans({ status, payment }: Books): readonly Standing[] {
  const known = standings[status];
  return known === undefined ? [payment?.standing ?? "open"] : [known];
}

const states = { pending: "pending", successful: "done", failed: "failed" } as const;

function toEntries({ payment, refunds }: Books, currency: Money["currency"]): readonly ShopEntry[] {
  const operations = payment?.operations ?? [];
  const booked = refunds.map(({ amount, operation }): ShopEntry => {
    const state = operations.find(({ key }) => key === operation)?.state ?? "pending";
    return { kind: "refund", amount: { minor: toMinor(amount, currency), currency }, state: states[state] };
  });
  const others = operations.flatMap(({ kind, amount, state }): ShopEntry[] =>
    kind === "completion" || kind === "void" ? [{ kind, amount, state: states[state] }] : [],
  );
  return [...others, ...booked];
}

function toView(books: Books, effects: readonly string[], currency: Money["currency"], total: Money): ShopView {
  const none: Money = { minor: 0, currency };
  const refunded = books.refunds.reduce((sum, { amount }) => sum + toMinor(amount, currency), 0);
  return {
    means: toMeans(books),
    paid: books.isPaid ? total : none,
    refunded: { minor: refunded, currency },
    entries: toEntries(books, currency),
    notes: books.findings,
    effects: {
      confirmation: effects.filter((line) => line.startsWith("paid ")).length,
      refunds: effects.filter((line) => line.startsWith("refunded ")).length,
    },
  };
}

/** The gateway at an address that WordPress can call; a case's cut is a connection that ends without an answer. */
async function listen(gateway: typeof globalThis.fetch): Promise<{ url: string; close(): Promise<void> }> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = serve({ fetch: (request) => gateway(request), port: 0, hostname: "127.0.0.1" }, ({ port }) =>
    resolve(`http://127.0.0.1:${port}`),
  );
  return { url: await promise, close: () => new Promise((done) => server.close(() => done())) };
}

/** One WordPress for all cases: each has orders of its own, and a gateway of its own. */
export async function createWoocommerceHarness(
  shop: Shop,
  { gateway, shopId, createId }: ShopParts,
): Promise<ShopHarness> {
  const door = await listen(gateway);
  // WordPress's clock is the real one, so both sides sign by it; only core's stands still.
  const platform = createWoocommercePlatform({ fetch, now: Date.now, createId: randomUUID });
  const secrets = { get: async (name: string) => (name === "secret" ? secret : undefined), renew: async () => secret };
  const adapter = platform.connect({ id: shopId, settings: { siteUrl: shop.url }, secrets });
  const pairing_code = toPairingCode({ gatewayUrl: door.url, shopId, secret });
  const totals = new Map<PaymentReference, Money>();
  const rows = new Map<string, Promise<number>>();
  const books = (reference: PaymentReference) => shop.control<Books>("books", { id: toId(reference) });
  const operationOf = async (reference: PaymentReference, isIt: (one: Operation) => boolean): Promise<Told> =>
    (await books(reference)).payment?.operations.findLast(isIt)?.state ?? "pending";

  async function order(wanted: ShopOrder, wish: Parameters<ShopProbe["order"]>[1]): Promise<Ordered> {
    await shop.control("connect", { pairing_code, completion: wish.completion, test: wish.test });
    const id = wish.reference === null ? null : toId(wish.reference);
    const made = await shop.control<{ id: number }>("order-as", { ...toShopInput(wanted), id });
    const reference = `order-${made.id}` as PaymentReference;
    totals.set(reference, wanted.total);
    const locale = wanted.language.replace("-", "_");
    const { result } = await shop.control<{ result: { redirect?: string } }>(`pay&locale=${locale}`, { id: made.id });
    return { reference, url: result.redirect ?? null };
  }

  async function refund({ reference, amount, lines, row, deleted }: Press): Promise<Told> {
    const name = `${reference} ${row}`;
    for (const gone of deleted) {
      const id = await rows.get(`${reference} ${gone}`);
      if (id !== undefined) await shop.control("delete-refund", { id });
      rows.delete(`${reference} ${gone}`);
    }
    const total = totals.get(reference);
    if (total === undefined) throw new RangeError(`There is no order ${reference}`);
    const before = rows.get(name);
    if (before !== undefined) {
      // A row is made once; what is not known of it is asked again by the shop itself.
      await before;
      await shop.control("again", { id: toId(reference) });
    } else {
      const wanted = amount === "rest" ? total : amount;
      const made = shop.control<{ id?: number }>("refund-lines", {
        id: toId(reference),
        amount: toDecimal(wanted),
        lines: lines?.map((line) => ({ line: line.id, quantity: line.quantity, amount: toDecimal(line.amount) })) ?? [],
      });
      rows.set(
        name,
        made.then(({ id }) => id ?? 0),
      );
      if ((await made).id === undefined) {
        rows.delete(name);
        return "failed";
      }
    }
    const id = await rows.get(name);
    return operationOf(
      reference,
      ({ kind, shopKeys }) => kind === "refund" && shopKeys.includes(`refund-${id}` as never),
    );
  }

  return {
    adapter,
    shop: {
      order,
      async press(press) {
        if (press.kind === "refund") return refund(press);
        const { reference, kind } = press;
        await shop.control("action", { id: toId(reference), action: `checkout_plugins_${kind}` });
        const { waiting } = await books(reference);
        const done = ({ complete: "completion", void: "void", accept: "review", deny: "review" } as const)[kind];
        return waiting > 0 ? "pending" : operationOf(reference, (one) => one.kind === done);
      },
      async read(reference) {
        const total = totals.get(reference);
        if (total === undefined) throw new RangeError(`There is no order ${reference}`);
        const effects = shop.effects().filter((line) => line.split(" ")[1] === String(toId(reference)));
        return toView(await books(reference), effects, total.currency, total);
      },
      async break(fault, reference) {
        if (fault === "orderGone") await shop.control("delete", { id: toId(reference) });
        else if (fault === "orderClosed") await shop.control("trash", { id: toId(reference) });
        else await shop.control("break", { id: toId(reference), fault });
      },
    },
    async forge(command: ShopCommand, how) {
      const body = JSON.stringify(command);
      const secretsUsed = [how === "wrongSecret" ? otherSecret : secret];
      const now = Date.now() - (how === "stale" ? 3_600_000 : 0);
      const signed = signMessage({ id: createId(), now, body, secrets: secretsUsed });
      return new Request(`${door.url}/shops/${shopId}/commands`, {
        method: "POST",
        headers: how === "unsigned" ? {} : { ...signed },
        body: how === "altered" ? body.replace("1000", "9000") : body,
      });
    },
    close: () => door.close(),
  };
}
