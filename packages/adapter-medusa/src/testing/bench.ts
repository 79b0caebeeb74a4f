import {
  createClient,
  type SpaceClient,
  type SpaceId,
  type WebhookListenerCreate,
  webhookEntities,
} from "@checkout-plugins/client";
import type { Clock, Instant, Payment, PaymentReference, ShopId } from "@checkout-plugins/core";
import {
  createSimulator,
  createSimulatorControl,
  exampleKey,
  type SimulatorControl,
} from "@checkout-plugins/simulator";
import type { MedusaContainer } from "@medusajs/framework/types";
import type { Runtime } from "../runtime.ts";
import type { Seeded } from "./seed.ts";

export const first = "pp_postfinance-checkout_default" as ShopId;
export const second = "pp_postfinance-checkout_second" as ShopId;

/** Runs with the computer's clock, and can be set forward. Counts how often somebody waited for a lease. */
export interface TestClock extends Clock {
  leaseWaits: number;
  advance(seconds: number): void;
}

export function createTestClock(): TestClock {
  let ahead = 0;
  return {
    leaseWaits: 0,
    advance(seconds) {
      ahead += seconds * 1000;
    },
    now: () => new Date(Date.now() + ahead).toISOString() as Instant,
    async sleep(seconds, signal) {
      if (seconds === 0.25) this.leaseWaits += 1;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, seconds * 1000);
        timer.unref();
        signal?.addEventListener("abort", () => {
          clearTimeout(timer);
          reject(signal.reason);
        });
      });
    },
  };
}

export interface TestService {
  readonly url: string;
  readonly control: SimulatorControl;
  space(id: string): SpaceClient;
  /** Requests that change something, since the last `forgetRequests`. */
  writes(): Promise<readonly string[]>;
  reads(): Promise<readonly string[]>;
  /** Webhooks of all that this adapter listens to, to this address. */
  sendWebhooks(space: string, url: string): Promise<void>;
  close(): Promise<void>;
}

export async function startService(): Promise<TestService> {
  const { url, close } = await createSimulator().listen(0);
  const control = createSimulatorControl({ url });
  const client = createClient({
    baseUrl: url,
    userId: "12345",
    authenticationKey: exampleKey,
    now: Date.now,
    random: Math.random,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
  const list = async (isChosen: (method: string) => boolean): Promise<readonly string[]> =>
    (await control.requests())
      .filter(({ method, path }) => isChosen(method) && !path.startsWith("/webhooks"))
      .map(({ method, path }) => `${method} ${path.split("?")[0]}`);
  return {
    url,
    control,
    space: (id) => client.space(id as SpaceId),
    writes: () => list((method) => method !== "GET"),
    reads: () => list((method) => method === "GET"),
    async sendWebhooks(id, target) {
      const space = client.space(id as SpaceId);
      const known = await space.createWebhookUrl({ name: "Medusa", url: target, state: "ACTIVE" });
      for (const name of ["Transaction", "TransactionCompletion", "TransactionVoid", "Refund"] as const) {
        const listener = {
          name,
          entity: webhookEntities[name],
          notifyEveryChange: true,
          state: "ACTIVE",
          url: known.id,
        };
        await space.createWebhookListener({ ...listener, entityStates: [] } as WebhookListenerCreate);
      }
    },
    close,
  };
}

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
  post(path: string, body: object, options?: Headers): Promise<Answer>;
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

export interface Bench {
  runtime(): Promise<Runtime>;
  checkout(currency?: string, provider?: string): Promise<Checkout>;
  cart(currency: string): Promise<string>;
  session(collection: string, provider: string, data?: object): Promise<Answer>;
  pay(checkout: Pick<Checkout, "transaction">, card?: string): Promise<void>;
  orders(cart: string): Promise<readonly SeenOrder[]>;
  order(cart: string): Promise<SeenOrder>;
  payment(checkout: Pick<Checkout, "session">, shop?: ShopId): Promise<Payment>;
  capture(payment: string, amount?: number): Promise<Answer>;
  refund(payment: string, amount?: number): Promise<Answer>;
}

export function createBench(
  api: Api,
  container: () => MedusaContainer,
  seeded: () => Seeded,
  { control }: TestService,
): Bench {
  const bench: Bench = {
    runtime: () => container().resolve<Promise<Runtime>>("postfinanceCheckout"),
    async cart(currency) {
      const { regions, variant, shippingOption, store } = seeded();
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
        store,
      );
      await api.post(`/store/carts/${data.cart.id}/shipping-methods`, { option_id: shippingOption }, store);
      return data.cart.id;
    },
    session: (collection, provider, data = {}) =>
      api.post(
        `/store/payment-collections/${collection}/payment-sessions`,
        { provider_id: provider, data },
        seeded().store,
      ),
    async checkout(currency = "chf", provider = first) {
      const cart = await bench.cart(currency);
      const collected = await api.post("/store/payment-collections", { cart_id: cart }, seeded().store);
      const collection = collected.data.payment_collection.id;
      const started = await bench.session(collection, provider);
      const session = started.data.payment_collection.payment_sessions[0];
      const url = session.data.url ?? "";
      return { cart, collection, session: session.id, url, transaction: /\/pay\/(\d+)/.exec(url)?.[1] ?? "" };
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
    capture: (payment, amount) =>
      api.post(`/admin/payments/${payment}/capture`, amount === undefined ? {} : { amount }, seeded().admin),
    refund: (payment, amount) =>
      api.post(`/admin/payments/${payment}/refund`, amount === undefined ? {} : { amount }, seeded().admin),
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
