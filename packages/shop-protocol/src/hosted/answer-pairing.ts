import { isPaymentError, type Json, PaymentError, type ShopRegistry } from "@checkout-plugins/core";
import { parseJson, readBody } from "../body.ts";
import { type PairAnswer, parsePairRequest, toSharedSecret } from "../pairing/exchange.ts";
import { signMessage, verifyMessage } from "../signature.ts";
import { findRefusal, type HostedParts } from "./post-to-shop.ts";

export interface PairingPlatform {
  readonly platform: string;
  /** What tells one shop of the platform from another. @throws PaymentError `notConfigured` that names the setting. */
  toKey(settings: Json): string;
  /** @throws PaymentError as `toKey`. */
  toDoor(settings: Json): { readonly url: string };
}

const maxRequest = 16 * 1024;

export function isPairing(request: Request, platform: string): boolean {
  return request.method === "POST" && new URL(request.url).pathname.endsWith(`/platforms/${platform}/pair`);
}

/**
 * The gateway's side of a pairing: takes the code once and for all, and from then on has the new secret only. The same
 * exchange again gets the same answer, because the first may have been lost.
 *
 * @throws PaymentError `badRequest` or `badSignature`, each with what to do.
 */
export async function answerPairing(
  platform: PairingPlatform,
  { now: readTime, checkAddress }: Pick<HostedParts, "now" | "checkAddress">,
  request: Request,
  shops: ShopRegistry,
): Promise<Response> {
  const now = readTime();
  const bytes = await readBody(request, maxRequest);
  const { code, nonce, settings } = parsePairRequest(parseJson(bytes));
  const pairing = await shops.findPairing(platform.platform, code);
  if (pairing === undefined) throw refuse("This pairing code is too old, or was never made here.");
  const verification = verifyMessage({ headers: request.headers, body: bytes, secrets: [pairing.key], now });
  if (!verification.verified) throw new PaymentError("badSignature", verification.message);
  const key = toOwnKey(platform, settings, checkAddress);
  const holder = await shops.find(platform.platform, key);
  if (holder !== undefined && holder !== pairing.shop) {
    throw refuse(`The gateway has another shop at ${key}. Remove that one first, or pair it anew.`);
  }
  const secret = toSharedSecret(pairing.key, nonce, pairing.nonce);
  const taken = await shops.takePairing(platform.platform, code, nonce, {
    key,
    settings,
    secrets: { secret, previousSecret: null },
  });
  if (taken !== nonce) throw refuse("This pairing code was used already.");
  const answer: PairAnswer = { kind: "paired", shop: pairing.shop, nonce: pairing.nonce };
  const body = JSON.stringify(answer);
  const headers = signMessage({ id: verification.id, now, body, secrets: [pairing.key] });
  return new Response(body, { headers: { ...headers, "content-type": "application/json" } });
}

function toOwnKey(platform: PairingPlatform, settings: Json, checkAddress: HostedParts["checkAddress"]): string {
  try {
    checkAddress?.(platform.toDoor(settings).url);
    return platform.toKey(settings);
  } catch (error) {
    const refusal = findRefusal(error);
    if (refusal !== null) {
      throw new PaymentError("badRequest", `The shop's address cannot be called. ${refusal.message}`, { cause: error });
    }
    if (!isPaymentError(error)) throw error;
    throw new PaymentError("badRequest", error.message, { cause: error });
  }
}

function refuse(what: string): PaymentError {
  return new PaymentError("badRequest", `${what} Make a new code in the gateway's console.`);
}
