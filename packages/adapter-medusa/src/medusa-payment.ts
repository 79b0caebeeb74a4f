import type { BuyerStep, Integration, Method, Payment, Standing } from "@checkout-plugins/core";
import type { PaymentSessionStatus } from "@medusajs/framework/types";

/**
 * What a Medusa session says of a standing.
 *
 * `held` and `declined` mean that there is money which must not count: `pending` neither places an order nor asks the
 * buyer to pay again, as `requires_more` would; a person decides.
 */
const statuses = {
  open: "requires_more",
  authorized: "authorized",
  paid: "captured",
  failed: "error",
  voided: "canceled",
  declined: "pending",
  held: "pending",
} as const satisfies Record<Standing, PaymentSessionStatus>;

export function toSessionStatus(payment: Pick<Payment, "standing" | "slow"> | null): PaymentSessionStatus {
  if (payment === null) return "pending";
  return payment.standing === "open" && payment.slow ? "pending_authorization" : statuses[payment.standing];
}

/** Is there money of the buyer's, whether or not it may count? */
export function hasMoney({ standing }: Pick<Payment, "standing">): boolean {
  return standing === "authorized" || standing === "paid" || standing === "declined" || standing === "held";
}

/**
 * All that a session keeps, and so all that a browser is told: Medusa hands `data` to the storefront. Each field is always
 * there, so that it takes the place of whatever a browser sent under its name. Nothing that is read from it is believed
 * but the session's id, and that only after Medusa named the session itself.
 */
export interface SessionData extends Record<string, unknown> {
  readonly session_id: string;
  /** The payment page, or the script of lightbox or iframe; null once there is nothing to pay. */
  readonly url: string | null;
  readonly integration: Integration;
  /** By which a lightbox or iframe can be paid, in the merchant's order; the payment page offers them itself. */
  readonly methods: readonly Method[];
  /** Saved means of payment that completing the cart charges; null: the buyer pays at `url`. */
  readonly means: string | null;
}

export function toSessionData(sessionId: string, step: BuyerStep): SessionData {
  const common = { session_id: sessionId, means: null };
  if (step.kind === "script") return { ...common, url: step.url, integration: step.integration, methods: step.methods };
  return { ...common, url: step.kind === "redirect" ? step.url : null, integration: "page", methods: [] };
}

/** Of a session that saved means of payment are charged for when its cart is completed. */
export function toMeansData(sessionId: string, means: string): SessionData {
  return { session_id: sessionId, url: null, integration: "page", methods: [], means };
}

/** The same fields of what Medusa kept: whatever else it kept came from a browser. */
export function keepSessionData(data: Readonly<Record<string, unknown>> | undefined): SessionData {
  const { session_id, url, integration, methods, means } = data ?? {};
  return {
    session_id: String(session_id ?? ""),
    url: typeof url === "string" ? url : null,
    integration: integration === "iframe" || integration === "lightbox" ? integration : "page",
    methods: Array.isArray(methods) ? (methods as readonly Method[]) : [],
    means: typeof means === "string" ? means : null,
  };
}

/** Where the storefront wants its buyer to pay, or null: as the options say. */
export function readIntegration(data: Readonly<Record<string, unknown>> | undefined): Integration | null {
  const wish = data?.integration;
  return wish === "page" || wish === "lightbox" || wish === "iframe" ? wish : null;
}

/** What a storefront may wish for in a session's `data`: an id at the service, never money or an address. */
export function readWish(data: Readonly<Record<string, unknown>> | undefined, name: "method" | "means"): string | null {
  const wish = data?.[name];
  return typeof wish === "string" && /^[1-9]\d{0,18}$/.test(wish) ? wish : null;
}
