import { addSeconds, type Instant, PaymentError, type ShopSecrets } from "@checkout-plugins/core";
import { z } from "zod";
import { createPatientFetch } from "./patient-fetch.ts";
import { type ShopifyApp, type ShopifyParts, toOrigin } from "./shopify-parts.ts";

/** As it is kept, as JSON, in the shop's secret `token`. */
export interface ShopifyToken {
  readonly accessToken: string;
  readonly issuedOn: Instant;
  readonly expiresOn: Instant;
  /** null: of the client credentials grant, which is simply asked again. */
  readonly refreshToken: string | null;
}

const answerSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive(),
  refresh_token: z.string().optional(),
});
const instant: z.ZodType<Instant, string> = z.iso.datetime().transform((text) => text as Instant);
const tokenSchema: z.ZodType<ShopifyToken> = z.object({
  accessToken: z.string().min(1),
  issuedOn: instant,
  expiresOn: instant,
  refreshToken: z.string().nullable(),
});

function unavailable(message: string, cause?: unknown): PaymentError {
  return new PaymentError("shopUnavailable", message, { retryable: true, cause });
}

/**
 * Asks Shopify for a token: `grant` is an authorization code, a refresh token or the app's own credentials.
 *
 * @throws PaymentError `shopUnavailable`: no answer came; `credentials`: Shopify refused, which the merchant mends by
 * installing the app again.
 */
export async function requestToken(
  parts: ShopifyParts,
  shop: string,
  app: ShopifyApp,
  grant: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<ShopifyToken> {
  const url = `${toOrigin(parts, shop)}/admin/oauth/access_token`;
  const body = new URLSearchParams({ client_id: app.clientId, client_secret: app.clientSecret, ...grant });
  const request = { method: "POST", headers: { accept: "application/json" }, body, signal: signal ?? null };
  const response = await createPatientFetch(parts)(url, request).catch((cause: unknown) => {
    throw unavailable(`Shopify did not answer for a token of ${shop}.`, cause);
  });
  if (response.status >= 500 || response.status === 429) throw unavailable(`Shopify answered ${response.status}.`);
  const answer = answerSchema.safeParse(await response.json().catch(() => null));
  if (!response.ok || !answer.success) {
    throw new PaymentError(
      "credentials",
      `Shopify gave no token for ${shop} (${response.status}). Install the app again in this shop, or check its client id and secret.`,
    );
  }
  const { access_token, expires_in, refresh_token = null } = answer.data;
  const now = new Date(parts.now()).toISOString() as Instant;
  return {
    accessToken: access_token,
    issuedOn: now,
    expiresOn: addSeconds(now, expires_in),
    refreshToken: refresh_token,
  };
}

/** The parameters that ask for a token which expires (https://shopify.dev/docs/apps/build/authentication-authorization). */
export function toCodeGrant(code: string): Readonly<Record<string, string>> {
  return { code, expiring: "1" };
}

/** Tokens of one shop. */
export interface Tokens {
  /** One that is good for two more minutes; `refused` is one that Shopify refused. Renewed by one flight at a time. */
  get(signal: AbortSignal, refused?: string): Promise<string>;
}

const margin = 2 * 60 * 1000;

/** Reads and renews the token that the shop's secrets keep. */
export function createTokens(parts: ShopifyParts, shop: string, app: ShopifyApp, secrets: ShopSecrets): Tokens {
  const isGood = ({ accessToken, expiresOn }: ShopifyToken, refused?: string): boolean =>
    accessToken !== refused && Date.parse(expiresOn) - margin > parts.now();
  const renewal = async (token: ShopifyToken | null, signal: AbortSignal): Promise<string> => {
    const refreshToken = token?.refreshToken ?? null;
    const grant =
      refreshToken === null
        ? { grant_type: "client_credentials" }
        : { grant_type: "refresh_token", refresh_token: refreshToken };
    return JSON.stringify(await requestToken(parts, shop, app, grant, signal));
  };
  return {
    async get(signal, refused) {
      const seen = await secrets.get("token");
      const token = readToken(seen);
      if (token !== null && isGood(token, refused)) return token.accessToken;
      const renewed = readToken(await secrets.renew("token", seen, () => renewal(token, signal)));
      if (renewed !== null) return renewed.accessToken;
      throw new PaymentError("credentials", `${shop} has no token. Install the app again in this shop.`);
    },
  };
}

/** null: there is none, because the app is not installed, or no longer. */
export function readToken(text: string | undefined): ShopifyToken | null {
  return text === undefined || text === "" ? null : tokenSchema.parse(JSON.parse(text));
}
