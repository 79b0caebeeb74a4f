import { randomBytes, randomUUID } from "node:crypto";
import { createHttpPlatform } from "@checkout-plugins/adapter-http";
import type { HostedPlatform, NewShop, ShopId } from "@checkout-plugins/core";
import { createGatewayClient, pairShop, signMessage, toPairingCode } from "@checkout-plugins/shop-protocol";
import { afterEach, describe, expect, it } from "vitest";
import { aStart } from "./test/bench.ts";
import { added, aShop, live, type ManyShops, openManyShops, peer, secret, test, url } from "./test/many-shops.ts";

let bench: ManyShops | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

async function open(platforms: readonly HostedPlatform[] = []): Promise<ManyShops> {
  bench = await openManyShops(platforms);
  return bench;
}

describe("a shop that is added while the gateway runs", () => {
  it("is served at once where it is read, and its webhooks are set up within a minute", async () => {
    const { shops, start, send, urlsOf, listenersOf, advance } = await open();
    const gateway = await start();
    const id = await added(shops, aShop());
    const started = await send(gateway, `/shops/${id}/commands`, aStart());
    expect(started).toMatchObject({ status: 200, body: { kind: "successful", answer: { kind: "redirect" } } });
    await advance(61);
    expect([await urlsOf(live), await urlsOf(test)]).toEqual([
      [`${url}/shops/${id}/webhooks`],
      [`${url}/shops/${id}/webhooks`],
    ]);
    expect(await listenersOf(live)).toBeGreaterThan(5);
  });

  it("takes its settings' changes in every process within a second", async () => {
    const { shops, start, send, advance } = await open();
    const [one, other] = [await start(), await start()];
    const id = await added(shops, aShop());
    const begin = async (gateway: typeof one, reference: string) => {
      const changes = { reference: reference as never, order: { ...aStart().order, merchantReference: reference } };
      return (await send(gateway, `/shops/${id}/commands`, aStart(changes))).body;
    };
    for (const gateway of [one, other]) {
      expect(await begin(gateway, gateway === one ? "1" : "2")).toMatchObject({ payment: { environment: "live" } });
    }
    const { version, terms } = (await shops.read(id)) ?? {};
    await shops.change(id, version as number, { terms: { ...(terms as NewShop["terms"]), environment: "test" } });
    await advance(1);
    for (const gateway of [one, other]) {
      expect(await begin(gateway, gateway === one ? "3" : "4")).toMatchObject({ payment: { environment: "test" } });
    }
  });

  it("pays in the way that its owner chose, where it leaves that open", async () => {
    const { shops, start, send } = await open();
    const terms = { ...aShop().terms, integration: "iframe" as const };
    const gateway = await start();
    const id = await added(shops, aShop({ terms }));
    const begin = async (integration: "configured" | "lightbox", reference: string) => {
      const changes = { integration, reference: reference as never };
      const order = { ...aStart().order, merchantReference: reference };
      return (await send(gateway, `/shops/${id}/commands`, aStart({ ...changes, order }))).body;
    };
    expect(await begin("configured", "1")).toMatchObject({ answer: { kind: "script", integration: "iframe" } });
    expect(await begin("lightbox", "2")).toMatchObject({ answer: { kind: "script", integration: "lightbox" } });
    const methods = { kind: "methods", reference: "3", integration: "configured", language: null, test: false };
    const asked = { ...methods, order: { ...aStart().order, merchantReference: "3" }, explain: false };
    await send(gateway, `/shops/${id}/commands`, asked);
    expect(await begin("configured", "3")).toMatchObject({ answer: { kind: "script", integration: "iframe" } });
  });

  it("does not take others down when it cannot be built", async () => {
    const { shops, start, send, lines } = await open();
    const bad = await added(shops, aShop({ key: "bad", settings: { showUrl: "nowhere" } }));
    const good = await added(shops, aShop({ key: "good" }));
    const gateway = await start();
    expect(await send(gateway, `/shops/${bad}/commands`, aStart())).toMatchObject({
      status: 500,
      body: { error: { code: "notConfigured", message: expect.stringContaining("showUrl") } },
    });
    expect(await send(gateway, `/shops/${good}/commands`, aStart())).toMatchObject({ status: 200 });
    expect(lines.join()).toContain("shop left out");
  });
});

describe("the webhooks of a shop", () => {
  it("lead to the gateway's new address only, and are mended within an hour", async () => {
    const { shops, start, urlsOf, listenersOf, elsewhere, advance } = await open();
    const id = await added(shops, aShop());
    const before = await start("https://old.example.ch" as typeof url);
    expect(await urlsOf(live)).toEqual([`https://old.example.ch/shops/${id}/webhooks`]);
    await before.stop();
    await start();
    expect(await urlsOf(live)).toEqual([`${url}/shops/${id}/webhooks`]);
    const count = await listenersOf(live);
    const [listener] = (await elsewhere(live).listWebhookListeners()).filter(({ state }) => state === "ACTIVE");
    await elsewhere(live).deleteWebhookListener(listener?.id ?? ("0" as never));
    expect(await listenersOf(live)).toBe(count - 1);
    await advance(65 * 60, 5 * 60);
    expect(await listenersOf(live)).toBe(count);
  });
});

