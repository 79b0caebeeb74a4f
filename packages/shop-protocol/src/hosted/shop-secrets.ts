import { PaymentError, type ShopSecrets } from "@checkout-plugins/core";
import { isSecret } from "../signature.ts";

/**
 * The secrets `secret` and, while it is being replaced, `previousSecret`, newest first.
 *
 * @throws PaymentError `notConfigured` when there is none, or one is not of the form `whsec_…`.
 */
export async function readSecrets(secrets: ShopSecrets): Promise<readonly string[]> {
  const found = await Promise.all([secrets.get("secret"), secrets.get("previousSecret")]);
  const set = found.filter((secret) => secret !== undefined);
  if (set.length > 0 && set.every(isSecret)) return set;
  throw new PaymentError(
    "notConfigured",
    'The shop\'s secret is missing or malformed. It is "whsec_" and the Base64 of 24 to 64 random bytes; make one with: echo "whsec_$(openssl rand -base64 32)", and give it to the shop and the gateway.',
  );
}
