import type { ServiceId, SpaceId } from "./ids.ts";
import type { Transaction, TransactionCreate, TransactionPending } from "./transaction.ts";
import type { WebhookListener, WebhookListenerCreate, WebhookUrl, WebhookUrlCreate } from "./webhook-configuration.ts";

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
  /** Of one try, milliseconds. Default 25,000. */
  readonly timeout?: number;
  /** Retries after the first try, of requests that are safe to repeat. Default 2. */
  readonly retries?: number;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface Client {
  space(id: SpaceId): SpaceClient;
  /** Public key of a webhook signature, Base64 of its SubjectPublicKeyInfo; null when the service does not know the id. */
  readWebhookKey(keyId: string, options?: CallOptions): Promise<string | null>;
}

/** Operations of one space. All of them throw ServiceError. */
export interface SpaceClient {
  readonly space: SpaceId;
  /** Takes no key: after an unknown outcome a repeat makes a second transaction, so it is never retried here. */
  createTransaction(body: TransactionCreate, options?: CallOptions): Promise<Transaction>;
  readTransaction(id: ServiceId, options?: CallOptions): Promise<Transaction>;
  updateTransaction(id: ServiceId, body: TransactionPending, options?: CallOptions): Promise<Transaction>;
  confirmTransaction(id: ServiceId, body: TransactionPending, options?: CallOptions): Promise<Transaction>;
  readPaymentPageUrl(id: ServiceId, options?: CallOptions): Promise<string>;
  listWebhookUrls(options?: CallOptions): Promise<readonly WebhookUrl[]>;
  createWebhookUrl(body: WebhookUrlCreate, options?: CallOptions): Promise<WebhookUrl>;
  listWebhookListeners(options?: CallOptions): Promise<readonly WebhookListener[]>;
  createWebhookListener(body: WebhookListenerCreate, options?: CallOptions): Promise<WebhookListener>;
}
