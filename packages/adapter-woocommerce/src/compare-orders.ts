import { type Payment, PaymentError, type PaymentReference } from "@checkout-plugins/core";
import { z } from "zod";

/**
 * What is needed of a client of WooCommerce's REST interface (https://woocommerce.github.io/woocommerce-rest-api-docs/):
 * one of `@woocommerce/woocommerce-rest-api` has it, with `version: "wc/v3"` and a key that may read.
 */
export interface OrdersApi {
  get(endpoint: string, params: Readonly<Record<string, unknown>>): Promise<{ readonly data: unknown }>;
}

/**
 * `missed`: the gateway knows of money, and the shop waits for it; `wp checkout-plugins compare` makes the shop ask.
 * `unpaid`: the shop counts the order as paid, and the gateway knows of no money; a person must look.
 */
export interface OrderDifference {
  readonly kind: "missed" | "unpaid";
  readonly reference: PaymentReference;
  /** Its status in WooCommerce. */
  readonly status: string;
  /** null: the gateway knows of no payment. */
  readonly standing: Payment["standing"] | null;
}

export interface ComparedShop {
  readonly orders: OrdersApi;
  /** What the gateway has recorded; null when it knows of no payment. Such as `core.recall`. */
  readonly readPayment: (reference: PaymentReference) => Promise<Payment | null>;
  /** Orders that were made since: a time in UTC, such as "2026-02-01T00:00:00". */
  readonly since: string;
}

/** WooCommerce's most. */
const pageSize = 100;
const methodId = "checkout_plugins_postfinance";

const page = z.array(
  z.object({
    id: z.int(),
    status: z.string(),
    payment_method: z.string(),
    meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })),
  }),
);
type Order = z.infer<typeof page>[number];

/**
 * Reads a shop's orders from outside and compares each of ours with its payment. Reads only.
 *
 * @throws PaymentError `shopUnavailable` that says what stands between, and what to mend.
 */
export async function compareOrders({ orders, readPayment, since }: ComparedShop): Promise<readonly OrderDifference[]> {
  const differences: OrderDifference[] = [];
  for (let number = 1; ; number += 1) {
    const read = await readPage(orders, {
      after: since,
      per_page: pageSize,
      page: number,
      orderby: "id",
      order: "asc",
    });
    for (const order of read) {
      const reference = referenceOf(order);
      if (reference === null) continue;
      const payment = await readPayment(reference);
      const kind = toDifference(order.status, payment);
      if (kind === null) continue;
      differences.push({ kind, reference, status: order.status, standing: payment?.standing ?? null });
    }
    if (read.length < pageSize) return differences;
  }
}

/** Can the shop be read? null when it can; else what to mend. */
export async function checkOrdersApi(orders: OrdersApi): Promise<string | null> {
  try {
    await readPage(orders, { per_page: 1 });
    return null;
  } catch (error) {
    if (error instanceof PaymentError) return error.message;
    throw error;
  }
}

const waiting: readonly string[] = ["pending", "failed", "checkout-draft"];
const counted: readonly string[] = ["processing", "completed"];
const withMoney: readonly Payment["standing"][] = ["authorized", "paid", "declined", "held"];

function toDifference(status: string, payment: Payment | null): OrderDifference["kind"] | null {
  const hasMoney = payment !== null && withMoney.includes(payment.standing);
  if (hasMoney) {
    const isKeptBack = status === "on-hold" && payment.standing === "paid" && payment.mayShip;
    return waiting.includes(status) || isKeptBack ? "missed" : null;
  }
  return counted.includes(status) ? "unpaid" : null;
}

/** null: it was never handed to us, or is paid in another way now. */
function referenceOf({ id, payment_method, meta_data }: Order): PaymentReference | null {
  const reference = `order-${id}`;
  const isOurs = meta_data.some(({ key, value }) => key === "_checkout_plugins_reference" && value === reference);
  return isOurs && payment_method.startsWith(methodId) ? (reference as PaymentReference) : null;
}

async function readPage(orders: OrdersApi, params: Readonly<Record<string, unknown>>): Promise<readonly Order[]> {
  const { data } = await orders.get("orders", params).catch((cause: unknown): never => {
    throw unavailable(reasonOf(cause), cause);
  });
  const parsed = page.safeParse(data);
  if (parsed.success) return parsed.data;
  throw unavailable(
    "Something else than WooCommerce's REST interface answers: a login, a maintenance page, or a cache.",
  );
}

function reasonOf(cause: unknown): string {
  const status = (cause as { readonly response?: { readonly status?: number } }).response?.status;
  if (status === 401 || status === 403) {
    return `The REST key is not taken (${status}). Make one that may read (WooCommerce > Settings > Advanced > REST API), and give the address exactly as under Settings > General: by http it is signed over it.`;
  }
  if (status === 404) return 'There is no REST interface (404). Set permalinks to anything but "Plain".';
  return status === undefined ? "The shop gave no answer." : `The shop answered ${status}.`;
}

function unavailable(message: string, cause?: unknown): PaymentError {
  return new PaymentError("shopUnavailable", message, { retryable: true, cause });
}
