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

export interface MockState {
  readonly sessions: Map<string, MockSession>;
  readonly calls: MockCall[];
  readonly faults: Map<string | null, MockFault>;
  /** By access token: when it expires. */
  readonly tokens: Map<string, number>;
  readonly refreshTokens: Set<string>;
  readonly codes: Set<string>;
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
    configured: null,
    isInstalled: false,
  };
}
