export {
  type ComparedShop,
  checkOrdersApi,
  compareOrders,
  type OrderDifference,
  type OrdersApi,
} from "./compare-orders.ts";
export { type Pairing, toPairingCode } from "./pairing-code.ts";
export { createWoocommercePlatform } from "./woocommerce-adapter.ts";
export { parseWoocommerceSettings, type WoocommerceSettings } from "./woocommerce-settings.ts";
