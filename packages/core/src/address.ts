import type { AddressCreate } from "@checkout-plugins/client";
import type { Address } from "./contract/index.ts";
export function toAddress(_a: Address): AddressCreate {
  return {};
}
export function toMerchantReference(s: string): string {
  return s;
}
