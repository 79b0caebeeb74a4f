export type { CallOptions, Client, ClientSettings, SpaceClient } from "./client.ts";
export { createClient } from "./create-client.ts";
export {
  isOutcomeUnknown,
  isServiceError,
  ServiceError,
  type ServiceErrorCode,
  type ServiceErrorDetails,
} from "./errors.ts";
export {
  type Brand,
  type Decimal,
  type Instant,
  type ServiceId,
  type SpaceId,
  toDecimal,
  toServiceId,
  toSpaceId,
} from "./ids.ts";
export {
  type AddressCreate,
  type ChargeEnvironment,
  type CompletionBehavior,
  type FailureCategory,
  type FailureReason,
  type LineItem,
  type LineItemCreate,
  type LineItemType,
  type TaxCreate,
  type TokenizationMode,
  type Transaction,
  type TransactionContent,
  type TransactionCreate,
  type TransactionPending,
  type TransactionState,
  transactionStates,
} from "./transaction.ts";
export type { TransactionOperations } from "./transaction-operations.ts";
export { parseWebhook, type ReceivedWebhook, receiveWebhook, type Webhook } from "./webhook.ts";
export type {
  CreationEntityState,
  WebhookListener,
  WebhookListenerCreate,
  WebhookListenerUpdate,
  WebhookUrl,
  WebhookUrlCreate,
  WebhookUrlUpdate,
} from "./webhook-configuration.ts";
export { webhookEntities } from "./webhook-entities.ts";
export {
  createWebhookKeys,
  type WebhookKeyLookup,
  type WebhookKeys,
  type WebhookKeysSettings,
} from "./webhook-keys.ts";
export type { WebhookOperations } from "./webhook-operations.ts";
export {
  readSignatureHeader,
  type SignatureFault,
  type SignatureHeader,
  signatureHeaderName,
  signWebhook,
  toWebhookKey,
  verifyWebhook,
  type WebhookKey,
  type WebhookVerdict,
} from "./webhook-signature.ts";
