import type { IncomingMessage } from "node:http";
import { Agent, createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import type { Peer } from "@checkout-plugins/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPeerReader, toTlsOptions } from "./peer.ts";
import { type Authority, type Certified, createAuthority } from "./testing/certificates.ts";

const now = Date.now();
const day = 24 * 60 * 60 * 1000;
const header = "x-client-cert";
let shopify: Authority;
let stranger: Authority;
let server: ReturnType<typeof createServer>;
let port = 0;
const seen: Peer[] = [];

beforeAll(async () => {
  [shopify, stranger] = await Promise.all([createAuthority("Shopify", now), createAuthority("Stranger", now)]);
  const own = await stranger.issue("localhost", { use: "server" });
  const readPeer = createPeerReader({ ca: shopify.chain, proxies: [], header, now: () => now });
  server = createServer(toTlsOptions({ ca: shopify.chain }, own), (incoming, response) => {
    seen.push(readPeer(incoming));
    response.end();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((done) => server.close(done)));

/** What our server takes the other end of this connection for. */
async function connect(client: Certified | null, headers: Record<string, string> = {}): Promise<Peer | undefined> {
  const agent = new Agent({ ca: [...stranger.chain], servername: "localhost", ...client });
  await new Promise<void>((done, failed) => {
    request({ host: "127.0.0.1", port, agent, headers }, (response) => response.resume().on("end", done))
      .on("error", failed)
      .end();
  });
  agent.destroy();
  return seen.at(-1);
}

const withChain = (one: Certified, { chain }: Authority): Certified => ({ ...one, cert: `${one.cert}\n${chain[1]}` });

describe("over TLS", () => {
  it("Shopify is known by its certificate", async () => {
    const peer = await connect(await shopify.issue("shopify-client"));
    expect(peer?.certificate).toMatchObject({ subject: "CN=shopify-client", issuer: "CN=Shopify Intermediate" });
  });

  it("Shopify's next certificate is known too: the chain is pinned, not the leaf", async () => {
    const [first, second] = [await connect(await shopify.issue("one")), await connect(await shopify.issue("two"))];
    expect([first?.certificate?.subject, second?.certificate?.subject]).toEqual(["CN=one", "CN=two"]);
  });

  it("a buyer without a certificate is let in, as nobody", async () => {
    expect((await connect(null))?.certificate).toBeNull();
  });

  it("a certificate of another authority is none, with its whole chain too", async () => {
    const strange = await stranger.issue("shopify-client");
    expect((await connect(strange))?.certificate).toBeNull();
    expect((await connect(withChain(strange, stranger)))?.certificate).toBeNull();
  });

  it("an expired certificate is none", async () => {
    const old = await shopify.issue("shopify-client", {
      notBefore: new Date(now - 20 * day),
      notAfter: new Date(now - day),
    });
    expect((await connect(old))?.certificate).toBeNull();
  });

  it("a header is no certificate", async () => {
    const { cert } = await shopify.issue("shopify-client");
    expect((await connect(null, { [header]: encodeURIComponent(cert) }))?.certificate).toBeNull();
  });
});

describe("behind a proxy", () => {
  const read = (value: string | undefined, address = "10.0.0.5", at = now) => {
    const trust = { ca: shopify.chain, proxies: ["10.0.0.5"], header: "X-Client-Cert", now: () => at };
    const incoming = { socket: { remoteAddress: address }, headers: value === undefined ? {} : { [header]: value } };
    return createPeerReader(trust)(incoming as unknown as IncomingMessage).certificate;
  };
  const forwarded = async (authority: Authority, changes?: Parameters<Authority["issue"]>[1]) =>
    encodeURIComponent((await authority.issue("shopify-client", changes)).cert);

  it("the certificate that it passes on counts, also over an IPv6 socket", async () => {
    const value = await forwarded(shopify);
    expect(read(value)?.subject).toBe("CN=shopify-client");
    expect(read(value, "::ffff:10.0.0.5")?.subject).toBe("CN=shopify-client");
  });

  it("the same header from anybody else counts for nothing", async () => {
    expect(read(await forwarded(shopify), "10.0.0.6")).toBeNull();
  });

  it.each<[string, () => Promise<string | undefined>]>([
    ["another authority's", () => forwarded(stranger)],
    [
      "an expired one",
      () => forwarded(shopify, { notBefore: new Date(now - 20 * day), notAfter: new Date(now - day) }),
    ],
    ["one that is not valid yet", () => forwarded(shopify, { notBefore: new Date(now + day) })],
    ["a server's", () => forwarded(shopify, { use: "server" })],
    ["the intermediate itself", async () => encodeURIComponent(shopify.chain[1] ?? "")],
    ["nonsense", async () => "MIIB"],
    ["broken encoding", async () => "%E0%A4%A"],
    ["none", async () => undefined],
  ])("%s is none", async (_what, create) => {
    expect(read(await create())).toBeNull();
  });

  it.each([
    ["the one that it speaks for", "203.0.113.7", "203.0.113.7"],
    ["what a stranger wrote before it", "198.51.100.1, 203.0.113.7", "203.0.113.7"],
    ["a second proxy of ours after it", "203.0.113.7, ::ffff:10.0.0.5", "203.0.113.7"],
    ["nothing", undefined, "10.0.0.5"],
    ["no address", "203.0.113.7, unknown", "10.0.0.5"],
    ["proxies only", "10.0.0.5", "10.0.0.5"],
  ])("names as the caller, for %s", (_what, forwarded, caller) => {
    const readPeer = createPeerReader({ ca: [], proxies: ["10.0.0.5"], header, now: () => now });
    const from = (remoteAddress: string) =>
      readPeer({ socket: { remoteAddress }, headers: { "x-forwarded-for": forwarded } } as unknown as IncomingMessage);
    expect(from("10.0.0.5").address).toBe(caller);
    expect(from("10.0.0.6").address).toBe("10.0.0.6");
  });

  it("nothing is trusted without a chain", async () => {
    const incoming = { socket: { remoteAddress: "10.0.0.5" }, headers: { [header]: await forwarded(shopify) } };
    const reader = createPeerReader({ ca: [], proxies: ["10.0.0.5"], header, now: () => now });
    expect(reader(incoming as unknown as IncomingMessage).certificate).toBeNull();
  });
});
