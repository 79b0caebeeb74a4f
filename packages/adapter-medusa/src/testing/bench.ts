import type { Payment, PaymentReference, ShopId } from "@checkout-plugins/core";
import type { MedusaContainer } from "@medusajs/framework/types";
import type { PostFinanceCheckoutProvider } from "../medusa-provider.ts";
import type { Runtime } from "../runtime.ts";
import type { Seeded } from "./seed.ts";
import type { TestClock } from "./test-clock.ts";
import type { TestService } from "./test-service.ts";

export const first = "pp_postfinance-checkout_default" as ShopId;
export const second = "pp_postfinance-checkout_second" as ShopId;

type Headers = { readonly headers: Readonly<Record<string, string>> };
interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: what Medusa answers, as a storefront reads it
  readonly data: any;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}
export interface Api {
  readonly defaults: { readonly baseURL: string };
  get(path: string, options?: object): Promise<Answer>;
  post(path: string, body: object, options?: Headers & { readonly signal?: AbortSignal }): Promise<Answer>;
  delete(path: string, options?: Headers): Promise<Answer>;
}

export interface Checkout {
  readonly cart: string;
  readonly collection: string;
  readonly session: PaymentReference;
  readonly url: string;
  /** At the service. */
  readonly transaction: string;
}

/** What an administrator sees of an order's payment. */
export interface SeenOrder {
  readonly id: string;
  readonly status: string;
  readonly captures: readonly number[];
  readonly refunds: readonly number[];
  /** Of the order's own transactions, in the order they were entered. */
  readonly transactions: readonly number[];
  readonly payment: string;
  readonly isCanceled: boolean;
  /** Of all credits, which Medusa enters for refunds without return. */
  readonly credited: number;
  readonly outstanding: number;
}

interface PaymentModule {
  readonly paymentProviderService_: { retrieveProvider(id: string): PostFinanceCheckoutProvider };
}

/** A running Medusa with our providers, the service they speak to, and a clock that is set forward. */
export interface Bench {
  readonly api: Api;
  readonly service: TestService;
  readonly control: TestService["control"];
  readonly clock: TestClock;
  /** Of PostgreSQL; null: it is not ours. */
  readonly databaseLog: readonly string[] | null;
  container(): MedusaContainer;
  seeded(): Seeded;
  runtime(): Promise<Runtime>;
  /** The first one, as Medusa's payment module has it. */
  provider(): PostFinanceCheckoutProvider;
  /** All that is due now, as the scheduled job does it. */
  settle(): Promise<void>;
  /** Seconds pass, and what is due then is done. */
  later(seconds: number): Promise<void>;
  checkout(currency?: string, provider?: string, by?: Partial<Buyer>): Promise<Checkout>;
  cart(currency: string, by?: Partial<Buyer>): Promise<string>;
  session(collection: string, provider: string, data?: object, by?: Partial<Buyer>): Promise<Answer>;
  /** Of all spaces. */
  newestTransaction(): Promise<string>;
  pay(checkout: Pick<Checkout, "transaction">, card?: string): Promise<void>;
  orders(cart: string): Promise<readonly SeenOrder[]>;
  order(cart: string): Promise<SeenOrder>;
  payment(checkout: Pick<Checkout, "session">, shop?: ShopId): Promise<Payment>;
  capture(payment: string, amount?: number, signal?: AbortSignal): Promise<Answer>;
  refund(payment: string, amount?: number, signal?: AbortSignal): Promise<Answer>;
  /** An administrator, whose browser speaks this language, sends the whole order. */
  fulfill(order: string, language?: string): Promise<Answer>;
  /** The buyer's browser comes back from the payment page. */
  returnOf(checkout: Pick<Checkout, "session">): Promise<Answer>;
  /** The storefront completes the cart. */
  complete(checkout: Pick<Checkout, "cart">): Promise<Answer>;
  /** Money is only reserved, from now on. */
  defer(): Promise<void>;
  /** A placed order whose money is taken. */
  buy(currency?: string): Promise<Bought>;
  /** A placed order whose money is only reserved. */
  authorize(currency?: string): Promise<Bought>;
}

export interface Bought extends Checkout {
  readonly order: SeenOrder;
}

/** Who buys, what, and with which wish. */
export interface Buyer {
  /** Of the storefront; with a customer's token he is signed in. */
  readonly headers: Headers;
  readonly variant: string;
  /** Of the payment session. */
  readonly data: object;
}

export interface BenchParts {
  readonly api: Api;
  readonly service: TestService;
  readonly clock: TestClock;
  readonly databaseLog: readonly string[] | null;
  readonly container: () => MedusaContainer;
  readonly seeded: () => Seeded;
  readonly settle: () => Promise<void>;
}

