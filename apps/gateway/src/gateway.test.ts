import { createHttpPlatform } from "@checkout-plugins/adapter-http";
import { createMemoryStore, type Peer, type ShopId, type Url } from "@checkout-plugins/core";
import { signMessage } from "@checkout-plugins/shop-protocol";
import { afterEach, describe, expect, it } from "vitest";
import { type ConsoleParts, createConsole } from "./console/route.ts";
import { createGateway, type Gateway, type GatewayParts } from "./gateway.ts";
import { createLogger } from "./log.ts";
import { createSystemClock } from "./system-clock.ts";
import { createTestDoor, signInCode } from "./test/test-door.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const local: Peer = { address: "127.0.0.1", certificate: null };
const elsewhere: Peer = { address: "203.0.113.7", certificate: null };
const clock = createSystemClock();

let gateway: Gateway | undefined;
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

/** A gateway whose shop has no space: what its doors do needs no service. */
function createBare(settings: Partial<GatewayParts> = {}): { gateway: Gateway; lines: string[] } {
  const lines: string[] = [];
  let count = 0;
  const createId = () => `id-${++count}`;
  gateway = createGateway({
    platforms: [createHttpPlatform({ fetch, now: Date.now, createId })],
    shops: [
      {
        platform: "http",
        settings: {
          id: "demo" as ShopId,
          settings: { showUrl: "http://localhost:2/show" },
          secrets: { get: async (name) => (name === "secret" ? secret : undefined), renew: async () => secret },
        },
        live: null,
        test: null,
        keys: { find: async () => ({ kind: "unknown" }) },
        doublePayment: "resolve",
      },
    ],
    registry: null,
    store: createMemoryStore(),
    clock,
    createId,
    random: () => 0.5,
    logger: createLogger({ level: "debug", clock, secrets: [secret], write: (line) => lines.push(line) }),
    door: createTestDoor(),
    notices: { findContact: async () => null, sendMail: null, fetch },
    ...settings,
  });
  return { gateway, lines };
}

function post(path: string, body: string, headers: Record<string, string> = {}): Request {
  return new Request(`http://localhost:4001${path}`, { method: "POST", body, headers });
}

function command(body: unknown, id = "msg_1"): Request {
  const text = JSON.stringify(body);
  return post("/shops/demo/commands", text, { ...signMessage({ id, now: Date.now(), body: text, secrets: [secret] }) });
}

async function faultOf(response: Response): Promise<{ code: string; message: string; retryable: boolean }> {
  return ((await response.json()) as { error: { code: string; message: string; retryable: boolean } }).error;
}

const back = { kind: "return", reference: "order-1001" };

describe("commands", () => {
  it("are run for the shop in the address", async () => {
    const { gateway } = createBare();
    const response = await gateway.fetch(command(back), elsewhere);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ kind: "failed", failure: { code: "unknownPayment" } });
  });

  it.each([
    ["of a shop that is not here", post("/shops/other/commands", "{}"), 404, "unknownShop", "Check the shop's id"],
    ["without a signature", post("/shops/demo/commands", "{}"), 401, "badSignature", "Send the headers"],
    ["that are none", command({ kind: "pay" }), 400, "badRequest", '"kind" is one of'],
    ["that are too long", post("/shops/demo/commands", "x".repeat(600_000)), 400, "badRequest", "longer than"],
    ["for which no space is set up", command(startOf("live")), 500, "notConfigured", "no live space"],
  ])("%s are refused, and say why", async (_name, request, status, code, text) => {
    const { gateway, lines } = createBare();
    const response = await gateway.fetch(request, elsewhere);
    expect(response.status).toBe(status);
    expect(await faultOf(response)).toMatchObject({ code, message: expect.stringContaining(text) });
    expect(lines.join()).toContain(`"code":"${code}"`);
  });

  it("run once per id, whatever the answer was", async () => {
    const { gateway } = createBare();
    const first = await gateway.fetch(command(back, "msg_7"), elsewhere);
    const repeat = await gateway.fetch(command(back, "msg_7"), elsewhere);
    expect(await repeat.text()).toBe(await first.text());
    const other = await gateway.fetch(command({ ...back, reference: "order-1002" }, "msg_7"), elsewhere);
    expect(await faultOf(other)).toMatchObject({ code: "keyReused", message: expect.stringContaining("own") });
  });
});

