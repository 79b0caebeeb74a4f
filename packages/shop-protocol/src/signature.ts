import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a message's time may be from ours, seconds: the window of Standard Webhooks. */
export const signatureTolerance = 300;

/** The three headers of https://www.standardwebhooks.com, lower case. */
export interface SignatureHeaders {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

export interface MessageToSign {
  /** Unique per message; a repeat of the same message keeps it. Printable ASCII without a dot, at most 100 characters. */
  readonly id: string;
  /** Milliseconds since 1970; sent as whole seconds. */
  readonly now: number;
  /** Exactly the bytes that are sent. A string is its UTF-8 bytes. */
  readonly body: Uint8Array | string;
  /** One signature each, so that the other side may still know only the old one. At least one. */
  readonly secrets: readonly string[];
}

export interface MessageToVerify {
  readonly headers: Headers;
  /** The raw bytes as they arrived, before anything parsed them. */
  readonly body: Uint8Array;
  /** Any of them may have signed: during a rotation the new and the old one. */
  readonly secrets: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type Verification =
  | { readonly verified: true; readonly id: string /** Seconds since 1970. */; readonly timestamp: number }
  | {
      readonly verified: false;
      readonly reason: "unsigned" | "malformed" | "signature" | "clock";
      /** What is wrong and what to do, for the developer of the other side. */
      readonly message: string;
    };

/**
 * Signs a message with HMAC-SHA256 by Standard Webhooks: `${id}.${timestamp}.${body}`.
 *
 * @throws TypeError when a secret or the id is not of the required form; the text never holds the secret.
 */
export function signMessage(message: MessageToSign): SignatureHeaders {
  if (!isMessageId(message.id)) {
    throw new TypeError("A message id is 1 to 100 printable ASCII characters without a space or a dot");
  }
  if (message.secrets.length === 0) throw new TypeError("Signing needs at least one secret");
  const timestamp = String(Math.floor(message.now / 1000));
  const body = toBytes(message.body);
  const signatures = message.secrets.map(
    (secret) => `v1,${toMac(secret, message.id, timestamp, body).toString("base64")}`,
  );
  return { "webhook-id": message.id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}

/**
 * Verifies a message against every secret, in constant time, and then its time (±300 s). Signatures of other versions
 * than `v1` are passed over. Refusing a repeat of the same id is the caller's: see `ShopDoorSettings.isRepeat`.
 *
 * @throws TypeError when one of our own secrets is not of the required form.
 */
export function verifyMessage(message: MessageToVerify): Verification {
  const id = message.headers.get("webhook-id");
  const timestamp = message.headers.get("webhook-timestamp");
  const signature = message.headers.get("webhook-signature");
  if (!id || !timestamp || !signature) {
    return refuse(
      "unsigned",
      "Send the headers webhook-id, webhook-timestamp and webhook-signature (Standard Webhooks).",
    );
  }
  if (!isMessageId(id))
    return refuse("malformed", "webhook-id must be 1 to 100 printable ASCII characters without a dot.");
  if (!/^[0-9]{1,12}$/.test(timestamp))
    return refuse("malformed", "webhook-timestamp must be whole seconds since 1970.");

  const received = toSignatures(signature);
  if (received.length === 0) return refuse("malformed", 'webhook-signature must hold "v1," and 44 Base64 characters.');
  const expected = message.secrets.map((secret) => toMac(secret, id, timestamp, message.body));
  // No short cut: the time taken tells nothing about which secret matched.
  const matches = expected.flatMap((mac) => received.map((mine) => timingSafeEqual(mac, mine))).filter(Boolean);
  if (matches.length === 0) {
    return refuse(
      "signature",
      "No signature fits. Compare the secret on both sides, and sign exactly the bytes that are sent, with their own id and timestamp.",
    );
  }
  const ahead = Number(timestamp) - Math.floor(message.now / 1000);
  if (Math.abs(ahead) > signatureTolerance) {
    return refuse(
      "clock",
      `The message's time is ${Math.abs(ahead)} s ${ahead > 0 ? "ahead of" : "behind"} the receiver's; at most ${signatureTolerance} s are accepted. Set both clocks by NTP.`,
    );
  }
  return { verified: true, id, timestamp: Number(timestamp) };
}

/**
 * Is this `whsec_` and the Base64 of 24 to 64 random bytes? Made by `echo "whsec_$(openssl rand -base64 32)"`.
 */
export function isSecret(value: string): boolean {
  return toKey(value) !== null;
}

function isMessageId(id: string): boolean {
  return id.length <= 100 && /^[!-\-/-~]+$/.test(id);
}

function refuse(reason: (Verification & { verified: false })["reason"], message: string): Verification {
  return { verified: false, reason, message };
}

function toBytes(body: Uint8Array | string): Uint8Array {
  return typeof body === "string" ? new TextEncoder().encode(body) : body;
}

function toKey(secret: string): Buffer | null {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  if (base64 === undefined) return null;
  const key = Buffer.from(base64, "base64");
  return key.length >= 24 && key.length <= 64 && key.toString("base64") === base64 ? key : null;
}

function toMac(secret: string, id: string, timestamp: string, body: Uint8Array): Buffer {
  const key = toKey(secret);
  if (key === null) throw new TypeError('A secret is "whsec_" and the Base64 of 24 to 64 bytes');
  return createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
}

/** Those of version 1, each 32 bytes; the header may list several, parted by spaces. */
function toSignatures(header: string): readonly Buffer[] {
  return header
    .split(" ")
    .filter((part) => /^v1,[A-Za-z0-9+/]{43}=$/.test(part))
    .map((part) => Buffer.from(part.slice(3), "base64"));
}
