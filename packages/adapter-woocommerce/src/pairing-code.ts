import { isSecret } from "@checkout-plugins/shop-protocol";

/** What a shop must know to speak to its gateway. */
export interface Pairing {
  /** The gateway's public address, without a slash at its end. */
  readonly gatewayUrl: string;
  readonly shopId: string;
  /** `whsec_…`, the same as in the gateway. */
  readonly secret: string;
}

/**
 * The one text that a shop owner pastes into the plugin's settings. It holds the secret: hand it over as a password.
 *
 * @throws TypeError when the secret or the shop's id is not of the required form; the text never holds the secret.
 */
export function toPairingCode({ gatewayUrl, shopId, secret }: Pairing): string {
  if (!isSecret(secret)) throw new TypeError('A secret is "whsec_" and the Base64 of 24 to 64 bytes');
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(shopId)) throw new TypeError("A shop's id is 1 to 100 letters, digits, - and _");
  const gateway = gatewayUrl.replace(/\/+$/, "");
  return `cpw1.${Buffer.from(JSON.stringify({ gateway, shop: shopId, secret })).toString("base64url")}`;
}
