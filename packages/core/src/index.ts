export { toAddressCreate, toEmail, toMerchantReference } from "./address.ts";
export { answerWithin } from "./answer-within.ts";
export {
  type CompletionBasis,
  type CompletionLineItemCreate,
  type CompletionPlan,
  planCompletion,
} from "./completion-lines.ts";
export type * from "./contract/index.ts";
export { createCore } from "./core.ts";
export { currencyDigits } from "./currency-digits.ts";
export { isPaymentError, PaymentError, type PaymentErrorCode, type PaymentErrorOptions } from "./errors.ts";
export { toFingerprint } from "./fingerprint.ts";
export { type Folded, type FoldInput, fold } from "./fold.ts";
export { type Joined, joinCommand } from "./join-command.ts";
export { toLineItems } from "./line-items.ts";
export { createMemoryStore, type MemoryStoreSettings } from "./memory-store.ts";
export { add, compare, isZero, negate, subtract, sum, toCurrency, toDecimal, toMoney, zero } from "./money.ts";
export { isUnresolved } from "./operations.ts";
export { readBody } from "./read-body.ts";
export { type LineItemReductionCreate, planRefund, type RefundBasis, type RefundPlan } from "./reductions.ts";
export type { LineRefusal } from "./remaining-lines.ts";
export { addSeconds, secondsBetween } from "./time.ts";
export { toUniqueId } from "./unique-ids.ts";
export { removeWebhooks, setUpWebhooks, type WebhookSetup } from "./webhook-setup.ts";
export { createWorker, type Worker, type WorkerParts } from "./worker.ts";
