import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { connect } from "node:tls";
import { getRequestListener } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMtlsFetch } from "./mock/index.ts";
import { createPeerReader, toTlsOptions } from "./peer.ts";
import { type Bench, createBench } from "./testing/bench.ts";
import { type Authority, type Certified, createAuthority } from "./testing/certificates.ts";
import { type Certificates, createCertificates, header } from "./testing/test-shop.ts";

const now = Date.now();
const day = 24 * 60 * 60 * 1000;
let certificates: Certificates;
let web: Authority;
let bench: Bench;
let server: ReturnType<typeof createServer>;
let url = "";

beforeAll(async () => {
  certificates = await createCertificates(now);
  web = await createAuthority("Web", now);
  bench = await createBench({ certificates });
  const own = await web.issue("localhost", { use: "server" });
  const ca = certificates.shopify.chain;
  const readPeer = createPeerReader({ ca, proxies: [], header, now: () => now });
  const listener = getRequestListener(async (request, env) => {
    const { incoming } = env as { readonly incoming: Parameters<typeof readPeer>[0] };
    // The bench believes this header, as behind a proxy; here there is none.
    const headers = new Headers(request.headers);
    headers.delete(header);
    const body = await request.text();
    return bench.gateway(new Request(request.url, { method: request.method, headers, body }), readPeer(incoming));
  });
  server = createServer(toTlsOptions({ ca }, { ...own, cert: `${own.cert}\n${web.chain[1]}` }), listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await bench.close();
  await new Promise((done) => server.close(done));
});

/** A payment session over TLS, as this client sends it. */
async function pay(client: Certified | null, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const id = `s${Math.trunc(performance.now() * 1000)}`;
  const body = {
    id,
    gid: `gid://shopify/PaymentSession/${id}`,
    group: id,
    amount: "1.00",
    currency: "CHF",
    test: false,
    kind: "sale",
  };
  const request = bench.mock.toRequest({ kind: "payment", body });
  for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
  const fetch = createMtlsFetch({ client, ca: [web.chain[0] ?? ""] });
  const path = new URL(request.url).pathname;
  const answer = await fetch(url + path, { method: "POST", headers: request.headers, body: await request.text() });
  return answer.status;
}

/** Asks over one connection, which takes up an earlier one's TLS session. Answers the status, and the session. */
async function resume(client: Certified | null, session: Buffer | undefined) {
  const { port } = server.address() as AddressInfo;
  const own = client === null ? {} : { cert: client.cert, key: client.key };
  const socket = connect({ host: "127.0.0.1", port, servername: "localhost", ca: web.chain[0], session, ...own });
  const kept: Buffer[] = [];
  let answer = "";
  let isResumed = false;
  socket.on("secureConnect", () => {
    isResumed = socket.isSessionReused();
  });
  socket.on("session", (one) => kept.push(one));
  socket.on("data", (chunk) => {
    answer += chunk.toString();
  });
  const request = bench.mock.toRequest({
    kind: "void",
    body: { id: "v", gid: "gid://shopify/VoidSession/v", payment_id: "p" },
  });
  const body = await request.text();
  const headers = [...request.headers].map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const path = new URL(request.url).pathname;
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: localhost\r\n${headers}content-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  );
  await new Promise((done) => socket.on("close", done));
  return { status: Number(answer.split(" ")[1]), isResumed, session: kept.at(-1) };
}

describe("a payment session over TLS", () => {
  it("is taken from Shopify, whichever certificate of its chain it shows", async () => {
    for (const name of ["this year's", "next year's"]) {
      expect(await pay(await certificates.shopify.issue(name))).toBe(200);
    }
  });

  it.each<[string, () => Promise<Certified | null>]>([
    ["without a certificate", async () => null],
    ["with one of another authority", () => certificates.stranger.issue("shopify-client")],
    [
      "with one that is expired",
      () => certificates.shopify.issue("old", { notBefore: new Date(now - 20 * day), notAfter: new Date(now - day) }),
    ],
  ])("is refused %s, and nothing is begun", async (_what, create) => {
    const before = (await bench.control.transactions()).length;
    expect(await pay(await create())).toBe(401);
    expect(await bench.control.transactions()).toHaveLength(before);
  });

  it("is refused with a header in the place of a certificate", async () => {
    const headers = { [header]: encodeURIComponent(certificates.genuine) };
    expect(await pay(null, headers)).toBe(401);
  });

  it.each<[string, () => Promise<Certified | null>, number]>([
    ["of Shopify is Shopify's", () => certificates.shopify.issue("shopify-client"), 404],
    ["without a certificate is nobody's", async () => null, 401],
    ["with another authority's certificate is nobody's", () => certificates.stranger.issue("shopify-client"), 401],
  ])("over a resumed connection %s", async (_what, create, status) => {
    const client = await create();
    const first = await resume(client, undefined);
    const second = await resume(client, first.session);
    expect([first.status, second.status, second.isResumed]).toEqual([status, status, true]);
  });
});
