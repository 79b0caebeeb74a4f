export { type Pairing, toPairingCode } from "./pairing-code.ts";
export { createWoocommercePlatform } from "./woocommerce-adapter.ts";
export { parseWoocommerceSettings, type WoocommerceSettings } from "./woocommerce-settings.ts";
