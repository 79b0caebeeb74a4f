import type {
  Ordered,
  OrderWish,
  Press,
  ShopEntry,
  ShopFault,
  ShopHarness,
  ShopParts,
  ShopView,
  Told,
} from "@checkout-plugins/conformance";
import {
  type Core,
  type Instant,
  type Logger,
  type Money,
  type PaymentReference,
  type ShopOrder,
  subtract,
  sum,
  toDecimal,
} from "@checkout-plugins/core";
import { asValue } from "@medusajs/framework/awilix";
import type { ICartModuleService } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils";
import { createFinisher } from "../finish-begun.ts";
import { createMedusaAdapter, type Showing } from "../medusa-adapter.ts";
import { toCoreMoney } from "../medusa-money.ts";
import { type ParsedSettings, parseSettings } from "../medusa-settings.ts";
import { createMedusaShop, type MedusaRow, type MedusaSession, type MedusaShop } from "../medusa-shop.ts";
import type { Runtime } from "../runtime.ts";
import { type Bench, first } from "./bench.ts";

/** A shop of one case, in the one Medusa that all share: its own carts, orders and payments. */
export async function createConformanceShop(bench: Bench, options: object, parts: ShopParts): Promise<ShopHarness> {
  const { shopId, core, now } = parts;
  const faults = new Map<string, ShopFault>();
  const mended = new Set<() => void>();
  const showing: Showing = new Set();
  const shop = createMedusaShop(bench.container());
  let settings: ParsedSettings = parseSettings(options, "conformance");

  const broken: MedusaShop = {
    ...shop,
    async readSession(id) {
      const fault = faults.get(id);
      if (fault === "down") throw new Error("The database is gone");
      if (fault === "nonsense") return { id } as MedusaSession;
      if (fault === "slow") await new Promise<void>((resolve) => mended.add(resolve));
      return shop.readSession(id);
    },
  };
  const provider = {
    id: shopId,
    space: null as never,
    get settings() {
      return settings;
    },
  };
  const logger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
  const runtime: Partial<Runtime> = {
    core: followed(core),
    store: { abandon: async () => {} } as never,
    clock: { now: () => new Date(now()).toISOString() as Instant, sleep: async () => {} },
    shop,
    logger,
    providers: [provider],
    showing,
    find: () => provider,
    settle: async () => {},
    settleSoon() {},
  };
  bench.container().register("postfinanceCheckout", asValue(Promise.resolve(runtime)));

  const books = createBooks(bench, shop);
  let life = new AbortController();
  const presses = createPresses(bench, shop, { shopId, core, life: () => life.signal });
  // The page of an order keeps what was found, settled or not.
  const notes = new Map<string, Map<string, string>>();
  const adapter = createMedusaAdapter({ shop: broken, showing, now });
  const openFinisher = () => createFinisher({ core: followed(core), shop: broken, logger, find: () => provider, now });
  let finisher = openFinisher();
  return {
    adapter: {
      ...adapter,
      showPayment(payment, receipt, signal) {
        const kept = notes.get(payment.reference) ?? new Map<string, string>();
        notes.set(payment.reference, kept);
        for (const { key, detail } of payment.findings) kept.set(key, detail);
        return adapter.showPayment(payment, receipt, signal);
      },
    },
    shop: {
      order(order, wish) {
        settings = { ...settings, completion: wish.completion, environment: wish.test ? "test" : "live" };
        return books.order(order, wish);
      },
      press: presses,
      async read(reference) {
        return { ...(await books.read(reference)), notes: [...(notes.get(reference)?.values() ?? [])] };
      },
      async break(fault, reference) {
        if (fault === null) faults.delete(reference);
        else faults.set(reference, fault);
        if (fault === "orderGone") await shop.payments.deletePaymentSession(reference);
        if (fault === "orderClosed") {
          const { orderId: order_id } = await mustRead(shop, reference);
          if (order_id !== null) await shop.run("cancel-order", { order_id });
        }
        for (const goOn of mended) goOn();
        mended.clear();
      },
    },
    async work() {
      await dateRows(bench, now());
      await finisher.finish();
    },
    async restart() {
      life.abort(new Error("Medusa died"));
      life = new AbortController();
      await dateRows(bench, now());
      await bench.container().resolve(Modules.LOCKING).releaseAll();
      showing.clear();
      finisher = openFinisher();
    },
    close: async () => {},
  };
}

