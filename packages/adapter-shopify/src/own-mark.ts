import { createHmac } from "node:crypto";
import { isSame } from "./is-same.ts";

/** Our own mark on what a browser brings back. `purpose` keeps what was signed for one thing from counting for another. */
export function signOwn(purpose: string, text: string, clientSecret: string): string {
  return createHmac("sha256", clientSecret).update(`checkout-plugins:${purpose}:${text}`).digest("base64url");
}

/** Whether `signOwn` made this mark. */
export function isOwn(purpose: string, text: string, signature: string | null, clientSecret: string): boolean {
  return signature !== null && isSame(signOwn(purpose, text, clientSecret), signature);
}
