export type { CallOptions, Client, ClientSettings, SpaceClient } from "./client.ts";
export { createClient } from "./create-client.ts";
export {
  type ChargeAttempt,
  type ChargeAttemptOperations,
  type ChargeAttemptState,
  chargeAttemptStates,
} from "./entities/charge-attempt-operations.ts";
export type { CheckoutOperations, IntegrationMode } from "./entities/checkout-operations.ts";
export {
  type Completion,
  type CompletionCreate,
  type CompletionLineItemCreate,
  type CompletionMode,
  type CompletionState,
  completionModes,
  completionStates,
} from "./entities/completion.ts";
export type { CompletionOperations } from "./entities/completion-operations.ts";
export { type CreationEntityState, creationEntityStates } from "./entities/creation-entity-state.ts";
export {
  type DeliveryIndication,
  type DeliveryIndicationOperations,
  type DeliveryIndicationState,
  deliveryIndicationStates,
} from "./entities/delivery-indication-operations.ts";
export {
  type InvoiceOperations,
  type InvoiceState,
  invoiceStates,
  type TransactionInvoice,
} from "./entities/invoice-operations.ts";
export {
  type LineItemVersion,
  type LineItemVersionCreate,
  type LineItemVersionOperations,
  type LineItemVersionState,
  lineItemVersionStates,
} from "./entities/line-item-version-operations.ts";
export type { LineItemAmount, OperationProgress } from "./entities/operation-progress.ts";
export {
  type DataCollectionType,
  dataCollectionTypes,
  type OneClickPaymentMode,
  oneClickPaymentModes,
  type PaymentMethodConfiguration,
} from "./entities/payment-method-configuration.ts";
export {
  type LineItemReductionCreate,
  type Refund,
  type RefundCreate,
  type RefundState,
  type RefundType,
  refundStates,
  refundTypes,
} from "./entities/refund.ts";
export type { RefundOperations } from "./entities/refund-operations.ts";
export type { RenderedDocument } from "./entities/rendered-document.ts";
export type { Space } from "./entities/space.ts";
export {
  type Terminal,
  type TerminalCreate,
  type TerminalReceipt,
  type TerminalReceiptFormat,
  type TerminalState,
  type TerminalSum,
  type TerminalSummary,
  type TerminalUpdate,
  terminalStates,
} from "./entities/terminal.ts";
export type { Performed, ReceiptLayout, TerminalName, TerminalOperations } from "./entities/terminal-operations.ts";
export {
  type Token,
  type TokenRetryStrategy,
  type TokenVersion,
  type TokenVersionState,
  tokenRetryStrategies,
  tokenVersionStates,
} from "./entities/token.ts";
export type { TokenOperations } from "./entities/token-operations.ts";
export {
  type AddressCreate,
  type ChargeEnvironment,
  type CompletionBehavior,
  chargeEnvironments,
  completionBehaviors,
  type FailureCategory,
  type FailureReason,
  failureCategories,
  type LineItem,
  type LineItemCreate,
  type LineItemType,
  lineItemTypes,
  type TaxCreate,
  type TokenizationMode,
  type Transaction,
  type TransactionContent,
  type TransactionCreate,
  type TransactionPending,
  type TransactionState,
  transactionStates,
} from "./entities/transaction.ts";
export type { TransactionOperations } from "./entities/transaction-operations.ts";
export {
  type TransactionVoid,
  type VoidMode,
  type VoidOperations,
  type VoidState,
  voidModes,
  voidStates,
} from "./entities/void-operations.ts";
export type {
  WebhookListener,
  WebhookListenerCreate,
  WebhookListenerUpdate,
  WebhookUrl,
  WebhookUrlCreate,
  WebhookUrlUpdate,
} from "./entities/webhook-configuration.ts";
export type { WebhookOperations } from "./entities/webhook-operations.ts";
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
  isServiceId,
  type ServiceId,
  type SpaceId,
  toDecimal,
  toServiceId,
  toSpaceId,
} from "./ids.ts";
export { parseWebhook, type ReceivedWebhook, receiveWebhook, type Webhook } from "./webhooks/webhook.ts";
export { webhookEntities } from "./webhooks/webhook-entities.ts";
export {
  createWebhookKeys,
  type WebhookKeyLookup,
  type WebhookKeys,
  type WebhookKeysSettings,
} from "./webhooks/webhook-keys.ts";
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
} from "./webhooks/webhook-signature.ts";
