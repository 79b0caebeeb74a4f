import type {
  BuyerStep,
  CommandResult,
  Decimal,
  Instant,
  Integration,
  LineItem,
  PaymentReference,
  ShopOrder,
  StoredMeansId,
  Url,
} from "@checkout-plugins/core";
import type { GatewayClient } from "@checkout-plugins/shop-protocol";
import { toTag } from "../language.ts";
import { toChf, vatNames } from "../money.ts";
import type { Order, Orders, Request, Wish } from "../orders.ts";
import type { SettingsStore } from "../settings.ts";
import { createHear, type HearParts, type NoAnswer } from "./hear.ts";

export type { NoAnswer };

export interface CheckoutParts extends HearParts {
  readonly gateway: GatewayClient;
  readonly orders: Orders;
  readonly settings: SettingsStore;
  /** The shop's public address; the buyer comes back to it. */
  readonly shopUrl: URL;
  /** A test shop is paid with test money, and a live one never is. */
  readonly isTest: boolean;
  readonly now: () => Instant;
}

/** What the shop asks the gateway. All of it is safe to repeat. */
export interface Checkout {
  /**
   * Where the buyer pays. Called again for the same order, it leads to the same payment while that is open, and to a
   * new attempt after it failed: pressing twice never pays twice.
   */
  pay(order: Order, integration: Integration): Promise<CommandResult<"start"> | NoAnswer>;
  /** The buyer is back: asks what came of it and shows that. */
  comeBack(order: Order): Promise<void>;
  /** The cards that this customer keeps. They are at the service; the shop sees how each is called. */
  stored(customer: string): Promise<CommandResult<"stored"> | NoAnswer>;
  /** Deletes one for good. Safe to repeat, and never another customer's. */
  forget(customer: string, means: StoredMeansId): Promise<CommandResult<"forget"> | NoAnswer>;
  /**
   * What the merchant asked for. Written down before it is asked, so that a second press of the same button, or a
   * repeat after no answer, is the same wish.
   */
  ask(order: Order, wish: Wish): Promise<void>;
}

export function createCheckout(parts: CheckoutParts): Checkout {
  const { gateway, orders, settings } = parts;
  const hear = createHear(parts);

  const pageOf = (order: Order, page: string): Url => new URL(`/orders/${order.id}/${page}`, parts.shopUrl).href as Url;

  return {
    pay: (order, integration) =>
      hear(
        gateway.run({
          kind: "start",
          reference: toReference(order),
          order: toShopOrder(order),
          completion: settings.read().completion,
          test: parts.isTest,
          integration,
          method: null,
          store: order.customer !== null,
          returnUrl: pageOf(order, "return"),
          cancelUrl: pageOf(order, "return?left=yes"),
        }),
      ),

    async comeBack(order) {
      await hear(gateway.run({ kind: "return", reference: toReference(order) }));
    },

    stored: (customer) => hear(gateway.run({ kind: "stored", customer, test: parts.isTest })),
    forget: (customer, means) => hear(gateway.run({ kind: "forget", customer, means, test: parts.isTest })),

    async ask(order, wish) {
      const { shopKey } = wish;
      if (shopKey === null) throw new TypeError("A wish needs the shop's own key");
      const asked = (outcome: Request["outcome"]): void => {
        const request: Request = { key: shopKey, wish, on: parts.now(), outcome };
        orders.change(order.id, (current) => ({
          ...current,
          requests: [...current.requests.filter((earlier) => earlier.key !== shopKey), request],
        }));
      };
      asked({ kind: "unknown" });
      asked(toOutcome(await hear(gateway.run(wish))));
    },
  };
}

/** The shop's handle of what is owed. One order owes one amount, so its id will do. */
export function toReference(order: Order): PaymentReference {
  return order.id as PaymentReference;
}

/** The order in the words of the contract. The sum of its lines is its total, to the last Rappen. */
export function toShopOrder(order: Order): ShopOrder {
  return {
    group: null,
    merchantReference: order.number,
    total: toChf(order.total),
    lines: order.lines.map(
      (line): LineItem => ({
        id: line.id,
        type: line.type,
        name: line.name,
        sku: line.sku,
        quantity: String(line.quantity) as Decimal,
        total: toChf(line.total),
        taxes: [{ title: `${vatNames[order.language]} ${line.vat} %`, rate: line.vat as Decimal }],
        shippingRequired: line.type === "product" && order.shipping !== "pickup",
      }),
    ),
    customer: { id: order.customer, email: order.billing?.email ?? null },
    billing: order.billing,
    shipping: order.shipping === "pickup" ? null : (order.delivery ?? order.billing),
    language: toTag(order.language),
  };
}

/** Where the answer to this step is to be shown: the payment page, our own page with the script, or the order. */
export function toAddress(step: BuyerStep, order: Order): string {
  if (step.kind === "redirect") return step.url;
  return step.kind === "script" ? `/orders/${order.id}/pay` : `/orders/${order.id}`;
}

function toOutcome(result: CommandResult<Wish["kind"]> | NoAnswer): Request["outcome"] {
  switch (result.kind) {
    case "successful":
    case "pending":
      return { kind: result.kind };
    case "failed":
      return { kind: "failed", code: result.failure.code, merchantMessage: result.failure.merchantMessage };
    case "noAnswer": {
      const { retryable, code, message } = result.error;
      // What cannot be read may be the answer to what was carried out.
      const isUnknown = retryable || code === "unreadable";
      return isUnknown ? { kind: "unknown" } : { kind: "failed", code: null, merchantMessage: message };
    }
  }
}
