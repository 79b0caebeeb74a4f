/** A payment session as the Store API gives it. */
export interface StoreSession {
  readonly provider_id: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
}

export interface StoreMethod {
  readonly id: string;
  readonly name: string;
  readonly image: string | null;
}

/** How the buyer goes on. */
export interface PaymentStep {
  /** `page`: send the browser to `url`. `iframe`: `mountPaymentForm`. `lightbox`: `openLightbox`. */
  readonly kind: "page" | "iframe" | "lightbox";
  readonly url: string;
  /** In the merchant's order; empty for `page`, which offers them itself. */
  readonly methods: readonly StoreMethod[];
}

export function isPostFinanceCheckout(providerId: string | undefined): boolean {
  return providerId === "pp_postfinance-checkout" || providerId?.startsWith("pp_postfinance-checkout_") === true;
}

/** null: another provider's session, or nothing is to be paid here (a saved card is charged by completing the cart). */
export function findPaymentStep(session: StoreSession | undefined): PaymentStep | null {
  if (session === undefined || !isPostFinanceCheckout(session.provider_id)) return null;
  const { url, integration, methods } = session.data ?? {};
  if (typeof url !== "string") return null;
  return {
    kind: integration === "iframe" || integration === "lightbox" ? integration : "page",
    url,
    methods: Array.isArray(methods) ? (methods as readonly StoreMethod[]) : [],
  };
}
