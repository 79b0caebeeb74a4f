import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { HostedShopAdapter, Json, Payment, Peer, ShopId } from "@checkout-plugins/core";
import { type ShowMessage, signMessage, verifyMessage } from "@checkout-plugins/shop-protocol";
import { afterEach, describe, expect, it } from "vitest";
import { createWoocommercePlatform, toPairingCode } from "./index.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const now = Date.parse("2026-02-03T09:00:00Z");
const peer: Peer = { address: "127.0.0.1", certificate: null };
const vectors = new URL("../../shop-protocol/vectors/show.json", import.meta.url);
const { messages } = JSON.parse(readFileSync(vectors, "utf8")) as {
  readonly messages: readonly { readonly message: ShowMessage }[];
};
const payment = messages[1]?.message.payment as Payment;

/** WordPress, as the wire shows it. */
interface Door {
  readonly url: string;
  readonly seen: { readonly url: string; readonly isSigned: boolean; readonly body: Json }[];
}

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
});

async function openDoor(answer: (response: ServerResponse) => void): Promise<Door> {
  const seen: Door["seen"] = [];
  const server = createServer(async (request, response) => {
    seen.push(await read(request));
    answer(response.setHeader("connection", "close"));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { readonly port: number };
  return { url: `http://127.0.0.1:${port}`, seen };
}

async function read(request: IncomingMessage): Promise<Door["seen"][number]> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const body = Buffer.concat(chunks);
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const { verified } = verifyMessage({ headers, body, secrets: [secret], now });
  return { url: request.url ?? "", isSigned: verified, body: JSON.parse(body.toString("utf8")) as Json };
}

const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { "content-type": "application/json; charset=UTF-8" }).end(JSON.stringify(body));
};
const page =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, { "content-type": "text/html", ...headers }).end("<!doctype html><title>Shop</title>");
  };

function connect(siteUrl: string): HostedShopAdapter {
  const platform = createWoocommercePlatform({ fetch, now: () => now, createId: () => "msg_1" });
  const secrets = { get: async (name: string) => (name === "secret" ? secret : undefined), renew: async () => secret };
  return platform.connect({ id: "shop" as ShopId, settings: { siteUrl }, secrets });
}
const show = (adapter: HostedShopAdapter) => adapter.showPayment(payment, null, AbortSignal.timeout(10_000));

describe("showPayment", () => {
  it("tells WordPress's REST interface, with any permalinks, signed", async () => {
    const receipt = { revision: 3, status: "processing" };
    const door = await openDoor(json(200, { kind: "shown", receipt }));
    expect(await show(connect(`${door.url}/shop/`))).toEqual({ kind: "shown", receipt });
    expect(door.seen).toEqual([
      {
        url: "/shop/?rest_route=/checkout-plugins/v1/payments",
        isSigned: true,
        body: { kind: "showPayment", payment, receipt: null },
      },
    ]);
  });

  it("takes WordPress's maintenance page as: not ready", async () => {
    const door = await openDoor(page(503, { "retry-after": "600" }));
    expect(await show(connect(door.url))).toEqual({ kind: "notReady", retryAfter: 600 });
  });

  it.each([
    [
      "no plugin",
      json(404, { code: "rest_no_route", message: "No route was found", data: { status: 404 } }),
      /is the plugin active/,
    ],
    ["another host name", page(301, { location: "https://www.shop.test/" }), /https, with or without www/],
    ["a login page", page(200), /security plugin, a password or a maintenance page/],
    ["a security plugin", json(403, { code: "rest_forbidden", message: "No.", data: { status: 403 } }), /answered 403/],
    [
      "another secret",
      json(401, {
        error: { code: "badSignature", message: "No signature fits.", publicMessage: "", retryable: false },
      }),
      /No signature fits\. Both sides need the same secret/,
    ],
  ])("says of %s what to mend, and is tried again", async (_name, answer, text) => {
    const failing = show(connect((await openDoor(answer)).url));
    await expect(failing).rejects.toMatchObject({ code: "shopUnavailable", retryable: true });
    await expect(failing).rejects.toThrow(text);
  });
});

describe("readCommand", () => {
  it("reads what the plugin signed, and nothing else", async () => {
    const body = JSON.stringify({ kind: "return", reference: "order-7" });
    const url = "http://gateway.test/shops/shop/commands";
    const headers = { ...signMessage({ id: "m", now, body, secrets: [secret] }) };
    const adapter = connect("http://shop.test");
    expect(await adapter.readCommand(new Request(url, { method: "POST", body, headers }), peer)).toEqual(
      JSON.parse(body),
    );
    const unsigned = adapter.readCommand(new Request(url, { method: "POST", body }), peer);
    await expect(unsigned).rejects.toMatchObject({ code: "badSignature" });
  });
});

describe("settings", () => {
  it.each([
    [null],
    [{}],
    [{ siteUrl: "shop.test" }],
    [{ siteUrl: "https://shop.test/?p=1" }],
    [{ siteUrl: "https://a.test", x: 1 }],
  ])("%j are refused with what they must be", (settings) => {
    const platform = createWoocommercePlatform({ fetch, now: () => now, createId: () => "m" });
    const secrets = { get: async () => secret, renew: async () => secret };
    expect(() => platform.connect({ id: "s" as ShopId, settings, secrets })).toThrow(/must be its siteUrl/);
  });
});

describe("toPairingCode", () => {
  it("holds what the plugin reads, and never tells a wrong secret", () => {
    const code = toPairingCode({ gatewayUrl: "https://pay.example.ch/", shopId: "my-shop", secret });
    expect(code).toMatch(/^cpw1\.[A-Za-z0-9_-]+$/);
    expect(JSON.parse(Buffer.from(code.slice(5), "base64url").toString())).toEqual({
      gateway: "https://pay.example.ch",
      shop: "my-shop",
      secret,
    });
    const wrong = () => toPairingCode({ gatewayUrl: "https://pay.example.ch", shopId: "a b", secret });
    expect(wrong).toThrow(/letters, digits/);
    expect(() => toPairingCode({ gatewayUrl: "https://pay.example.ch", shopId: "a", secret: "hunter2" })).toThrow(
      /whsec_/,
    );
    expect(() => toPairingCode({ gatewayUrl: "https://pay.example.ch", shopId: "a", secret: "hunter2" })).not.toThrow(
      /hunter2/,
    );
  });
});
