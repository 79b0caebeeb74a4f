import type { ShopOrder } from "./contract/index.ts";
export function fingerprint(order: ShopOrder): string {
  return JSON.stringify(order);
}
