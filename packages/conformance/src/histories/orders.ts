import type { Decimal } from "@checkout-plugins/client";
import type { Commands, HeldKeys, LineItem, Money, ShopOrder, StartCommand, Url } from "@checkout-plugins/core";
import type { Customer, Intent } from "./customer.ts";

/** Minor units of the shipping in each order; the rest is one product. */
const shipping = 700;

function toLine(id: string, type: LineItem["type"], quantity: string, total: Money): LineItem {
  const taxes = [{ title: "MwSt.", rate: "8.1" as Decimal }];
  return { id, type, name: id, sku: null, quantity: quantity as Decimal, total, taxes, shippingRequired: true };
}

function toOrder({ reference, group, currency, total }: Customer): ShopOrder {
  const money = (minor: number): Money => ({ minor, currency });
  return {
    group,
    merchantReference: reference,
    total: money(total),
    lines: [
      toLine("product", "product", "1", money(total - shipping)),
      toLine("shipping", "shipping", "1", money(shipping)),
    ],
    customer: { id: null, email: null },
    billing: null,
    shipping: null,
    language: "de-CH",
  };
}

export function toStart(customer: Customer): StartCommand {
  return {
    kind: "start",
    reference: customer.reference,
    order: toOrder(customer),
    completion: customer.completion,
    test: customer.isTest,
    integration: "page",
    method: null,
    store: false,
    returnUrl: "https://shop.example.ch/paid" as Url,
    cancelUrl: null,
  };
}

/** The merchant's click as the command that the shop sends. */
export function toCommand(
  { reference, currency }: Customer,
  { kind, amount, byLine, decision, keys }: Intent,
  heldKeys: HeldKeys,
): Commands["complete" | "refund" | "void" | "review"] {
  const shopKey = keys.at(-1) ?? null;
  if (kind === "review") return { kind, reference, shopKey, decision };
  if (kind === "void") return { kind, reference, shopKey, heldKeys, whenCompleted: "refuse" };
  const whole: Money | "rest" = typeof amount === "number" ? { minor: amount, currency } : "rest";
  const lines = byLine ? [{ id: "shipping", quantity: "1" as Decimal, amount: { minor: shipping, currency } }] : null;
  const wish = { reference, shopKey, heldKeys, amount: byLine ? { minor: shipping, currency } : whole, lines };
  return kind === "complete" ? { kind, ...wish, last: "whenWhole" } : { kind, ...wish, reason: null, offline: false };
}
