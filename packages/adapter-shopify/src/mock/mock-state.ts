import type { Json } from "@checkout-plugins/core";

export type SessionKind = "payment" | "refund" | "capture" | "void";

/** One thing that Shopify asked of the payments app. */
export interface MockSession {
  readonly kind: SessionKind;
  readonly id: string;
  /** As it is sent, again and again the same. */
  readonly body: { readonly [key: string]: Json };
  /** Id of the payment session it belongs to; its own id where it is one. */
  readonly payment: string;
  /** Rappen, yen … as the decimal text of the wire; null: a void. */
  readonly amount: string | null;
  readonly currency: string;
  /** When it is sent again, milliseconds since 1970; null: it was taken, or given up. */
  sendAt: number | null;
  sends: number;
  /** Did the app answer 2xx? Before that no mutation counts. */
  isTaken: boolean;
  /** Where the app wants the buyer. */
  redirectUrl: string | null;
  state: "open" | "pending" | "resolved" | "rejected";
  /** What the merchant reads of it. */
  reason: { readonly code: string; readonly message: string | null } | null;
  expiresOn: string | null;
}

/** One call of a mutation, in the order in which they came. */
export interface MockCall {
  readonly field: string;
  readonly id: string;
  /** `changed`: it had its effect; `same`: it was known; `refused`: userErrors. */
  readonly effect: "changed" | "same" | "refused";
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What goes wrong with mutations of one session, or with all (null). */
export type MockFault = "down" | "slow" | "nonsense" | "throttled" | "gone" | "closed";

export interface MockTransaction {
  readonly id: string;
  readonly kind: "SALE" | "REFUND";
  readonly status: "SUCCESS" | "PENDING";
  readonly gateway: string;
  readonly processedAt: string;
  /** Rappen, yen … */
  readonly minor: number;
}

/** An order placed with a manual payment method. */
export interface MockOrder {
  readonly id: string;
  readonly name: string;
  readonly confirmationNumber: string;
  readonly currency: string;
  readonly test: boolean;
  readonly gateways: readonly string[];
  /** As the Admin API tells it, without what changes. */
  readonly content: { readonly [key: string]: Json };
  minor: number;
  cancelledAt: string | null;
  readonly tags: Set<string>;
  readonly transactions: MockTransaction[];
  readonly refunds: {
    readonly id: string;
    readonly note: string | null;
    readonly transactions: readonly MockTransaction[];
  }[];
}

/** A webhook, tried eight times within four hours until it is taken. */
export interface MockSentWebhook {
  readonly topic: string;
  readonly body: Json;
  sendAt: number | null;
  sends: number;
}

export interface MockState {
  readonly sessions: Map<string, MockSession>;
  readonly calls: MockCall[];
  readonly faults: Map<string | null, MockFault>;
  /** By access token: when it expires. */
  readonly tokens: Map<string, number>;
  readonly refreshTokens: Set<string>;
  readonly codes: Set<string>;
  readonly orders: Map<string, MockOrder>;
  readonly webhooks: MockSentWebhook[];
  /** Answers of mutations by idempotency key. */
  readonly answered: Map<string, unknown>;
  /** What paymentsAppConfigure said last. */
  configured: { readonly ready: boolean; readonly externalHandle: string | null } | null;
  isInstalled: boolean;
}

export function createMockState(): MockState {
  return {
    sessions: new Map(),
    calls: [],
    faults: new Map(),
    tokens: new Map(),
    refreshTokens: new Set(),
    codes: new Set(),
    orders: new Map(),
    webhooks: [],
    answered: new Map(),
    configured: null,
    isInstalled: false,
  };
}