type Knex = (table: string) => {
  where(column: string, than: string, value: Date): { update(row: object): Promise<number> };
};

/** Medusa dates its rows by the computer's clock, which runs ahead of the kit's. */
async function dateRows({ container }: Bench, now: number): Promise<void> {
  const knex = container().resolve(ContainerRegistrationKeys.PG_CONNECTION) as unknown as Knex;
  const created_at = new Date(now);
  for (const table of ["capture", "refund"])
    await knex(table).where("created_at", ">", created_at).update({ created_at });
}

/** The kit kills processes: whoever calls meets the core that lives. */
function followed(core: () => Core): Core {
  return new Proxy({} as Core, { get: (_target, name) => Reflect.get(core(), name) as unknown });
}

interface TaxLine {
  readonly rate: number;
  readonly code: string;
  readonly description: string;
}

interface Books {
  order(order: ShopOrder, wish: OrderWish): Promise<Ordered>;
  read(reference: PaymentReference): Promise<Omit<ShopView, "notes">>;
}

/** What Medusa's cart module has beside its published type: methods that it generates for each of its models. */
type CartModule = ICartModuleService & {
  deleteCreditLines(ids: string[]): Promise<void>;
  createCreditLines(data: object): Promise<unknown>;
};

/** What a storefront makes through Medusa's Store API, made with its modules: lines of any price. */
function createBooks({ container, seeded }: Bench, shop: MedusaShop): Books {
  const carts = () => container().resolve(Modules.CART) as CartModule;
  const fill = async (cart: string, { lines }: ShopOrder): Promise<void> => {
    const {
      items = [],
      shipping_methods = [],
      credit_lines = [],
    } = await carts().retrieveCart(cart, {
      relations: ["items", "shipping_methods", "credit_lines"],
    });
    await carts().deleteLineItems(items.map(({ id }) => id));
    await carts().deleteShippingMethods(shipping_methods.map(({ id }) => id));
    await carts().deleteCreditLines(credit_lines.map(({ id }) => id));
    const taxes: (TaxLine & { item_id: string })[] = [];
    for (const line of lines) {
      const total = toDecimal(line.total);
      const tax_lines: TaxLine[] = line.taxes.map(({ title, rate }) => ({
        rate: Number(rate),
        code: title,
        description: title,
      }));
      if (line.type === "product") {
        // Medusa counts whole pieces.
        const quantity = Number.isInteger(Number(line.quantity)) ? Number(line.quantity) : 1;
        const unit_price = MathBN.div(total, quantity);
        const [item] = await carts().addLineItems(cart, [
          {
            title: line.name,
            quantity,
            unit_price,
            is_tax_inclusive: true,
            requires_shipping: false,
            ...(line.sku !== null && { variant_sku: line.sku }),
          },
        ]);
        taxes.push(...tax_lines.map((tax) => ({ ...tax, item_id: item?.id ?? "" })));
      } else if (line.type === "shipping") {
        const [method] = await carts().addShippingMethods(cart, [
          { name: line.name, amount: total, is_tax_inclusive: true } as never,
        ]);
        await carts().setShippingMethodTaxLines(
          cart,
          tax_lines.map((tax) => ({ ...tax, shipping_method_id: method?.id ?? "" })),
        );
      } else {
        await carts().createCreditLines({
          cart_id: cart,
          amount: MathBN.mult(total, -1),
          reference: line.name,
        } as never);
      }
    }
    await carts().setLineItemTaxLines(cart, taxes);
  };
  const tries = new Map<string, () => Promise<PaymentReference>>();
  const begin = async (order: ShopOrder): Promise<PaymentReference> => {
    const again = tries.get(order.group ?? "");
    if (again !== undefined) return again();
    const { regions, channel } = seeded();
    const currency_code = order.total.currency.toLowerCase();
    const [cart] = await carts().createCarts([
      {
        currency_code,
        region_id: regions[currency_code] ?? null,
        sales_channel_id: channel,
        email: order.customer.email ?? "",
        customer_id: order.customer.id ?? "",
        locale: order.language,
        billing_address: toMedusaAddress(order.billing),
        shipping_address: toMedusaAddress(order.shipping),
      } as never,
    ]);
    const cart_id = cart?.id ?? "";
    await fill(cart_id, order);
    const amount = toDecimal(order.total);
    const [collection] = await shop.payments.createPaymentCollections([{ currency_code, amount }]);
    const payment_collection_id = collection?.id ?? "";
    await container()
      .resolve("link")
      .create({ [Modules.CART]: { cart_id }, [Modules.PAYMENT]: { payment_collection_id } });
    const started = { provider_id: first, currency_code, amount, data: {}, context: {} };
    const { id } = await shop.payments.createPaymentSession(payment_collection_id, started);
    // As the storefront's API does it, which deletes the session before.
    const start = async () => {
      const input = { payment_collection_id, provider_id: first };
      const engine = container().resolve(Modules.WORKFLOW_ENGINE);
      const { result } = await engine.run("create-payment-sessions", { input });
      return (result as { readonly id: PaymentReference }).id;
    };
    if (order.group !== null) tries.set(order.group, start);
    return id as PaymentReference;
  };
  const change = async (reference: PaymentReference, order: ShopOrder): Promise<void> => {
    const session = await mustRead(shop, reference);
    await fill(session.cartId ?? "", order);
    const { currencyCode: currency_code, data } = session;
    const wanted = { id: reference, amount: toDecimal(order.total), currency_code, data: { ...data } };
    await shop.payments.updatePaymentSession(wanted);
  };
  return {
    async order(order, { reference: known }) {
      if (known !== null) await change(known, order);
      const reference = known ?? (await begin(order));
      const { data } = await mustRead(shop, reference);
      return { reference, url: typeof data.url === "string" ? data.url : null };
    },
    async read(reference) {
      const session = await mustRead(shop, reference);
      const { payment, orderId, currencyCode } = session;
      const transactions = orderId === null ? [] : await shop.orders.listOrderTransactions({ order_id: orderId });
      const total = (rows: readonly MedusaRow[]): Money =>
        sum(
          rows.map(({ amount }) => toCoreMoney(amount, currencyCode)),
          currencyCode.toUpperCase(),
        );
      const captures = payment?.captures ?? [];
      const refunds = payment?.refunds ?? [];
      return {
        means: toMeans(session, total(captures)),
        paid: total(captures),
        refunded: total(refunds),
        entries: [
          ...captures.map((one) => toEntry("completion", one, currencyCode)),
          ...refunds.map((one) => toEntry("refund", one, currencyCode)),
          ...(payment?.canceled_at != null ? [{ kind: "void", amount: null, state: "done" } as const] : []),
        ],
        effects: {
          orders: orderId === null ? 0 : 1,
          transactions: transactions.length,
          owed: orderId === null ? 0 : await readOwed(shop, orderId),
        },
      };
    },
  };
}

