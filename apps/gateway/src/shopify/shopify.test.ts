import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMockShopify, type MockSession, type MockShopify } from "@checkout-plugins/adapter-shopify/mock";
import { createClient, type SpaceId } from "@checkout-plugins/client";
import type { Peer, Url } from "@checkout-plugins/core";
import { createSimulator, createVirtualClock, exampleKey } from "@checkout-plugins/simulator";
import { createSqlStore } from "@checkout-plugins/store-sql";
import { afterEach, describe, expect, it } from "vitest";
import { createGateway } from "../gateway.ts";
import { listen } from "../listen.ts";
import { createLogger } from "../log.ts";
import { createTraffic } from "../test/quiet.ts";
import { createSharedClock } from "../test/shared-clock.ts";
import { createSimulatorControl } from "../test/simulator-control.ts";
import { createTestDoor } from "../test/test-door.ts";
import { createShopify, keepOwnShop } from "./platform.ts";

const shop = "alpenladen.myshopify.com";
const app = { clientId: "client-1", clientSecret: "shpss_0123456789abcdef" };
const paymentMethod = "PostFinance, Karten, TWINT";
const gatewayUrl = "https://pay.example.ch" as Url;
const buyer: Peer = { address: "203.0.113.7", certificate: null };
const shopify: Peer = {
  address: "203.0.113.8",
  certificate: { issuer: "CA", subject: "CN=shopify", fingerprint: "00" },
};
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A simulator, Shopify, and a gateway whose shops are kept in its database. */
async function open() {
  const folder = await mkdtemp(join(tmpdir(), "shopify-"));
  const time = createVirtualClock(Date.now());
  const { now } = time;
  const clock = createSharedClock(now);
  const traffic = createTraffic(clock.waiting);
  const toGateway: typeof fetch = (input, init) => gateway.fetch(new Request(input, init), buyer);
  const service = await createSimulator({ clock: time, now, fetch: toGateway }).listen(0);
  const control = createSimulatorControl(service.url, traffic.fetch);
  const lines: string[] = [];
  const logger = createLogger({ level: "info", clock, write: (line) => lines.push(line), secrets: [] });
  const store = await createSqlStore({ database: { file: join(folder, "gateway.sqlite") }, logger });
  const shops = store.openShops({ keys: [randomBytes(32)], randomBytes, clock, createId: randomUUID });
  const createServiceClient = (user: { readonly userId: string; readonly authenticationKey: string }) =>
    createClient({
      baseUrl: service.url,
      ...user,
      now,
      random: () => 0.5,
      sleep: (milliseconds, signal) => clock.sleep(milliseconds / 1000, signal),
      retries: 0,
      fetch: traffic.fetch,
    });
  const registry = { store: shops, createClient: createServiceClient, now };
  let origin = "";
  const mock: MockShopify = createMockShopify({
    shop,
    app,
    now,
    computerNow: Date.now,
    createId: randomUUID,
    gatewayUrl: () => gatewayUrl,
    origin: () => origin,
    send: async (input, init) => gateway.fetch(new Request(input, init), shopify),
  });
  const door = await listen({ fetch: mock.fetch, host: "127.0.0.1", port: 0 });
  origin = `http://127.0.0.1:${door.port}`;
  const platform = createShopify(
    { app },
    {
      store,
      clock,
      logger,
      registry,
      now,
      createId: randomUUID,
      gatewayUrl: () => gatewayUrl,
      fetch: traffic.fetch,
      shopOrigin: () => origin,
    },
  );
  const gateway = createGateway({
    platforms: [platform],
    shops: [],
    registry,
    store,
    clock,
    createId: randomUUID,
    random: () => 0.5,
    logger,
    door: createTestDoor({ now }),
    notices: { findContact: async () => null, sendMail: null, fetch },
  });
  ends.push(() => rm(folder, { recursive: true }), service.close, store.close, door.close, gateway.stop);
  const cookies = new Map<string, string>();
  const visit = async (url: string, form?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const init = form === undefined ? {} : { method: "POST", body: form };
    const request = new Request(url, { ...init, headers: { cookie } });
    const answer = url.startsWith(origin) ? await mock.fetch(request) : await gateway.fetch(request, buyer);
    for (const one of answer.headers.getSetCookie()) {
      const [pair = ""] = one.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
    return answer;
  };
  /** Second by second, with what Shopify sends meanwhile. */
  const advance = async (seconds: number): Promise<void> => {
    for (let left = seconds; left > 0; left -= 1) {
      await control.advance(1);
      clock.wakeSleepers();
      await mock.work();
      await traffic.quiet();
    }
  };
  await gateway.start(gatewayUrl);
  return { mock, gateway, control, visit, advance, registry, shops, origin, lines, store };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** A merchant installs the app and enters his space. */
async function install({ mock, visit, advance }: Opened): Promise<Response> {
  let answer = await visit(mock.toInstallUrl());
  for (let hop = 0; answer.headers.has("location") && hop < 5; hop += 1) {
    answer = await visit(answer.headers.get("location") ?? "");
  }
  const token = /name="token" value="([^"]+)"/.exec(await answer.text())?.[1] ?? "";
  const form = { token, "live-space": "70001", "live-user": "12345", "live-key": exampleKey };
  const saved = await visit(`${gatewayUrl}/platforms/shopify/settings`, new URLSearchParams(form));
  await advance(61);
  return saved;
}

