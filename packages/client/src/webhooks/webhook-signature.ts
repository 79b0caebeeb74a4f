import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { Brand } from "../ids.ts";

/** A public key on P-256, made by `toWebhookKey` only. */
export type WebhookKey = Brand<KeyObject, "WebhookKey">;

/**
 * - `missing`: no signature header. `malformed`: not of the service's form. `algorithm`: another one than its own.
 * - `encoding`: the signature is not canonical Base64 of strict DER. `mismatch`: it is not of these bytes and this key.
 */
export type SignatureFault = "missing" | "malformed" | "algorithm" | "encoding" | "mismatch";

export type SignatureHeader =
  | { readonly kind: "signed"; readonly keyId: string; readonly signature: Uint8Array }
  | { readonly kind: "invalid"; readonly reason: Exclude<SignatureFault, "mismatch"> };

export type WebhookVerdict =
  | { readonly kind: "valid"; readonly keyId: string }
  | { readonly kind: "invalid"; readonly reason: SignatureFault };

/** Name of the header, as Request.headers.get takes it. */
export const signatureHeaderName = "x-signature";

// One optional space after a comma, because \s would let in line breaks and no-break spaces.
const headerForm = /^algorithm=([A-Za-z0-9]{1,40}), ?keyId=([0-9a-f-]{36}), ?signature=([A-Za-z0-9+/]{11,96}={0,2})$/;

/** Reads the header's text, without any cryptography. Never throws. */
export function readSignatureHeader(header: string | null | undefined): SignatureHeader {
  if (header === null || header === undefined || header === "") return { kind: "invalid", reason: "missing" };
  const [, algorithm, keyId, base64] = headerForm.exec(header) ?? [];
  if (algorithm === undefined || keyId === undefined || base64 === undefined) {
    return { kind: "invalid", reason: "malformed" };
  }
  if (algorithm !== "SHA256withECDSA") return { kind: "invalid", reason: "algorithm" };
  const signature = Buffer.from(base64, "base64");
  if (signature.toString("base64") !== base64 || !isStrictDer(signature))
    return { kind: "invalid", reason: "encoding" };
  return { kind: "signed", keyId, signature };
}

/**
 * Verifies the raw bytes of a webhook with the key the header names. Synchronous, about 0.1 ms; never throws on what a
 * stranger sent. A signature is no identity of a webhook: another valid one can be made from it by anybody.
 */
export function verifyWebhook(body: Uint8Array, header: string | null | undefined, key: WebhookKey): WebhookVerdict {
  const read = readSignatureHeader(header);
  return read.kind === "signed" ? verifySignature(body, read, key) : read;
}

/** As `verifyWebhook`, of a header that is read already. */
export function verifySignature(
  body: Uint8Array,
  { keyId, signature }: Extract<SignatureHeader, { kind: "signed" }>,
  key: WebhookKey,
): WebhookVerdict {
  return verify("sha256", body, key, signature) ? { kind: "valid", keyId } : { kind: "invalid", reason: "mismatch" };
}

/** The header the service would send; for simulators and tests. `privateKey` on P-256. */
export function signWebhook(body: Uint8Array, keyId: string, privateKey: KeyObject): string {
  const signature = sign("sha256", body, privateKey).toString("base64");
  return `algorithm=SHA256withECDSA, keyId=${keyId}, signature=${signature}`;
}

/**
 * From Base64 of a DER SubjectPublicKeyInfo, as the service gives it.
 * @throws TypeError when it is not a public key on P-256.
 */
export function toWebhookKey(base64: string): WebhookKey {
  const key = createKey(base64);
  if (key?.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    throw new TypeError(
      "A webhook key must be a public key on the curve P-256, as Base64 of its SubjectPublicKeyInfo.",
    );
  }
  return key as WebhookKey;
}

function createKey(base64: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" });
  } catch {
    return undefined;
  }
}

/** SEQUENCE of two positive INTEGERs below 2^256, each in its shortest form, and nothing after them. */
function isStrictDer(bytes: Uint8Array): boolean {
  if (bytes.length < 8 || bytes.length > 72 || bytes[0] !== 0x30 || bytes[1] !== bytes.length - 2) return false;
  const end = skipInteger(bytes, 2);
  return end !== undefined && skipInteger(bytes, end) === bytes.length;
}

function skipInteger(bytes: Uint8Array, at: number): number | undefined {
  const [tag, length = 0, first = 0, second = 0] = bytes.subarray(at);
  const isPadded = first === 0 && second < 0x80;
  if (tag !== 0x02 || length < 1 || length > 33 || first >= 0x80 || isPadded) return undefined;
  if (length === 33 && first !== 0) return undefined;
  return at + 2 + length;
}