/** What the order still wants from its buyer, in major units. */
async function readOwed(shop: MedusaShop, orderId: string): Promise<number> {
  const { summary } = await shop.orders.retrieveOrder(orderId, { select: ["id"], relations: ["summary"] });
  return Number(summary?.pending_difference ?? 0);
}

async function mustRead(shop: MedusaShop, reference: string): Promise<MedusaSession> {
  const session = await shop.readSession(reference);
  if (session === null) throw new RangeError(`There is no payment session ${reference}`);
  return session;
}

/** Medusa has a payment once it is certain; before that all is one to its shop. */
function toMeans({ payment, amount, currencyCode }: MedusaSession, taken: Money): ShopView["means"] {
  if (payment === null) return ["open", "failed", "voided", "held", "declined"];
  if (payment.canceled_at !== null) return ["voided"];
  return taken.minor >= toCoreMoney(amount, currencyCode).minor ? ["paid"] : ["authorized"];
}

function toEntry(kind: ShopEntry["kind"], { amount }: MedusaRow, currencyCode: string): ShopEntry {
  return { kind, amount: toCoreMoney(amount, currencyCode), state: "done" };
}

function toMedusaAddress(address: ShopOrder["billing"]): object | undefined {
  if (address === null) return undefined;
  return {
    first_name: address.givenName,
    last_name: address.familyName,
    address_1: address.street,
    postal_code: address.postcode,
    city: address.city,
    country_code: address.country?.toLowerCase(),
  };
}

