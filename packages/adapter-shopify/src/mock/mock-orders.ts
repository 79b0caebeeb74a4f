import { type Json, toMoney } from "@checkout-plugins/core";
import { type AdminParts, addRefund, outstandingOf, toManual } from "./admin-api.ts";
import type { MockOrder } from "./mock-state.ts";

/** What a buyer orders with a manual payment method. */
export interface MockPurchase {
  /** Decimal, in major units: all that is outstanding. */
  readonly amount: string;
  readonly currency: string;
  readonly paymentMethod: string;
  readonly test: boolean;
  readonly name?: string;
  /** `lineItems`, `shippingLines`, addresses and whatever else `order` tells. */
  readonly content?: { readonly [key: string]: Json };
}

/** What buyers and the merchant do with orders. */
export interface MockOrders {
  /** The buyer orders; the app is told by a webhook. */
  place(purchase: MockPurchase): MockOrder;
  /** The merchant cancels. */
  cancel(order: string): void;
  /** The merchant marks it as paid by hand. */
  markAsPaid(order: string): void;
  /** The merchant refunds: with a manual payment method Shopify records it at once. */
  refund(order: string, amount: string, reason?: string): string;
  /** Where the buyer's confirmation leads him to pay. */
  toPayUrl(order: string): string;
}

const nothing: { readonly [key: string]: Json } = {
  taxesIncluded: true,
  email: null,
  customerLocale: "de-CH",
  customer: null,
  billingAddress: null,
  shippingAddress: null,
  lineItems: { nodes: [] },
  shippingLines: { nodes: [] },
};

/** Each of them tells the app, as far as it asked for it. */
export function createMockOrders(
  parts: AdminParts & { readonly shop: string; readonly gatewayUrl: () => string },
): MockOrders {
  const { state, now, createId, tell } = parts;
  const find = (id: string): MockOrder => {
    const order = state.orders.get(id);
    if (order === undefined) throw new RangeError(`There is no order ${id}`);
    return order;
  };
  return {
    place({ amount, currency, paymentMethod, test, name, content = {} }) {
      const id = String(450_789_469 + state.orders.size);
      const { minor } = toMoney(amount, currency);
      const order: MockOrder = {
        id,
        name: name ?? `#${1001 + state.orders.size}`,
        confirmationNumber: createId().toUpperCase().padStart(9, "X").slice(-9),
        currency,
        test,
        gateways: [paymentMethod],
        content: { ...nothing, ...content },
        minor,
        cancelledAt: null,
        tags: new Set(),
        transactions: [],
        refunds: [],
      };
      state.orders.set(id, order);
      tell("orders/create", { id, name: order.name });
      return order;
    },
    cancel(id) {
      find(id).cancelledAt = new Date(now()).toISOString();
      tell("orders/cancelled", { id });
    },
    markAsPaid(id) {
      const order = find(id);
      order.transactions.push(toManual(parts, "SALE", outstandingOf(order)));
    },
    refund(id, amount, reason) {
      const order = find(id);
      return addRefund(parts, order, toMoney(amount, order.currency).minor, reason ?? null);
    },
    toPayUrl(id) {
      const query = new URLSearchParams({ shop: parts.shop, order: id, number: find(id).confirmationNumber });
      return `${parts.gatewayUrl()}/platforms/shopify/pay?${query}`;
    },
  };
}
