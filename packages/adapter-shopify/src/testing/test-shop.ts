import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { HostedShopAdapter, Json, ShopId, ShopOrder, ShopSecrets } from "@checkout-plugins/core";
import { toDecimal } from "@checkout-plugins/core";
import { serve } from "@hono/node-server";
import { createMockShopify, type MockShopify } from "../mock/index.ts";
import { createPeerReader } from "../peer.ts";
import { createShopifyPlatform } from "../shopify-adapter.ts";
import type { PrivacyKeeper, ShopifyParts } from "../shopify-parts.ts";
import { type Authority, createAuthority } from "./certificates.ts";

export const shopDomain = "alpenladen.myshopify.com";
export const app = { clientId: "client-1", clientSecret: "shpss_0123456789abcdef0123456789abcdef" };
export const gatewayUrl = "http://gateway.test";
export const header = "x-client-cert";

/** Shopify's authority, a stranger's, and a client's certificate of each; costly, so once for a file. */
export interface Certificates {
  readonly shopify: Authority;
  readonly stranger: Authority;
  readonly genuine: string;
  readonly strange: string;
}

export async function createCertificates(now: number): Promise<Certificates> {
  const [shopify, stranger] = await Promise.all([createAuthority("Shopify", now), createAuthority("Stranger", now)]);
  const [genuine, strange] = await Promise.all([shopify.issue("shopify-client"), stranger.issue("shopify-client")]);
  return { shopify, stranger, genuine: genuine.cert, strange: strange.cert };
}

/** Secrets in this process; renewed by one flight at a time. */
export function createSecrets(
  initial: Readonly<Record<string, string>>,
): ShopSecrets & { readonly renewals: () => number } {
  const kept = new Map(Object.entries(initial));
  const flights = new Map<string, Promise<string>>();
  let renewals = 0;
  return {
    renewals: () => renewals,
    get: async (name) => kept.get(name),
    async renew(name, seen, renewal) {
      const flight = flights.get(name);
      if (flight !== undefined) return flight;
      const current = kept.get(name);
      if (current !== seen && current !== undefined) return current;
      const begun = renewal()
        .then((value) => {
          renewals += 1;
          kept.set(name, value);
          return value;
        })
        .finally(() => flights.delete(name));
      flights.set(name, begun);
      return begun;
    },
  };
}

export interface TestShopSettings {
  readonly shopId: ShopId;
  readonly certificates: Certificates;
  readonly now: () => number;
  readonly createId: () => string;
  /** To the gateway. */
  readonly gateway: typeof globalThis.fetch;
  readonly changes?: Partial<ShopifyParts>;
  /** Default: one that is nowhere. */
  readonly gatewayUrl?: () => string;
  /** Default: the payments app. */
  readonly mode?: "paymentsApp" | "customApp";
}

export const paymentMethod = "PostFinance, Karten, TWINT";

export interface TestShop {
  readonly mock: MockShopify;
  readonly adapter: HostedShopAdapter;
  readonly secrets: ReturnType<typeof createSecrets>;
  readonly origin: string;
  close(): Promise<void>;
}

/** Where nothing is asked of it. */
export const noPrivacy: PrivacyKeeper = {
  request: async () => undefined,
  forgetEmail: async () => undefined,
  forgetShop: async () => undefined,
};

/** Passes a certificate on as a proxy does. */
export function withCertificate(request: Request, certificate: string | null): Request {
  const headers = new Headers(request.headers);
  if (certificate !== null) headers.set(header, encodeURIComponent(certificate));
  return new Request(request, { headers });
}

/** The mock of Shopify behind a real server, and the adapter connected to it; certificates come through a proxy. */
export async function openTestShop(settings: TestShopSettings): Promise<TestShop> {
  const { certificates, now, createId, gateway } = settings;
  const toGateway = settings.gatewayUrl ?? (() => gatewayUrl);
  let origin = "";
  const mock = createMockShopify({
    shop: shopDomain,
    app,
    now,
    computerNow: Date.now,
    createId,
    gatewayUrl: toGateway,
    origin: () => origin,
    send: async (input, init) => gateway(withCertificate(new Request(input, init), certificates.genuine)),
  });
  const { promise, resolve } = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch: mock.fetch, port: 0, hostname: "127.0.0.1" }, resolve);
  origin = `http://127.0.0.1:${(await promise).port}`;
  const isOwn = settings.mode === "customApp";
  const secrets: TestShop["secrets"] = createSecrets(
    isOwn ? { clientSecret: app.clientSecret } : { token: JSON.stringify(mock.install()) },
  );
  const platform = createShopifyPlatform({
    fetch,
    now,
    createId,
    gatewayUrl: toGateway,
    app,
    spaces: null,
    privacy: noPrivacy,
    shopOrigin: () => origin,
    ...settings.changes,
  });
  const readPeer = createPeerReader({ ca: certificates.shopify.chain, proxies: ["127.0.0.1"], header, now });
  const adapter = platform.connect({
    id: settings.shopId,
    settings: isOwn
      ? { mode: "customApp", shop: shopDomain, clientId: app.clientId, paymentMethod }
      : { mode: "paymentsApp", shop: shopDomain },
    secrets,
  });
  return {
    mock,
    secrets,
    origin,
    adapter: {
      ...adapter,
      readCommand: (request, peer) => {
        if (!request.headers.has(header)) return adapter.readCommand(request, peer);
        const incoming = { socket: { remoteAddress: "127.0.0.1" }, headers: Object.fromEntries(request.headers) };
        return adapter.readCommand(request, readPeer(incoming as unknown as IncomingMessage));
      },
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

/** What a checkout of this order asks the payments app for. */
export function toCustomer({ customer, billing, shipping, language }: ShopOrder): Json {
  const toAddress = (address: ShopOrder["billing"]): Json => {
    if (address === null) return null;
    const {
      givenName = null,
      familyName = null,
      street = null,
      postcode = null,
      city = null,
      country = null,
    } = address;
    return {
      given_name: givenName,
      family_name: familyName,
      line1: street,
      postal_code: postcode,
      city,
      country_code: country,
    };
  };
  return {
    email: customer.email,
    locale: language,
    billing_address: toAddress(billing),
    shipping_address: toAddress(shipping),
  };
}

export function toAmount({ total }: Pick<ShopOrder, "total">): { readonly amount: string; readonly currency: string } {
  return { amount: toDecimal(total), currency: total.currency };
}
