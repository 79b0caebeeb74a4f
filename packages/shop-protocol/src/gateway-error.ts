const mark = Symbol.for("checkout-plugins.GatewayError");

/**
 * Why the gateway gave no result.
 *
 * - `unreachable`: no connection was made; nothing happened.
 * - `cut`: no answer in time, or only a part of it; the command may have had its effect. Repeat it with the same id.
 * - `signature`, `clock`, `unknownShop`: the gateway did not accept that it is us; nothing happened.
 * - `invalid`: the command is not of the required form; `message` names the field. Nothing happened.
 * - `refused`: the gateway or the service behind it says no; repeating does not help. `gatewayCode` says which.
 * - `unavailable`: the gateway or the service behind it cannot answer now. Repeat it with the same id.
 * - `unreadable`: the answer is not the gateway's; is `gatewayUrl` right?
 */
export type GatewayErrorCode =
  | "unreachable"
  | "cut"
  | "signature"
  | "clock"
  | "unknownShop"
  | "invalid"
  | "refused"
  | "unavailable"
  | "unreadable";

export interface GatewayErrorDetails {
  readonly code: GatewayErrorCode;
  /** The request's id: pass it to `run` to repeat the command without a second effect. */
  readonly id: string;
  readonly status: number | null;
  /** The gateway's own PaymentErrorCode, where it gave one. */
  readonly gatewayCode: string | null;
  /** For the buyer, where the gateway gave one. */
  readonly publicMessage: string | null;
}

/** Thrown by `GatewayClient.run`. `message` says what is wrong, where, and what to do; it never holds a secret. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: GatewayErrorCode;
  readonly details: GatewayErrorDetails;

  constructor(message: string, details: GatewayErrorDetails, options?: ErrorOptions) {
    super(message, options);
    this.code = details.code;
    this.details = details;
    Object.defineProperty(this, mark, { value: true });
  }

  /** May the same command, with the same id, succeed later? */
  get retryable(): boolean {
    return this.code === "unreachable" || this.code === "cut" || this.code === "unavailable";
  }
}

/** Recognises a GatewayError of another installed copy of this package too. */
export function isGatewayError(value: unknown): value is GatewayError {
  return typeof value === "object" && value !== null && (value as Readonly<Record<symbol, unknown>>)[mark] === true;
}
