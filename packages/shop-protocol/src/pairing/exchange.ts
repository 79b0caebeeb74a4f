import { createHmac } from "node:crypto";
import type { Json } from "@checkout-plugins/core";
import { z } from "zod";
import { parseWith } from "../wire/check.ts";
import { json } from "../wire/parts.ts";

/** What the shop posts to `{gateway}/platforms/{platform}/pair`, signed with the code's key. */
export interface PairRequest {
  readonly kind: "pair";
  /** The code's id. */
  readonly code: string;
  /** 32 random bytes in Base64; a repeat of the same exchange keeps it. */
  readonly nonce: string;
  /** Where the gateway reaches the shop: what the platform keeps of it. */
  readonly settings: Json;
}

/** What the gateway answers, signed with the code's key too, under the request's `webhook-id`. */
export interface PairAnswer {
  readonly kind: "paired";
  /** The shop's id: part of the address of its commands. */
  readonly shop: string;
  /** 32 bytes in Base64: what the gateway brings to the secret. */
  readonly nonce: string;
}

const nonce = z.string().regex(/^[A-Za-z0-9+/]{43}=$/, "must be 32 bytes in Base64");

export const pairRequestSchema: z.ZodType<PairRequest> = z.strictObject({
  kind: z.literal("pair", 'must be "pair"'),
  code: z.string("must be the id in the pairing code").min(1).max(100),
  nonce,
  settings: json,
});

export const pairAnswerSchema: z.ZodType<PairAnswer> = z.object({
  kind: z.literal("paired"),
  shop: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  nonce,
});

/** @throws PaymentError `badRequest` that names each field and what is wrong with it. */
export function parsePairRequest(value: unknown): PairRequest {
  return parseWith(pairRequestSchema, value, "The request");
}

/** @throws PaymentError `badRequest` that names each field and what is wrong with it. */
export function parsePairAnswer(value: unknown): PairAnswer {
  return parseWith(pairAnswerSchema, value, "The answer");
}

/**
 * The secret that both sides use from now on: `whsec_` and the Base64 of HMAC-SHA256, its key the Base64 after `whsec_`
 * of the code's key, its text `checkout-plugins pairing\n{shop's nonce}\n{gateway's nonce}`. It never goes over the wire.
 */
export function toSharedSecret(key: string, shopNonce: string, gatewayNonce: string): string {
  const mac = createHmac("sha256", Buffer.from(key.slice("whsec_".length), "base64"));
  return `whsec_${mac.update(`checkout-plugins pairing\n${shopNonce}\n${gatewayNonce}`).digest("base64")}`;
}
