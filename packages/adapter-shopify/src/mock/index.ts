export { createMockShopify, type MockCheckout, type MockSettings, type MockShopify } from "./mock-shopify.ts";
export type { MockCall, MockFault, MockSession, MockState, SessionKind } from "./mock-state.ts";
