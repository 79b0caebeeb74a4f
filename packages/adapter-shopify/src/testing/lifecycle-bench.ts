import type { AddressInfo } from "node:net";
import type { Environment, HostedPlatform, Peer, ShopId, ShopRegistry, SpaceAccess } from "@checkout-plugins/core";
import { serve } from "@hono/node-server";
import { createMockShopify, type MockShopify } from "../mock/index.ts";
import { createShopifyPlatform } from "../shopify-adapter.ts";
import { app, createSecrets, gatewayUrl, shopDomain } from "./test-shop.ts";

/** Shops in this process. */
export interface TestRegistry extends ShopRegistry {
  readonly kept: Map<
    string,
    { readonly id: ShopId; readonly secrets: ReturnType<typeof createSecrets>; disabled: boolean }
  >;
  readonly forgotten: string[];
}

function createTestRegistry(): TestRegistry {
  const kept: TestRegistry["kept"] = new Map();
  const forgotten: string[] = [];
  return {
    kept,
    forgotten,
    find: async (_platform, key) => kept.get(key)?.id,
    async save(_platform, key, _settings, secrets) {
      const id = kept.get(key)?.id ?? (`shop-${kept.size + 1}` as ShopId);
      kept.set(key, { id, secrets: createSecrets(secrets), disabled: false });
      return id;
    },
    async disable(id) {
      for (const one of kept.values()) if (one.id === id) one.disabled = true;
    },
    findPairing: async () => undefined,
    takePairing: async () => undefined,
    async forgetCustomer(shop, customer) {
      forgotten.push(`${shop} ${customer}`);
    },
  };
}

export interface LifecycleBench {
  readonly platform: HostedPlatform;
  readonly mock: MockShopify;
  readonly registry: TestRegistry;
  readonly origin: string;
  readonly privacy: string[];
  readonly saved: Map<string, SpaceAccess>;
  /** What the service says of credentials; null: they work. */
  problem: string | null;
  now: number;
  /** A browser or Shopify asks the gateway; cookies are kept as a browser does. */
  ask(request: Request): Promise<Response>;
  /** Opens the app in the admin and follows every redirect until a page comes. */
  install(): Promise<Response>;
  close(): Promise<void>;
}

const peer: Peer = { address: "127.0.0.1", certificate: null };

/** The mock of Shopify, and a platform whose shops and spaces are kept in this process. */
export async function createLifecycleBench(): Promise<LifecycleBench> {
  let origin = "";
  let ids = 0;
  const cookies = new Map<string, string>();
  const createId = () => {
    ids += 1;
    return `id${ids}`;
  };
  const registry = createTestRegistry();
  const mock = createMockShopify({
    shop: shopDomain,
    app,
    now: () => bench.now,
    computerNow: Date.now,
    createId,
    gatewayUrl: () => gatewayUrl,
    origin: () => origin,
    send: async (input, init) => bench.ask(new Request(input, init)),
  });
  const { promise, resolve } = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch: mock.fetch, port: 0, hostname: "127.0.0.1" }, resolve);
  origin = `http://127.0.0.1:${(await promise).port}`;
  const secretsOf = (id: ShopId) => {
    const found = [...registry.kept.values()].find((one) => one.id === id);
    if (found === undefined) throw new RangeError(`There is no shop ${id}`);
    return found.secrets;
  };
  const privacy: string[] = [];
  const saved: LifecycleBench["saved"] = new Map();
  const platform = createShopifyPlatform({
    fetch,
    now: () => bench.now,
    createId,
    gatewayUrl: () => gatewayUrl,
    app,
    shopOrigin: () => origin,
    spaces: {
      secretsOf,
      read: async () => ({ live: saved.get("live") ?? null, test: saved.get("test") ?? null }),
      check: async () => bench.problem,
      async save(_shop, environment: Environment, access) {
        saved.set(environment, access);
      },
    },
    privacy: {
      request: async (id, { customer, email }, request) => void privacy.push(`${request} ${id} ${customer} ${email}`),
      forgetEmail: async (id, email) => void privacy.push(`forget ${id} ${email}`),
      forgetShop: async (id) => void privacy.push(`forget ${id}`),
    },
  });
  const bench: LifecycleBench = {
    platform,
    mock,
    registry,
    origin,
    privacy,
    saved,
    problem: null,
    now: Date.parse("2026-02-03T09:00:00Z"),
    async ask(request) {
      const headers = new Headers(request.headers);
      const jar = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
      if (jar !== "" && !headers.has("cookie")) headers.set("cookie", jar);
      const answer = await platform.handleLifecycle(new Request(request, { headers }), peer, registry);
      for (const cookie of answer?.headers.getSetCookie() ?? []) {
        const [pair = ""] = cookie.split(";");
        cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
      }
      return answer ?? new Response(null, { status: 404 });
    },
    async install() {
      let answer = await bench.ask(new Request(mock.toInstallUrl()));
      for (let hop = 0; answer.headers.has("location") && hop < 5; hop += 1) {
        const request = new Request(answer.headers.get("location") ?? "");
        answer = request.url.startsWith(origin) ? await mock.fetch(request) : await bench.ask(request);
      }
      return answer;
    },
    close: () => new Promise((done) => server.close(() => done())),
  };
  return bench;
}