describe("a command's id", () => {
  it("gets the first answer after a restart, and is refused with another body", async () => {
    const { shops, start, send, simulator } = await open();
    const id = await added(shops, aShop());
    const path = `/shops/${id}/commands`;
    const before = await start();
    const first = await send(before, path, aStart(), "msg_1");
    await before.stop();
    const after = await start();
    const count = (await simulator.transactions()).length;
    expect(await send(after, path, aStart(), "msg_1")).toEqual(first);
    expect((await simulator.transactions()).length).toBe(count);
    expect(await send(after, path, aStart({ store: true }), "msg_1")).toMatchObject({
      status: 409,
      body: { error: { code: "keyReused", message: expect.stringContaining("give each command its own") } },
    });
  });
});

describe("a shop that is disabled", () => {
  it("takes no more commands, loses its webhooks, and what was begun is settled", async () => {
    const { shops, start, send, urlsOf, listenersOf, advance, simulator, lines, store } = await open();
    const gateway = await start();
    const id = await added(shops, aShop());
    await advance(61);
    const sent = await send(gateway, `/shops/${id}/commands`, aStart());
    expect(sent.status).toBe(200);
    await shops.disable(id);
    await advance(61);
    const refused = await send(gateway, `/shops/${id}/commands`, aStart());
    expect(refused).toMatchObject({
      status: 404,
      body: { error: { code: "unknownShop", message: expect.stringContaining("was removed from the gateway") } },
    });
    expect([await urlsOf(live), await listenersOf(live), await urlsOf(test)]).toEqual([[], 0, []]);
    expect(lines.join()).toContain("space disconnected");
    await simulator.buyer({ action: "pay" });
    await advance(4 * 60);
    expect((await store.read(id, aStart().reference))?.payment).toMatchObject({ standing: "paid" });
  });

  it("is served again when its platform installs it again", async () => {
    const { shops, start, send, urlsOf, advance } = await open();
    const gateway = await start();
    const id = await added(shops, aShop());
    await shops.disable(id);
    await advance(61);
    expect(await urlsOf(live)).toEqual([]);
    await shops.save("http", aShop().key, { showUrl: "https://new.example.ch/show" }, {});
    await advance(61);
    expect(await urlsOf(live)).toEqual([`${url}/shops/${id}/webhooks`]);
    expect((await send(gateway, `/shops/${id}/commands`, aStart())).status).toBe(200);
  });
});

describe("a customer who shall be forgotten", () => {
  it("is forgotten here and at the service, though the service was away when it was asked", async () => {
    const { shops, start, send, store, simulator, elsewhere, advance, quiet, lines } = await open();
    const gateway = await start();
    const id = await added(shops, aShop({ environment: "live" }));
    const { customer } = aStart().order;
    await send(gateway, `/shops/${id}/commands`, aStart({ store: true }));
    await advance(10);
    await simulator.buyer({ action: "pay", card: "success", keep: true });
    await advance(180);
    const tokens = async () =>
      (await elsewhere(live).listTokens(customer.id ?? "")).filter(({ state }) => state === "ACTIVE").length;
    const kept = () => store.findBuyer(id, { customer: customer.id ?? "" }, { after: null, limit: 10 });
    expect([await tokens(), (await kept()).length]).toEqual([1, 1]);

    await simulator.fault({ on: "request", kind: "status", status: 503, times: 1 });
    await shops.forgetCustomer(id, customer.id ?? "");
    await advance(61);
    await quiet();
    expect(lines.join()).toContain("customer not forgotten, trying again");
    await advance(11 * 60);
    expect([await tokens(), await kept()]).toEqual([0, []]);
    const row = await store.read(id, aStart().reference);
    expect(row?.payment).toMatchObject({ standing: "paid", amount: aStart().order.total });
    expect(
      await shops.claimErasure("2100-01-01T00:00:00.000Z" as never, "2100-01-01T00:00:00.000Z" as never),
    ).toBeNull();
  });
});

describe("a shop that is paired", () => {
  const settings = { showUrl: "https://own.example.ch/show" };

  it("exchanges its code for a secret, by which it is known from then on", async () => {
    const { shops, start, now } = await open();
    const gateway = await start();
    const id = await added(shops, aShop({ key: "new", secrets: {} }));
    const code = await shops.openPairing(id);
    const fetch: typeof globalThis.fetch = (address, init) => gateway.fetch(new Request(address, init), peer);
    const given = { settings, nonce: randomBytes(32).toString("base64"), fetch, now, createId: randomUUID };
    const text = toPairingCode({ gateway: url, platform: "http", id: code?.id ?? "", key: code?.key ?? "" });
    const paired = await pairShop({ ...given, code: text });
    expect(paired).toMatchObject({ gatewayUrl: url, shopId: id });
    const client = createGatewayClient({ ...paired, fetch, now, createId: randomUUID });
    expect(await client.run(aStart())).toMatchObject({ kind: "successful" });
    expect(await shops.read(id)).toMatchObject({ key: settings.showUrl, settings });
    await expect(pairShop({ ...given, nonce: randomBytes(32).toString("base64"), code: text })).rejects.toThrow(
      "was used already",
    );
  });
});

