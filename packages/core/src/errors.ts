const mark = Symbol.for("checkout-plugins.PaymentError");

/** Stable names of what can go wrong between a shop, us and the service. */
export type PaymentErrorCode =
  | "badRequest"
  | "keyReused"
  | "badSignature"
  | "unknownShop"
  | "unknownPayment"
  | "unknownState"
  | "invalidOrder"
  | "invalidAmount"
  | "leaseLost"
  | "busy"
  | "notConfigured"
  | "credentials"
  | "permission"
  | "spaceNotFound"
  | "serviceRefused"
  | "serviceUnavailable"
  | "shopUnavailable";

export interface PaymentErrorOptions {
  /** May the same call succeed later? Default false. */
  readonly retryable?: boolean;
  /** For the buyer. Default: a neutral sentence without any detail. */
  readonly publicMessage?: string;
  readonly cause?: unknown;
}

/** A fault. What the service may rightly answer is a CommandResult instead. */
export class PaymentError extends Error {
  override readonly name = "PaymentError";
  readonly code: PaymentErrorCode;
  readonly retryable: boolean;
  /** For the buyer; `message` is for the merchant and says what is wrong, where, and what to do. */
  readonly publicMessage: string;

  constructor(code: PaymentErrorCode, message: string, options: PaymentErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.publicMessage = options.publicMessage ?? "The payment could not be processed. Please try again later.";
    Object.defineProperty(this, mark, { value: true });
  }
}

/** Recognises a PaymentError of another installed copy of this package too. */
export function isPaymentError(value: unknown): value is PaymentError {
  return typeof value === "object" && value !== null && (value as Readonly<Record<symbol, unknown>>)[mark] === true;
}