function startOf(environment: "live" | "test") {
  const total = { minor: 1000, currency: "CHF" };
  const line = {
    id: "1",
    type: "product",
    name: "Tasse",
    sku: null,
    quantity: "1",
    total,
    taxes: [],
    shippingRequired: true,
  };
  const order = {
    group: null,
    merchantReference: "1",
    total,
    lines: [line],
    customer: { id: null, email: null },
    billing: null,
    shipping: null,
    language: "de-CH",
  };
  return {
    kind: "start",
    reference: "order-1",
    order,
    completion: "configured",
    test: environment === "test",
    integration: "page",
    method: null,
    store: false,
    returnUrl: "https://shop.example.ch/",
    cancelUrl: null,
  };
}

describe("a fault nobody foresaw", () => {
  it("is answered without its cause, may be tried again, and stands in the log", async () => {
    const store = { ...createMemoryStore(), read: async () => Promise.reject(new Error("disk is full, key whsec_…")) };
    const { gateway, lines } = createBare({ store });
    const response = await gateway.fetch(command(back), elsewhere);
    expect(response.status).toBe(500);
    expect(await faultOf(response)).toMatchObject({ code: "internal", retryable: true });
    expect(lines.join()).toContain("disk is full");
  });
});

describe("webhooks", () => {
  it.each([
    ["without a signature", post("/shops/demo/webhooks", "{}"), 401, "no signature"],
    ["of a shop that is not here", post("/shops/other/webhooks", "{}"), 404, "no such shop"],
    ["beyond 64 KB", post("/shops/demo/webhooks", "x".repeat(70_000)), 413, "64 KiB"],
  ])("%s are refused, and say why", async (_name, request, status, text) => {
    const { gateway } = createBare();
    const response = await gateway.fetch(request, elsewhere);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
  });
});