const checkout = {
  amount: "29.95",
  currency: "CHF",
  kind: "sale",
  test: false,
  customer: { email: "anna@example.ch" },
} as const;

async function pay({ mock, control, advance }: Opened): Promise<MockSession> {
  const session = await mock.pay(checkout);
  await advance(5);
  await control.buyer({ action: "pay" });
  await advance(5);
  return session;
}

describe("the payments app in the gateway", () => {
  it("is installed, connected to a space, and takes a payment", async () => {
    const opened = await open();
    const saved = await install(opened);
    expect(saved.headers.get("location")).toContain("/services/payments_partners/gateways/client-1/settings");
    expect(opened.mock.state.configured).toEqual({ ready: true, externalHandle: "PostFinance Checkout 70001" });
    const session = await pay(opened);
    expect(session.state).toBe("resolved");
    const refund = await opened.mock.followUp("refund", session.id, "10.00");
    await opened.advance(5);
    expect(refund.state).toBe("resolved");
  });

  it("tells a merchant whose key is wrong what the service says", async () => {
    const opened = await open();
    const { visit } = opened;
    await install(opened);
    const url = `${gatewayUrl}/platforms/shopify/settings`;
    const token = /name="token" value="([^"]+)"/.exec(await (await visit(url)).text())?.[1] ?? "";
    const wrong = {
      token,
      "test-space": "70002",
      "test-user": "12345",
      "test-key": Buffer.alloc(32).toString("base64"),
    };
    const answer = await visit(url, new URLSearchParams(wrong));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(/role="alert"><li>Space for test payments: .{20,}/);
  });

  it("takes no session from whoever is not Shopify", async () => {
    const opened = await open();
    await install(opened);
    const body = { id: "s1", gid: "gid://shopify/PaymentSession/s1", group: "g", ...checkout };
    const request = opened.mock.toRequest({ kind: "payment", body });
    expect((await opened.gateway.fetch(request, buyer)).status).toBe(401);
    expect(
      (await opened.gateway.fetch(opened.mock.toWebhook("shop/redact", {}, { "x-shopify-hmac-sha256": "" }), buyer))
        .status,
    ).toBe(401);
  });

  it("forgets a buyer, and all buyers of a shop that is gone", async () => {
    const opened = await open();
    const { mock, gateway, store, shops, lines } = opened;
    await install(opened);
    await pay(opened);
    const id = (await shops.find("shopify", shop)) as NonNullable<Awaited<ReturnType<typeof shops.find>>>;
    const kept = () => store.findBuyer(id, { email: "anna@example.ch" }, { after: null, limit: 9 });
    expect(await kept()).toHaveLength(1);
    const customer = { customer: { id: 1, email: "anna@example.ch" }, data_request: { id: 7 } };
    expect((await gateway.fetch(mock.toWebhook("customers/data_request", customer), shopify)).status).toBe(200);
    expect(lines.filter((line) => line.includes("asks for his data"))).toHaveLength(1);
    expect((await gateway.fetch(mock.toWebhook("customers/redact", customer), shopify)).status).toBe(200);
    expect(await kept()).toEqual([]);
    await pay(opened);
    expect(await kept()).toHaveLength(1);
    expect((await gateway.fetch(mock.toWebhook("shop/redact", { shop_domain: shop }), shopify)).status).toBe(200);
    expect(await kept()).toEqual([]);
    expect(lines.some((line) => line.includes("anna@example.ch"))).toBe(false);
  });

  it("takes no more payments of a shop that uninstalled it", async () => {
    const opened = await open();
    await install(opened);
    await opened.gateway.fetch(opened.mock.toWebhook("app/uninstalled", {}), shopify);
    await opened.advance(2);
    const session = await opened.mock.pay(checkout);
    expect(session.isTaken).toBe(false);
  });
});

describe("a shop's own app in the gateway", () => {
  it("takes a payment by the link, and marks the order as paid", async () => {
    const opened = await open();
    const { mock, visit, control, advance, registry } = opened;
    const spaces = { liveSpace: "70001" as SpaceId, testSpace: null, userId: "12345", authenticationKey: exampleKey };
    await keepOwnShop(registry, { domain: shop, ...app, paymentMethod }, spaces);
    await advance(61);
    const order = mock.orders.place({ amount: "29.95", currency: "CHF", paymentMethod, test: false });
    await advance(2);
    const link = await visit(mock.orders.toPayUrl(order.id));
    expect(link.headers.get("location")).toContain("/70001/payment/");
    await control.buyer({ action: "pay" });
    await advance(5);
    expect(order.transactions).toMatchObject([{ kind: "SALE", minor: 2995 }]);
    const back = mock.orders.toPayUrl(order.id).replace("/pay?", "/paid?");
    expect((await visit(back)).headers.get("location")).toBe(`${opened.origin}/orders/${order.id}`);
  });
});
