import { isPaymentError, type Json } from "@checkout-plugins/core";
import { parseJson, readBody } from "../body.ts";
import { GatewayError, type GatewayErrorCode } from "../gateway-error.ts";
import { signMessage, verifyMessage } from "../signature.ts";
import { readFault } from "../wire/fault.ts";
import { type PairRequest, parsePairAnswer, toSharedSecret } from "./exchange.ts";
import { parsePairingCode } from "./pairing-code.ts";

export interface PairShopSettings {
  /** As the person copied it out of the gateway's console. */
  readonly code: string;
  /** Where the gateway reaches the shop; for a shop of one's own `{ showUrl }`. */
  readonly settings: Json;
  /** 32 random bytes in Base64. Keep it until this resolves: with the same one a broken exchange is taken up again. */
  readonly nonce: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new id for the message, unguessable. */
  readonly createId: () => string;
}

/** What `createGatewayClient` and `createShopDoor` are given from now on. */
export interface PairedShop {
  readonly gatewayUrl: string;
  readonly shopId: string;
  /** Keep it as a password. */
  readonly secret: string;
}

const maxAnswer = 64 * 1024;
const patience = 20_000;

/**
 * The shop's side of a pairing: exchanges a one-time code for the secret of this shop.
 *
 * @throws PaymentError `badRequest` when the code is none.
 * @throws GatewayError `unreachable`, `cut`, `unavailable`: try again with the same nonce. Else the message says what to do.
 */
export async function pairShop(given: PairShopSettings): Promise<PairedShop> {
  const { gateway, platform, id: code, key } = parsePairingCode(given.code);
  const id = given.createId();
  const request: PairRequest = { kind: "pair", code, nonce: given.nonce, settings: given.settings };
  const body = JSON.stringify(request);
  const headers = signMessage({ id, now: given.now(), body, secrets: [key] });
  const address = `${gateway}/platforms/${platform}/pair`;
  const fail = (errorCode: GatewayErrorCode, message: string, status: number | null, cause?: unknown): GatewayError =>
    new GatewayError(
      `${message} (POST ${address})`,
      { code: errorCode, id, status, gatewayCode: null, publicMessage: null },
      cause === undefined ? undefined : { cause },
    );

  const send = given.fetch ?? globalThis.fetch;
  const response = await send(address, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body,
    redirect: "error",
    signal: AbortSignal.timeout(patience),
  }).catch((cause: unknown) => {
    throw fail("unreachable", "The gateway cannot be reached. Is its address right, and is it running?", null, cause);
  });
  const { status } = response;
  const bytes = await readBody(response, maxAnswer).catch((cause: unknown) => {
    throw fail("cut", "The gateway's answer broke off. Try again.", status, cause);
  });
  if (!response.ok) {
    const fault = readFault(bytes);
    if (fault === null) throw fail(status >= 500 ? "unavailable" : "unreadable", "This is not a gateway.", status);
    throw fail(fault.retryable ? "unavailable" : "refused", fault.message, status);
  }
  const verification = verifyMessage({ headers: response.headers, body: bytes, secrets: [key], now: given.now() });
  if (!verification.verified || verification.id !== id) {
    throw fail("unreadable", "The answer is not signed with the code's key: another machine stands between.", status);
  }
  try {
    const { shop, nonce } = parsePairAnswer(parseJson(bytes));
    return { gatewayUrl: gateway, shopId: shop, secret: toSharedSecret(key, given.nonce, nonce) };
  } catch (cause) {
    if (!isPaymentError(cause)) throw cause;
    throw fail("unreadable", `The answer is of a version this package does not know: ${cause.message}`, status, cause);
  }
}
