export type { MockOrders, MockPurchase } from "./mock-orders.ts";
export type { MockCheckout, MockSessions } from "./mock-sessions.ts";
export { createMockShopify, type MockSettings, type MockShopify } from "./mock-shopify.ts";
export type {
  MockCall,
  MockFault,
  MockOrder,
  MockSentWebhook,
  MockSession,
  MockState,
  MockTransaction,
  SessionKind,
} from "./mock-state.ts";
export { createMtlsFetch, type MtlsSettings } from "./mtls-fetch.ts";