interface PressParts extends Pick<ShopParts, "shopId" | "core"> {
  /** Of the process that is asked: aborted when it dies. */
  readonly life: () => AbortSignal;
}

/** The merchant presses in Medusa's admin: each press is a row there, which Medusa deletes when it is refused. */
function createPresses(bench: Bench, shop: MedusaShop, parts: PressParts): (press: Press) => Promise<Told> {
  const { shopId, core, life } = parts;
  const rows = new Map<string, string>();
  const running = new WeakMap<Core, Map<string, Promise<Told>>>();

  const list = async ({ kind, reference }: Press): Promise<readonly MedusaRow[]> => {
    const { payment } = await mustRead(shop, reference);
    return (kind === "complete" ? payment?.captures : payment?.refunds) ?? [];
  };
  const tell = async ({ reference }: Press, row: string | undefined): Promise<Told> => {
    const payment = await core().recall(shopId, reference);
    const operation = payment?.operations.find(({ shopKeys }) => shopKeys.some((one) => one === row));
    return operation?.state ?? "successful";
  };
  /** What Medusa's admin proposes. */
  const readRest = async ({ kind, reference }: Press): Promise<Money> => {
    const { amount, currencyCode, payment } = await mustRead(shop, reference);
    const total = (rows: readonly MedusaRow[] = []): Money =>
      sum(
        rows.map((one) => toCoreMoney(one.amount, currencyCode)),
        currencyCode.toUpperCase(),
      );
    const captured = total(payment?.captures);
    return kind === "refund"
      ? subtract(captured, total(payment?.refunds))
      : subtract(toCoreMoney(amount, currencyCode), captured);
  };
  const decide = async ({ kind, reference }: Press): Promise<Told> => {
    const decision = kind === "accept" ? "suitable" : "notSuitable";
    const path = `/admin/postfinance-checkout/payments/${reference}/review`;
    await bench.api.post(path, { decision }, { ...bench.seeded().admin, signal: life() });
    const payment = await core().recall(shopId, reference);
    return payment?.operations.findLast((one) => one.kind === "review")?.state ?? "pending";
  };
  const pressOnce = async (press: Press): Promise<Told> => {
    if (press.kind === "accept" || press.kind === "deny") return decide(press);
    const { kind, reference, amount, row, deleted } = press;
    const { payment } = await mustRead(shop, reference);
    const name = (one: string) => `${kind} ${reference} ${one}`;
    const gone = deleted.flatMap((one) => rows.get(name(one)) ?? []);
    if (gone.length > 0 && kind === "refund") await shop.payments.deleteRefunds(gone);
    if (gone.length > 0 && kind === "complete") {
      await shop.payments.deleteCaptures(gone);
      await shop.payments.updatePayment({ id: payment?.id ?? "", captured_at: null } as never);
    }
    const known = (await list(press)).find(({ id }) => id === rows.get(name(row)) || ![...rows.values()].includes(id));
    if (known !== undefined) return tell(press, known.id);
    const major = Number(toDecimal(amount === "rest" ? await readRest(press) : amount));
    try {
      if (kind === "void") await shop.payments.cancelPayment(payment?.id ?? "");
      else await (kind === "complete" ? bench.capture : bench.refund)(payment?.id ?? "", major, life());
    } catch (error) {
      if ((error as { readonly response?: object }).response === undefined) throw error;
      return "failed";
    }
    const made = (await list(press)).find(({ id }) => ![...rows.values()].includes(id));
    if (made !== undefined) rows.set(name(row), made.id);
    return tell(press, made?.id);
  };
  return (press) => {
    const mine = running.get(core()) ?? new Map<string, Promise<Told>>();
    running.set(core(), mine);
    const key = `${press.kind} ${press.reference} ${press.row}`;
    const told = mine.get(key) ?? pressOnce(press).finally(() => mine.delete(key));
    mine.set(key, told);
    return told;
  };
}
