import type { SpaceClient, WebhookKeys } from "@checkout-plugins/client";
import type { ShopAdapter } from "./adapter.ts";
import type { AnswerStore } from "./answers.ts";
import type { CommandKind, CommandResult, Commands } from "./commands.ts";
import type { Instant, PaymentId, PaymentReference, Seconds, ShopId, SpaceId } from "./ids.ts";
import type { Payment } from "./payment.ts";
import type { PaymentStore, SweepTime } from "./store.ts";

export interface Clock {
  now(): Instant;
  /** Resolves after so many seconds; rejects with the signal's reason when aborted. */
  sleep(seconds: Seconds, signal?: AbortSignal): Promise<void>;
}

/** Structured logging. Fields are an allow-list: ids, states, counts, durations; never secrets, never a buyer's data. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One shop as core sees it. */
export interface Shop {
  readonly id: ShopId;
  readonly adapter: ShopAdapter;
  /** The live space; null while only the test space is set up. */
  readonly live: SpaceClient | null;
  readonly test: SpaceClient | null;
  /** The service's public keys, by which webhooks are verified. */
  readonly keys: WebhookKeys;
  /** What happens with the second one of two payments of one order. Default in every settings page: `resolve`. */
  readonly doublePayment: "resolve" | "tell";
  /** The owner's own systems want to hear of every change of a payment: each becomes a notice. Default false. */
  readonly announces?: boolean;
}

export interface ShopDirectory {
  find(id: ShopId): Promise<Shop | null>;
  /** Any shop that is connected to this space, to read in it. */
  findBySpace(space: SpaceId): Promise<Shop | null>;
}

/** The parts core is made of. */
export interface CoreParts {
  readonly store: PaymentStore;
  readonly shops: ShopDirectory;
  readonly clock: Clock;
  /** 128 bits of randomness or more, printable ASCII, at most 40 characters. */
  readonly createId: () => string;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  /** Called after a hint was stored or a payment became due; shortens the worker's wait, carries no promise. */
  readonly wake?: () => void;
  /** Where it is kept that a final balance was triggered. Absent: final balances are refused. */
  readonly answers?: AnswerStore;
  /**
   * The service said that something of a space's methods changed. Carries no promise: a shop asks for its methods now
   * and then.
   */
  readonly methodsChanged?: (shop: ShopId) => void;
  /** How long one lease lasts. Default 60 seconds; outside calls are aborted 5 seconds before. */
  readonly lease?: Seconds;
}

export interface Core {
  startPayment(shop: ShopId, command: Commands["start"], signal?: AbortSignal): Promise<CommandResult<"start">>;
  runCommand<K extends CommandKind>(
    shop: ShopId,
    command: Commands[K] & { readonly kind: K },
    signal?: AbortSignal,
  ): Promise<CommandResult<K>>;
  /** Limits, signature, then parse; 200 only when the hints are durably stored. The tenant comes from the URL. */
  receiveWebhook(shop: ShopId, request: Request): Promise<Response>;
  /** The record, without lock or request. */
  recall(shop: ShopId, reference: PaymentReference): Promise<Payment | null>;
  /**
   * Read the truth and record it; does not show. Answers from the record while this payment's own showing runs, and
   * when it was read less than two seconds ago and no hint is unseen: showing causes no request and waits for nobody.
   */
  look(shop: ShopId, reference: PaymentReference, signal?: AbortSignal): Promise<Payment | null>;
  /** Show what is recorded. */
  show(shop: ShopId, reference: PaymentReference, signal?: AbortSignal): Promise<void>;
  /** Look and show. */
  settle(id: PaymentId, signal?: AbortSignal): Promise<void>;
  /**
   * Finds what happens after a payment is final: back-office refunds, chargebacks, reviews. Claims the space's sweep,
   * which is due every 15 minutes, so it may be called often and by several processes; `early` when a person asks for
   * what is new now.
   */
  sweep(space: SpaceId, signal?: AbortSignal, when?: SweepTime): Promise<void>;
  /**
   * Claims what is due and begins to settle it: one promise each. For a worker that does not wait for the slowest.
   */
  beginDue(
    limit: { readonly total: number; readonly perShop: number },
    signal?: AbortSignal,
  ): Promise<readonly Promise<void>[]>;
  /** Settle what is due now; answers how many were worked on. */
  settleDue(limit: { readonly total: number; readonly perShop: number }, signal?: AbortSignal): Promise<number>;
}

export type { Instant, SpaceId };
