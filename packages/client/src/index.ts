export type { CallOptions, Client, ClientSettings, SpaceClient } from "./client.ts";
export {
  isOutcomeUnknown,
  isServiceError,
  ServiceError,
  type ServiceErrorCode,
  type ServiceErrorDetails,
} from "./errors.ts";
export { type Brand, type Decimal, type Instant, type ServiceId, type SpaceId, toServiceId, toSpaceId } from "./ids.ts";
export {
  type AddressCreate,
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
export type {
  CreationEntityState,
  WebhookListener,
  WebhookListenerCreate,
  WebhookUrl,
  WebhookUrlCreate,
} from "./webhook-configuration.ts";