describe("for developers", () => {
  it.each([
    ["/openapi.json", "application/json", '"openapi":"3.1.1"'],
    ["/reference", "text/html; charset=UTF-8", '<section id="RefundCommand">'],
  ])("%s is open to all, and holds no script", async (path, type, text) => {
    const { gateway } = createBare();
    const response = await gateway.fetch(new Request(`http://localhost:4001${path}`), elsewhere);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    const body = await response.text();
    expect(body).toContain(text);
    expect(body).not.toMatch(/<script|<style| style=|undefined|\[object/);
  });
});

describe("health", () => {
  const get = (path: string) => new Request(`http://localhost:4001${path}`);

  it("is alive from the first moment, ready while it works", async () => {
    const { gateway } = createBare();
    expect((await gateway.fetch(get("/healthz"), elsewhere)).status).toBe(200);
    expect((await gateway.fetch(get("/readyz"), elsewhere)).status).toBe(503);
    await gateway.start("http://localhost:4001" as Url);
    expect((await gateway.fetch(get("/readyz"), elsewhere)).status).toBe(200);
    await gateway.stop();
    expect((await gateway.fetch(get("/readyz"), elsewhere)).status).toBe(503);
    expect((await gateway.fetch(get("/healthz"), elsewhere)).status).toBe(200);
  });

  it("knows no other address", async () => {
    const { gateway } = createBare();
    expect((await gateway.fetch(get("/admin"), local)).status).toBe(404);
  });
});

/** Those that the console answers, read from itself, so that a new one cannot be left out of the matrix. */
const consoleRoutes = createConsole({ door: createTestDoor() } as unknown as ConsoleParts).routes.filter(
  ({ method, path }) => method !== "ALL" && path !== "/console.css",
);

describe("the console", () => {
  const page = (headers: Record<string, string> = {}, url = "http://localhost:4001/") => new Request(url, { headers });

  it("opens to a browser on this machine, under a strict policy", async () => {
    const { gateway } = createBare();
    const response = await gateway.fetch(page(), local);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.text()).not.toMatch(/<script|<style| style=/);
    const style = await gateway.fetch(new Request("http://localhost:4001/console.css"), local);
    expect(style.headers.get("content-type")).toBe("text/css; charset=utf-8");
  });

  it.each([
    ["fr-CH,fr;q=0.9,en;q=0.8", "", "fr"],
    ["it", "", "it"],
    ["pt-BR", "", "en"],
    ["fr", "?lang=de", "de"],
    ["fr", "?lang=xx", "fr"],
  ])("speaks to a reader of %s%s in %s", async (accepted, query, language) => {
    const { gateway } = createBare();
    const request = page({ "accept-language": accepted }, `http://localhost:4001/${query}`);
    expect(await (await gateway.fetch(request, local)).text()).toContain(`<html lang="${language}">`);
  });

  it.each([
    ["another machine", page(), elsewhere],
    ["a proxy on this machine", page({ "x-forwarded-for": "203.0.113.7" }), local],
    ["a name that was made to lead here", page({}, "http://evil.example/"), local],
  ])("asks %s to sign in", async (_name, request, peer) => {
    const { gateway } = createBare();
    const response = await gateway.fetch(request, peer);
    expect(response.status).toBe(401);
    expect(await response.text()).toMatch(/action="\/manage\/sign-in".*name="to" value="\/"/s);
  });

  it("opens everywhere to who signed in with the password, once one is set, and to nobody else", async () => {
    const { gateway } = createBare({ door: createTestDoor({ password }) });
    expect((await gateway.fetch(page(), local)).status).toBe(401);
    expect((await signIn(gateway, "wrong horse battery")).status).toBe(401);
    const { status, headers, cookie } = await signIn(gateway, password);
    expect([status, headers.get("location")]).toEqual([303, "/"]);
    const response = await gateway.fetch(page({ cookie }), elsewhere);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('action="/manage/sign-out"');
  });

  it("opens by the code of the screen too, where there is no password", async () => {
    const { gateway } = createBare();
    const { cookie } = await signIn(gateway, signInCode);
    expect((await gateway.fetch(page({ cookie }), elsewhere)).status).toBe(200);
    const start = await gateway.fetch(page({}, "http://localhost:4001/manage"), elsewhere);
    expect([start.status, start.headers.get("location")]).toEqual([303, "/manage/sign-in"]);
  });

  const password = "correct horse battery";
  const own = { origin: "http://localhost:4001", host: "localhost:4001", "sec-fetch-site": "same-origin" };
  /** As a browser does, from another machine. */
  async function signIn(gateway: Gateway, secret: string) {
    const body = new URLSearchParams({ secret, to: "/" }).toString();
    const type = { "content-type": "application/x-www-form-urlencoded", "content-length": String(body.length) };
    const request = new Request("http://localhost:4001/manage/sign-in", {
      method: "POST",
      headers: { ...own, ...type },
      body,
    });
    const { status, headers } = await gateway.fetch(request, elsewhere);
    const cookie = headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const shown = await gateway.fetch(page({ cookie }), elsewhere);
    return { status, headers, cookie, token: /name="token" value="([^"]+)"/.exec(await shown.text())?.[1] ?? "" };
  }

  describe("T10: what acts", () => {
    const act = (headers: Record<string, string>, form: Record<string, string> = {}) =>
      new Request("http://localhost:4001/console/shops/demo/test-message", {
        method: "POST",
        headers,
        body: new URLSearchParams(form),
      });
    const from = (origin: string) => ({ ...own, origin });

    it.each([
      ["without a session", own, "none", 401],
      ["with somebody else's session", own, "strange", 401],
      ["from another page", from("https://evil.example"), "ours", 403],
      ["from another page of the same machine", from("http://localhost:9999"), "ours", 403],
      ["from a frame elsewhere", { ...own, "sec-fetch-site": "cross-site" }, "ours", 403],
      ["without an origin", { host: "localhost:4001" }, "ours", 403],
      ["from nowhere", from("null"), "ours", 403],
      ["without the form's token", own, "no token", 403],
      ["from the console", own, "ours", 200],
    ])("%s is answered as it deserves", async (_name, headers, session, status) => {
      const { gateway } = createBare({ door: createTestDoor({ password }) });
      const { cookie, token } = await signIn(gateway, password);
      const other = await signIn(createBare({ door: createTestDoor({ password }) }).gateway, password);
      const cookies = { none: "", strange: other.cookie }[session] ?? cookie;
      const form: Record<string, string> = session === "no token" ? {} : { token };
      expect((await gateway.fetch(act({ ...headers, cookie: cookies }, form), elsewhere)).status).toBe(status);
    });

    it("every address of the console is closed to whoever may not enter, and what acts is closed to other pages", async () => {
      const { gateway } = createBare({ door: createTestDoor({ password }) });
      const { cookie } = await signIn(gateway, password);
      expect(consoleRoutes.map(({ method }) => method)).toContain("POST");
      for (const { method, path } of consoleRoutes) {
        const ask = async (headers: Record<string, string>): Promise<number> => {
          const url = `http://localhost:4001${path.replace(":shop", "demo")}`;
          return (await gateway.fetch(new Request(url, { method, headers }), elsewhere)).status;
        };
        const basic = `Basic ${btoa(`owner:${password}`)}`;
        expect([method, path, await ask(own)]).toEqual([method, path, 401]);
        expect([method, path, await ask({ ...own, authorization: basic })]).toEqual([method, path, 401]);
        expect([method, path, await ask({ ...own, cookie: `${cookie}x` })]).toEqual([method, path, 401]);
        const foreign = method === "GET" ? 200 : 403;
        const evil = { ...own, cookie, origin: "https://evil.example" };
        expect([method, path, await ask(evil)]).toEqual([method, path, foreign]);
        expect([method, path, await ask({ cookie, host: "localhost:4001" })]).toEqual([method, path, foreign]);
      }
    });

    it("a buyer is told what is kept of him, and forgotten, and only when all was filled in", async () => {
      const store = createMemoryStore();
      const { gateway } = createBare({ store });
      const send = (path: string, form: Record<string, string>) =>
        gateway.fetch(
          new Request(`http://localhost:4001/console/buyers/${path}`, {
            method: "POST",
            headers: own,
            body: new URLSearchParams(form),
          }),
          local,
        );
      const row = await store.open("p1" as never, "demo" as ShopId, "order-1" as never, null, clock.now());
      const lease = await store.lease(row.id, "setup", clock.now(), clock.now());
      const { order } = startOf("live");
      const buyer = { ...order, customer: { id: "88", email: "erika@example.ch" } };
      await store.saveAttempt(
        lease as never,
        { id: "a", space: "1", transaction: null, order: buyer, on: clock.now() } as never,
      );
      await store.release(lease as never);
      const by = { shop: "demo", by: "email", value: " Erika@example.ch " };
      const told = await send("export", by);
      expect(told.headers.get("content-disposition")).toContain("attachment");
      expect(await told.json()).toMatchObject([{ row: { reference: "order-1" } }]);
      for (const form of [{}, { ...by, shop: "other" }, { ...by, by: "name" }, { ...by, value: " " }]) {
        expect((await send("export", form as Record<string, string>)).status).toBe(400);
      }
      expect((await send("erase", by)).status).toBe(400);
      expect((await send("erase", { ...by, value: "x".repeat(5000) })).status).toBe(413);
      expect(await (await send("erase", { ...by, sure: "yes" })).text()).toMatch(/Payments changed: 1/);
      expect(await (await send("export", by)).json()).toEqual([]);
    });

    it("for a shop that is not here does nothing", async () => {
      const { gateway } = createBare();
      const request = new Request("http://localhost:4001/console/shops/other/test-message", {
        method: "POST",
        headers: own,
      });
      expect((await gateway.fetch(request, local)).status).toBe(404);
    });

    it("tells what came of a test message", async () => {
      const sent: string[] = [];
      const contact = {
        language: "de",
        email: "owner@example.ch",
        webhook: { url: "https://erp.example.ch", secrets: [secret] },
      } as const;
      const { gateway } = createBare({
        notices: {
          findContact: async () => contact,
          sendMail: async ({ to, subject }) => void sent.push(`${to} ${subject}`),
          fetch: async () => new Response(null, { status: 503 }),
        },
      });
      const answer = await gateway.fetch(act({ ...own, "accept-language": "de" }), local);
      expect(sent).toEqual(["owner@example.ch demo: Testnachricht Ihres Zahlungs-Gateways"]);
      expect(await answer.text()).toMatch(
        /E-Mail an:\s+angenommen.*Webhook an:\s+nicht angenommen:.*It answered 503\./s,
      );
    });
  });
});