describe("what a platform sends", () => {
  const platform = (seen: string[]): HostedPlatform => {
    const http = createHttpPlatform({ fetch, now: Date.now, createId: randomUUID });
    return {
      platform: "acme",
      async findShop(request, _peer, shops) {
        return shops.find("acme", request.headers.get("acme-shop") ?? "");
      },
      async handleLifecycle(request, { address }, registry) {
        seen.push(`${request.method} ${new URL(request.url).pathname} ${address} ${await request.text()}`);
        if (!request.url.endsWith("/install")) return undefined;
        const settings = { showUrl: "https://acme.example.ch/show" };
        return Response.json({ id: await registry.save("acme", "demo.acme", settings, { secret }) });
      },
      connect: (shop) => ({ ...http.connect(shop), platform: "acme" }),
    };
  };

  it("goes to its lifecycle first, and is else a command of the shop that it finds, with its body whole", async () => {
    const seen: string[] = [];
    const { start, shops, now, urlsOf, quiet } = await open([platform(seen)]);
    const gateway = await start();
    const fetch = (path: string, init: RequestInit) => gateway.fetch(new Request(url + path, init), peer);
    const installed = await fetch("/platforms/acme/install", { method: "POST", body: "hello" });
    const { id } = (await installed.json()) as { id: ShopId };
    expect(seen).toEqual(["POST /platforms/acme/install 203.0.113.7 hello"]);
    expect(await shops.read(id)).toMatchObject({ key: "demo.acme", terms: { environment: "test", live: null } });

    const body = JSON.stringify({ kind: "return", reference: "order-1001" });
    const headers = { ...signMessage({ id: "msg", now: now(), body, secrets: [secret] }), "acme-shop": "demo.acme" };
    const answer = await fetch("/platforms/acme/payments", { method: "POST", body, headers });
    expect(await answer.json()).toMatchObject({ kind: "failed", failure: { code: "unknownPayment" } });
    expect(seen).toHaveLength(2);
    await quiet();
    expect(await urlsOf(live)).toEqual([]);
  });

  it("is taken of each caller and for each shop as often as a shop needs, then not until later", async () => {
    const { start, shops, advance } = await open([platform([])]);
    await added(shops, aShop({ platform: "acme", key: "demo.acme" }));
    const gateway = await start();
    const ask = (address: string, headers: Record<string, string> = {}) =>
      gateway.fetch(new Request(`${url}/platforms/acme/pay`, { headers }), { address, certificate: null });
    const first = await Promise.all(Array.from({ length: 60 }, () => ask("203.0.113.7")));
    expect(new Set(first.map(({ status }) => status))).toEqual(new Set([404]));
    const page = await ask("203.0.113.7", { accept: "text/html", "accept-language": "rm,de-CH;q=0.9" });
    expect([page.status, page.headers.get("retry-after")]).toEqual([429, "1"]);
    expect(await page.text()).toMatch(/<html lang="de">.*http-equiv="refresh" content="1".*zu viele Anfragen/s);
    const answer = await ask("203.0.113.7");
    expect([answer.status, await answer.json()]).toMatchObject([429, { error: { code: "busy", retryable: true } }]);
    expect((await ask("203.0.113.8")).status).toBe(404);
    await advance(1);
    expect((await ask("203.0.113.7")).status).toBe(404);

    const known = { "acme-shop": "demo.acme" };
    const ofShop = await Promise.all(Array.from({ length: 301 }, (_, number) => ask(`198.51.100.${number}`, known)));
    expect(ofShop.filter(({ status }) => status === 429)).toHaveLength(1);
  });

  it.each([
    ["/platforms/acme/payments", "no such shop"],
    ["/platforms/none/install", "no such platform here"],
  ])("to %s is refused where nobody is known", async (path, message) => {
    const { start } = await open([platform([])]);
    const gateway = await start();
    const answer = await gateway.fetch(new Request(url + path, { method: "POST", body: "{}" }), peer);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain(message);
  });

  it("connects what its own lifecycle changed without waiting", async () => {
    const { start, shops, urlsOf, quiet } = await open([
      {
        ...platform([]),
        async handleLifecycle(_request, _peer, registry) {
          await registry.disable(id);
          return new Response("removed");
        },
      },
    ]);
    const id = await added(shops, aShop());
    const gateway = await start();
    expect(await urlsOf(live)).toHaveLength(1);
    await gateway.fetch(new Request(`${url}/platforms/acme/uninstall`, { method: "POST", body: "" }), peer);
    await quiet();
    expect(await urlsOf(live)).toEqual([]);
  });
});
