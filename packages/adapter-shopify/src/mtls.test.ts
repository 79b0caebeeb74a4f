import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
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
});
