import { createECDH, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { signWebhook } from "@checkout-plugins/client";
import { type Random, toUuid } from "../values/random.ts";

/** The pair of keys that signs webhooks. */
export interface SigningKey {
  readonly id: string;
  /** Base64 of the SubjectPublicKeyInfo. */
  readonly publicKey: string;
  /** Value of the header x-signature for these bytes. */
  sign(body: Uint8Array): string;
}

function toPrivateKey(random: Random): KeyObject {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(Buffer.from(random.bytes(32)));
  const point = ecdh.getPublicKey();
  const coordinates = { x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
  const d = ecdh.getPrivateKey().toString("base64url");
  return createPrivateKey({ key: { kty: "EC", crv: "P-256", d, ...coordinates }, format: "jwk" });
}

/** A new P-256 pair. */
export function createSigningKey(random: Random): SigningKey {
  const id = toUuid(random);
  const privateKey = toPrivateKey(random);
  const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).toString("base64");
  return {
    id,
    publicKey,
    sign: (body) => signWebhook(body, id, privateKey),
  };
}
