import type { ChargeAttemptOperations } from "./entities/charge-attempt-operations.ts";
import type { CheckoutOperations } from "./entities/checkout-operations.ts";
import type { CompletionOperations } from "./entities/completion-operations.ts";
import type { DeliveryIndicationOperations } from "./entities/delivery-indication-operations.ts";
import type { InvoiceOperations } from "./entities/invoice-operations.ts";
import type { LineItemVersionOperations } from "./entities/line-item-version-operations.ts";
import type { RefundOperations } from "./entities/refund-operations.ts";
import type { Space } from "./entities/space.ts";
import type { TerminalOperations } from "./entities/terminal-operations.ts";
import type { TokenOperations } from "./entities/token-operations.ts";
import type { TransactionOperations } from "./entities/transaction-operations.ts";
import type { VoidOperations } from "./entities/void-operations.ts";
import type { WebhookOperations } from "./entities/webhook-operations.ts";
import type { SpaceId } from "./ids.ts";

/** The parts a client is made of. Nothing here is read from the environment. */
export interface ClientSettings {
  /** Default https://checkout.postfinance.ch; requests go to `${baseUrl}/api/v2.0/…`. */
  readonly baseUrl?: string;
  /** Id of the application user. */
  readonly userId: string;
  /** Its authentication key, Base64. Never logged, never part of an error. */
  readonly authenticationKey: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970, for the token's `iat`. */
  readonly now: () => number;
  /** Uniform in [0, 1), for the jitter of retries. */
  readonly random: () => number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Of one try, milliseconds. Default 25,000; waiting at a terminal has its own. */
  readonly timeout?: number;
  /** Retries after the first try, of requests that are safe to repeat. Default 2. */
  readonly retries?: number;
  /**
   * Requests that the service takes of one space in two minutes, at least 10. This client then keeps to it, per space;
   * divide it by the number of processes that use the space. Default: only the service's own 429 is heeded.
   */
  readonly requestLimit?: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Every operation rejects with ServiceError. An abort rejects with the signal's reason; a write that may already have
 * been received rejects with ServiceError `cut`, whose cause is the reason, because only a reading tells what became of it.
 */
export interface Client {
  space(id: SpaceId): SpaceClient;
  /** Public key of a webhook signature, Base64 of its SubjectPublicKeyInfo; null when the service does not know the id. */
  readWebhookKey(keyId: string, options?: CallOptions): Promise<string | null>;
}

/** Operations of one space. */
export interface SpaceClient
  extends TransactionOperations,
    CheckoutOperations,
    CompletionOperations,
    VoidOperations,
    RefundOperations,
    LineItemVersionOperations,
    InvoiceOperations,
    DeliveryIndicationOperations,
    ChargeAttemptOperations,
    TokenOperations,
    TerminalOperations,
    WebhookOperations {
  readonly space: SpaceId;
  /**
   * The same space for work that nobody waits for: near the limit its requests give way to all others. Absent in
   * clients that know no limit.
   */
  readonly background?: SpaceClient;
  /** The space itself: the shortest test of address, credentials and rights. */
  readSpace(options?: CallOptions): Promise<Space>;
}
