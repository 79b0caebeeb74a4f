export type { OpenedStore, StoreUnderTest } from "./payment-store/store-bench.ts";
export { testPaymentStore } from "./payment-store/test-payment-store.ts";
export type { AdapterBench, Begun } from "./shop-adapter/bench.ts";
export type {
  Deviation,
  Forgery,
  Ordered,
  OrderWish,
  Press,
  ShopAdapterUnderTest,
  ShopEntry,
  ShopFault,
  ShopHarness,
  ShopParts,
  ShopProbe,
  ShopView,
  Told,
} from "./shop-adapter/harness.ts";
export { anOrder } from "./shop-adapter/orders.ts";
export { testShopAdapter } from "./shop-adapter/test-shop-adapter.ts";
