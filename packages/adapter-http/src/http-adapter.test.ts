import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import type { HostedShopAdapter, Json, Payment, Peer, ShopId, Shown } from "@checkout-plugins/core";
import { createShopDoor, type ShowMessage, signMessage } from "@checkout-plugins/shop-protocol";
import { type ServerType, serve } from "@hono/node-server";
import { afterEach, describe, expect, it } from "vitest";
import { createHttpPlatform } from "./http-adapter.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const newer = `whsec_${Buffer.alloc(32, 1).toString("base64")}`;
const now = Date.parse("2026-02-03T09:00:00Z");
const peer: Peer = { address: "127.0.0.1", certificate: null };
const vectors = new URL("../../shop-protocol/vectors/show.json", import.meta.url);
const { messages, answers } = JSON.parse(readFileSync(vectors, "utf8")) as {
  readonly messages: readonly [{ readonly message: ShowMessage }];
  readonly answers: readonly Shown<Json>[];
};
const { payment, receipt } = messages[0].message;

const servers: ServerType[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await new Promise((done) => {
      server.close(done);
      if ("closeAllConnections" in server) server.closeAllConnections();
    });
  }
});

async function listen(fetch: (request: Request) => Response | Promise<Response>): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<AddressInfo>();
  servers.push(serve({ fetch, port: 0, hostname: "127.0.0.1" }, resolve));
  return `http://127.0.0.1:${(await promise).port}/show`;
}

function connect(showUrl: string, secrets: Record<string, string> = { secret }): HostedShopAdapter {
  let count = 0;
  const platform = createHttpPlatform({ fetch, now: () => now, createId: () => `msg_${++count}` });
  return platform.connect({
    id: "demo" as ShopId,
    settings: { showUrl },
    secrets: { get: async (name) => secrets[name], renew: (_name, _seen, renewal) => renewal() },
  });
}

async function show(adapter: HostedShopAdapter, signal = AbortSignal.timeout(10_000)): Promise<Shown<Json>> {
  return adapter.showPayment(payment, receipt, signal);
}

describe("showPayment", () => {
  it.each(answers)("brings the payment to the shop's door and back its answer: $kind", async (answer) => {
    const seen: { payment: Payment; receipt: Json | null }[] = [];
    const door = createShopDoor({
      secrets: [secret],
      now: () => now,
      async show(payment, receipt) {
        seen.push({ payment, receipt });
        return answer;
      },
    });
    expect(await show(connect(await listen(door)))).toEqual(answer);
    expect(seen).toEqual([{ payment, receipt }]);
  });

  it("is understood by a shop that still knows only the secret being replaced", async () => {
    const door = createShopDoor({ secrets: [secret], now: () => now, show: async () => ({ kind: "notReady" }) });
    const url = await listen(door);
    expect(await show(connect(url, { secret: newer, previousSecret: secret }))).toEqual({ kind: "notReady" });
    await expect(show(connect(url, { secret: newer }))).rejects.toThrow(/refused our signature.*same secret/);
  });

  it("takes 503 with Retry-After as: not ready", async () => {
    const url = await listen(() => new Response("Maintenance", { status: 503, headers: { "retry-after": "600" } }));
    expect(await show(connect(url))).toEqual({ kind: "notReady", retryAfter: 600 });
  });

  it.each([
    ["a missing page", () => new Response("", { status: 404 }), /nothing at http.*correct its showUrl/],
    ["a redirect", () => new Response("", { status: 301, headers: { location: "/login" } }), /redirects from/],
    ["a crash", () => new Response("<h1>Oops</h1>", { status: 500 }), /answered 500 .*gave no reason/],
    ["a page", () => new Response("<h1>Hello</h1>"), /not JSON/],
    ["another answer", () => Response.json({ kind: "done" }), /"kind" is one of shown/],
    ["too long an answer", () => new Response("x".repeat(300_000)), /broke off its answer/],
  ])("says of %s what to mend, and is tried again", async (_name, answer, text) => {
    const failing = show(connect(await listen(answer)));
    await expect(failing).rejects.toMatchObject({ code: "shopUnavailable", retryable: true });
    await expect(failing).rejects.toThrow(text);
  });

  it("says that a shop is not there", async () => {
    const url = await listen(() => new Response());
    await new Promise((done) => servers.pop()?.close(done));
    await expect(show(connect(url))).rejects.toThrow(/cannot be reached.*Is it running/);
  });

  it("stops at the signal", async () => {
    const started = Promise.withResolvers<void>();
    const url = await listen(() => {
      started.resolve();
      return new Promise(() => {});
    });
    const stop = new AbortController();
    const failing = show(connect(url), stop.signal);
    failing.catch(() => {});
    await started.promise;
    stop.abort();
    await expect(failing).rejects.toThrow(/did not answer in time/);
  });
});

