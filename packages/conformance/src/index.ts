export type { OpenedStore, StoreUnderTest } from "./payment-store/store-bench.ts";
export { testPaymentStore } from "./payment-store/test-payment-store.ts";
