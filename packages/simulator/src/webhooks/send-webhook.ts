import { signatureHeaderName } from "@checkout-plugins/client";
import type { Time } from "../state/transaction.ts";
import type { Attempt, Delivery } from "./delivery.ts";
import { toPayload } from "./payload.ts";
import type { SigningKey } from "./signing-key.ts";

export interface SenderParts {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds of real time that a receiver has to answer. */
  readonly timeout: number;
  readonly key: SigningKey;
  /** Of somebody else: its id is known to nobody. */
  readonly strangerKey: SigningKey;
}

function signatureOf(
  parts: SenderParts,
  body: Uint8Array,
  kind: Attempt["signature"],
): Readonly<Record<string, string>> {
  if (kind === "none") return {};
  const signer = kind === "unknownKey" ? parts.strangerKey : parts.key;
  const signed = kind === "wrong" ? Uint8Array.of(...body, 32) : body;
  return { [signatureHeaderName]: signer.sign(signed) };
}

function toReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** Tries once. Whatever the receiver does is a result. */
export async function sendWebhook(
  parts: SenderParts,
  delivery: Delivery,
  signature: Attempt["signature"],
  at: Time,
): Promise<Attempt> {
  const body = new TextEncoder().encode(toPayload(delivery, signature !== "none"));
  try {
    const response = await parts.fetch(delivery.url, {
      method: "POST",
      headers: { "content-type": "application/json", ...signatureOf(parts, body, signature) },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(parts.timeout),
    });
    await response.arrayBuffer();
    return { at, status: response.status, error: null, signature };
  } catch (error) {
    return { at, status: null, error: toReason(error), signature };
  }
}
