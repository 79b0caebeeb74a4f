import type { LineItemCreate } from "@checkout-plugins/client";
import type { ShopOrder } from "./contract/index.ts";
import { toDecimal } from "./money.ts";
export function toLineItems(order: ShopOrder): readonly LineItemCreate[] {
  return order.lines.map((l) => ({
    uniqueId: l.id,
    type: "PRODUCT",
    name: l.name,
    quantity: l.quantity,
    amountIncludingTax: toDecimal(l.total),
  }));
}
