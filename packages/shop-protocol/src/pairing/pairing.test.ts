import { readFileSync } from "node:fs";
import { type Pairing, PaymentError, type ShopId, type ShopRegistry } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { answerPairing, isPairing } from "../hosted/answer-pairing.ts";
import { signMessage, verifyMessage } from "../signature.ts";
import { toFault } from "../wire/fault.ts";
import { parsePairAnswer, parsePairRequest, toSharedSecret } from "./exchange.ts";
import { type PairShopSettings, pairShop } from "./pair-shop.ts";
import { type PairingCode, parsePairingCode, toPairingCode } from "./pairing-code.ts";

interface Message {
  readonly headers: Record<string, string>;
  readonly body: string;
}
interface Vectors {
  readonly code: PairingCode & { readonly text: string };
  readonly now: number;
  readonly request: Message & { readonly url: string };
  readonly answer: Message & { readonly status: number };
  readonly shop: string;
  readonly secret: string;
  readonly accepted: readonly { readonly name: string; readonly text: string }[];
  readonly refused: readonly { readonly name: string; readonly text: string }[];
}
const vectors = JSON.parse(readFileSync(new URL("../../vectors/pairing.json", import.meta.url), "utf8")) as Vectors;
const { text, ...code } = vectors.code;
const now = vectors.now * 1000;
const { nonce, settings } = parsePairRequest(JSON.parse(vectors.request.body));
const answer = parsePairAnswer(JSON.parse(vectors.answer.body));
const shop = vectors.shop as ShopId;

/** A registry that knows one code of one shop. */
function createRegistry(changes: Partial<ShopRegistry> = {}) {
  const kept: { takenBy: string | null; shop: unknown } = { takenBy: null, shop: null };
  const pairing: Pairing = { shop, key: code.key, nonce: answer.nonce };
  const registry = {
    find: async () => undefined,
    findPairing: async (platform: string, id: string) =>
      platform === code.platform && id === code.id ? pairing : undefined,
    async takePairing(_platform: string, _id: string, by: string, change: unknown) {
      if (kept.takenBy === null) Object.assign(kept, { takenBy: by, shop: change });
      return kept.takenBy;
    },
    ...changes,
  } as ShopRegistry;
  return { registry, kept };
}

const platform = {
  platform: "woocommerce",
  toKey(given: unknown) {
    const { siteUrl } = given as { siteUrl?: string };
    if (siteUrl?.startsWith("https://")) return siteUrl;
    throw new PaymentError("notConfigured", "The shop's settings must be its siteUrl.");
  },
  toDoor(given: unknown) {
    return { url: this.toKey(given) };
  },
};

/** The gateway's door, with the form of errors that the gateway gives them. */
function createGateway(registry: ShopRegistry, checkAddress?: (url: string) => void): typeof globalThis.fetch {
  return async (address, init) => {
    const request = new Request(address as URL, {
      method: "POST",
      headers: init?.headers ?? {},
      body: init?.body as string,
    });
    expect(isPairing(request, "woocommerce")).toBe(true);
    try {
      return await answerPairing(
        platform,
        { now: () => now, ...(checkAddress && { checkAddress }) },
        request,
        registry,
      );
    } catch (error) {
      return Response.json(toFault(error as PaymentError), { status: 400 });
    }
  };
}

function pair(fetch: typeof globalThis.fetch, changes: Partial<PairShopSettings> = {}) {
  return pairShop({ code: text, settings, nonce, fetch, now: () => now, createId: () => "msg_pair_1", ...changes });
}

describe("the vectors for other languages", () => {
  it("agree with both sides, to the byte", async () => {
    const { request, secret } = vectors;
    expect(parsePairingCode(text)).toEqual(code);
    expect(toPairingCode(code)).toBe(text);
    const { registry, kept } = createRegistry();
    const response = await createGateway(registry)(request.url, { headers: request.headers, body: request.body });
    expect(response.status).toBe(vectors.answer.status);
    expect(Object.fromEntries(response.headers)).toMatchObject(vectors.answer.headers);
    expect(await response.text()).toBe(vectors.answer.body);
    expect(toSharedSecret(code.key, nonce, answer.nonce)).toBe(secret);
    expect(kept.shop).toEqual({
      key: "https://shop.example.ch",
      settings,
      secrets: { secret, previousSecret: null },
    });
    const sent: RequestInit[] = [];
    const fetch: typeof globalThis.fetch = async (address, init) => {
      expect(String(address)).toBe(request.url);
      sent.push(init ?? {});
      return new Response(vectors.answer.body, { headers: vectors.answer.headers });
    };
    expect(await pair(fetch)).toEqual({ gatewayUrl: code.gateway, shopId: vectors.shop, secret });
    expect(sent[0]).toMatchObject({ body: request.body, headers: request.headers });
  });

  it.each(vectors.accepted)("takes a code $name", ({ text }) => {
    expect(parsePairingCode(text)).toEqual(code);
  });

  it.each(vectors.refused)("refuses $name, and does not repeat it", ({ text }) => {
    expect(() => parsePairingCode(text)).toThrow(/not a pairing code.*begins with cpp1\./);
    expect(() => parsePairingCode(text)).not.toThrow(/whsec_/);
  });
});

