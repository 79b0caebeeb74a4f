import { createMemoryStore } from "@checkout-plugins/core";
import { testPaymentStore } from "./test-payment-store.ts";

testPaymentStore("the memory store", {
  open: async (settings) => ({ store: createMemoryStore(settings), close: async () => undefined }),
});