function post(body: string, headers: Record<string, string>): Request {
  return new Request("http://gateway.test/shops/demo/commands", { method: "POST", headers, body });
}
const body = JSON.stringify({ kind: "return", reference: "order-1001" });
const signed = { ...signMessage({ id: "msg_1", now, body, secrets: [secret] }) };

describe("readCommand", () => {
  it("reads what the shop signed, with the new or the old secret", async () => {
    const read = connect("http://shop.test", { secret: newer, previousSecret: secret }).readCommand(
      post(body, signed),
      peer,
    );
    expect(await read).toEqual({ kind: "return", reference: "order-1001" });
  });

  it.each([
    ["an unsigned command", post(body, {}), "badSignature", /Send the headers/],
    ["an altered command", post(body.replace("1001", "1002"), signed), "badSignature", /Compare the secret/],
    [
      "a signed command that is none",
      post("[]", { ...signMessage({ id: "m", now, body: "[]", secrets: [secret] }) }),
      "badRequest",
      /"kind"/,
    ],
    ["a command beyond 512 KB", post("x".repeat(600_000), signed), "badRequest", /longer than/],
  ])("refuses %s", async (_name, request, code, text) => {
    const reading = connect("http://shop.test").readCommand(request, peer);
    await expect(reading).rejects.toMatchObject({ code });
    await expect(reading).rejects.toThrow(text);
  });

  it.each([[{}], [{ secret: "hunter2" }]])("says how to make a secret when it has %j", async (secrets) => {
    const reading = connect("http://shop.test", secrets).readCommand(post(body, signed), peer);
    await expect(reading).rejects.toMatchObject({ code: "notConfigured" });
    await expect(reading).rejects.toThrow(/openssl rand/);
    await expect(reading).rejects.not.toThrow(/hunter2/);
  });
});

describe("createHttpPlatform", () => {
  const platform = createHttpPlatform({ fetch, now: () => now, createId: () => "msg_1" });

  it.each([
    ["http://gateway.test/shops/demo/commands", "demo"],
    ["http://gateway.test/shops/my-shop_2/webhooks?x=1", "my-shop_2"],
    ["http://gateway.test/shops/", undefined],
    ["http://gateway.test/shops/a%2Fb/commands", undefined],
    [`http://gateway.test/shops/${"x".repeat(101)}/commands`, undefined],
    ["http://gateway.test/", undefined],
  ])("finds in %s the shop %s", async (url, shop) => {
    expect(await platform.findShop(new Request(url), peer, { find: async () => undefined })).toBe(shop);
  });

  it.each([
    [null],
    [{}],
    [{ showUrl: "shop" }],
    [{ showUrl: "ftp://shop.test" }],
    [{ showUrl: "http://shop.test", other: 1 }],
  ])("does not connect a shop with the settings %j", (settings) => {
    const secrets = { get: async () => secret, renew: async () => secret };
    expect(() => platform.connect({ id: "demo" as ShopId, settings, secrets })).toThrow(/must be its showUrl/);
  });

  it("answers a command with its result", async () => {
    const command = { kind: "forget", customer: "88", means: "1" };
    const done = { kind: "forget", command, result: { kind: "successful", answer: null, payment: null } };
    const response = connect("http://shop.test").writeResult(done as Parameters<HostedShopAdapter["writeResult"]>[0]);
    expect(await response.json()).toEqual(done.result);
  });
});