describe("pairing", () => {
  it("is done once, and a repeat of the same exchange gets the same secret", async () => {
    const { registry, kept } = createRegistry();
    const first = await pair(createGateway(registry));
    expect(await pair(createGateway(registry))).toEqual(first);
    const other = Buffer.alloc(32, 9).toString("base64");
    await expect(pair(createGateway(registry), { nonce: other })).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining("was used already. Make a new code"),
    });
    expect(kept.takenBy).toBe(nonce);
  });

  it("tells at once of an address that the gateway does not call, and leaves the code unused", async () => {
    const { registry, kept } = createRegistry();
    const asked: string[] = [];
    const checkAddress = (url: string) => {
      asked.push(url);
      throw Object.assign(new Error("It leads to a private place."), { name: "RefusedAddressError" });
    };
    await expect(pair(createGateway(registry, checkAddress))).rejects.toMatchObject({
      code: "refused",
      message: expect.stringContaining("The shop's address cannot be called. It leads to a private place."),
    });
    expect([asked, kept.takenBy]).toEqual([["https://shop.example.ch"], null]);
  });

  it.each([
    ["a code that is too old", { findPairing: async () => undefined }, {}, "refused", "too old, or was never made"],
    [
      "a code whose key was altered",
      {},
      { code: toPairingCode({ ...code, key: `whsec_${Buffer.alloc(32, 7).toString("base64")}` }) },
      "refused",
      "No signature fits",
    ],
    [
      "an address of another shop",
      { find: async () => "other" as ShopId },
      {},
      "refused",
      "has another shop at https://shop",
    ],
    ["settings that do not fit", {}, { settings: { siteUrl: "shop" } }, "refused", "must be its siteUrl"],
    ["a nonce that is too short", {}, { nonce: "AAAA" }, "refused", "nonce: must be 32 bytes in Base64"],
    ["a clock that is wrong", {}, { now: () => now + 3_600_000 }, "refused", "clocks by NTP"],
  ])("refuses %s, and takes nothing", async (_name, changes, given, errorCode, message) => {
    const { registry, kept } = createRegistry(changes);
    await expect(pair(createGateway(registry), given)).rejects.toMatchObject({
      code: errorCode,
      message: expect.stringContaining(message),
    });
    expect(kept.takenBy).toBeNull();
  });

  const signed = (body: string, id = "msg_pair_1", key = code.key): Response =>
    new Response(body, { headers: { ...signMessage({ id, now, body, secrets: [key] }) } });
  it.each([
    [
      "signed by another key",
      signed(vectors.answer.body, "msg_pair_1", vectors.secret),
      "unreadable",
      "another machine",
    ],
    ["to another request", signed(vectors.answer.body, "msg_pair_2"), "unreadable", "another machine"],
    ["without a signature", new Response(vectors.answer.body), "unreadable", "another machine"],
    ["of a later version", signed('{"kind":"later"}'), "unreadable", "version"],
    ["that is a web page", new Response("<html>", { status: 404 }), "unreadable", "not a gateway"],
    ["of a proxy", new Response("<html>", { status: 502 }), "unavailable", "not a gateway"],
  ])("does not trust an answer %s", async (_name, response, errorCode, message) => {
    await expect(pair(async () => response)).rejects.toMatchObject({
      code: errorCode,
      message: expect.stringContaining(message),
    });
  });

  it("may be tried again when the gateway is not there", async () => {
    const fetch = async (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
    await expect(pair(fetch)).rejects.toMatchObject({ code: "unreachable", retryable: true });
  });

  it("never sends the secret, nor the code's key", () => {
    for (const { body, headers } of [vectors.request, vectors.answer]) {
      const wire = body + JSON.stringify(headers);
      for (const hidden of [vectors.secret, code.key]) expect(wire).not.toContain(hidden.slice("whsec_".length));
    }
    const bytes = new TextEncoder().encode(vectors.request.body);
    const headers = new Headers(vectors.request.headers);
    expect(verifyMessage({ headers, body: bytes, secrets: [code.key], now }).verified).toBe(true);
  });
});