export function createBench(parts: BenchParts): Bench {
  const { api, service, clock, container, seeded, settle } = parts;
  const { control } = service;
  const press = (path: string, amount?: number, signal?: AbortSignal) =>
    api.post(path, amount === undefined ? {} : { amount }, { ...seeded().admin, ...(signal && { signal }) });
  const bench: Bench = {
    ...parts,
    control,
    async later(seconds) {
      await settle(); // what runs ends first: a clock set forward would take its lease away
      clock.advance(seconds);
      await settle();
    },
    returnOf: ({ session }) =>
      api.get(`/postfinance-checkout/return/${session}`, { maxRedirects: 0, validateStatus: () => true }),
    complete: ({ cart }) => api.post(`/store/carts/${cart}/complete`, {}, seeded().store),
    async defer() {
      await control.changeSpace("70001", { switches: { completion: "deferred" } });
    },
    async authorize(currency) {
      await bench.defer();
      return bench.buy(currency);
    },
    async buy(currency) {
      const checkout = await bench.checkout(currency);
      await bench.pay(checkout);
      await bench.complete(checkout);
      return { ...checkout, order: await bench.order(checkout.cart) };
    },
    provider: () =>
      (container().resolve("payment") as unknown as PaymentModule).paymentProviderService_.retrieveProvider(first),
    runtime: () => container().resolve<Promise<Runtime>>("postfinanceCheckout"),
    async cart(currency, { variant = seeded().variant, headers = seeded().store } = {}) {
      const { regions, shippingOption } = seeded();
      const country = { chf: "ch", jpy: "jp", kwd: "kw" }[currency];
      const address = { first_name: "Anna", last_name: "Müller", address_1: "Länggassstrasse 12", city: "Bern" };
      const { data } = await api.post(
        "/store/carts",
        {
          region_id: regions[currency],
          email: "anna@example.ch",
          items: [{ variant_id: variant, quantity: 1 }],
          shipping_address: { ...address, postal_code: "3012", country_code: country },
        },
        headers,
      );
      await api.post(`/store/carts/${data.cart.id}/shipping-methods`, { option_id: shippingOption }, headers);
      return data.cart.id;
    },
    session: (collection, provider, data = {}, { headers = seeded().store } = {}) =>
      api.post(`/store/payment-collections/${collection}/payment-sessions`, { provider_id: provider, data }, headers),
    async checkout(currency = "chf", provider = first, by = {}) {
      const cart = await bench.cart(currency, by);
      const collected = await api.post("/store/payment-collections", { cart_id: cart }, by.headers ?? seeded().store);
      const collection = collected.data.payment_collection.id;
      const started = await bench.session(collection, provider, by.data, by);
      const session = started.data.payment_collection.payment_sessions[0];
      const { url } = session.data;
      const transaction = url === null ? "" : await bench.newestTransaction();
      return { cart, collection, session: session.id, url: url ?? "", transaction };
    },
    async newestTransaction() {
      const ids = (await control.transactions()).map(({ id }) => id);
      return ids.toSorted((one, other) => Number(one) - Number(other)).at(-1) ?? "";
    },
    async pay({ transaction }, card = "success") {
      await control.buyer(transaction, { action: "pay", card });
    },
    async orders(cart) {
      const query = container().resolve("query");
      const { data: links } = await query.graph({
        entity: "order_cart",
        fields: ["order_id"],
        filters: { cart_id: cart },
      });
      return Promise.all(links.map(({ order_id: id }: { order_id: string }) => readOrder(api, seeded(), id)));
    },
    async order(cart) {
      const [order, ...others] = await bench.orders(cart);
      if (order === undefined || others.length > 0)
        throw new Error(`Cart ${cart} has ${others.length + (order ? 1 : 0)} orders`);
      return order;
    },
    async payment({ session }, shop = first) {
      const payment = await (await bench.runtime()).core.recall(shop, session);
      if (payment === null) throw new Error(`Nothing is recorded of ${session}`);
      return payment;
    },
    async fulfill(order, language = "en") {
      const { data } = await api.get(`/admin/orders/${order}?fields=*items`, seeded().admin);
      const items = data.order.items.map(({ id, quantity }: { id: string; quantity: number }) => ({ id, quantity }));
      const headers = { ...seeded().admin.headers, "accept-language": language };
      return api.post(`/admin/orders/${order}/fulfillments`, { items }, { headers });
    },
    capture: (payment, amount, signal) => press(`/admin/payments/${payment}/capture`, amount, signal),
    refund: (payment, amount, signal) => press(`/admin/payments/${payment}/refund`, amount, signal),
  };
  return bench;
}

async function readOrder(api: Api, { admin }: Seeded, id: string): Promise<SeenOrder> {
  const fields =
    "id,payment_status,summary.*,transactions.*,credit_lines.*,*payment_collections.payments,*payment_collections.payments.captures,*payment_collections.payments.refunds";
  const { data } = await api.get(`/admin/orders/${id}?fields=${fields}`, admin);
  const { order } = data;
  const [payment] = order.payment_collections.flatMap((one: { payments: unknown[] }) => one.payments);
  const amounts = (rows: readonly { amount: number; created_at: string }[] | undefined): number[] =>
    (rows ?? []).toSorted((a, b) => a.created_at.localeCompare(b.created_at)).map(({ amount }) => amount);
  return {
    id,
    status: order.payment_status,
    captures: amounts(payment?.captures),
    refunds: amounts(payment?.refunds),
    transactions: amounts(order.transactions),
    payment: payment?.id,
    isCanceled: payment?.canceled_at != null,
    credited: amounts(order.credit_lines).reduce((all, one) => all + one, 0),
    outstanding: order.summary.pending_difference,
  };
}
