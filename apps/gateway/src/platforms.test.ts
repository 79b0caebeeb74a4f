import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type LookupFunction } from "node:net";
import { createMemoryStore, type Json, type Payment, type ShopId } from "@checkout-plugins/core";
import { afterEach, describe, expect, it } from "vitest";
import { createAddressGuard } from "./addresses/guarded-fetch.ts";
import { createLogger } from "./log.ts";
import { createPlatforms } from "./platforms.ts";
import { createSystemClock } from "./system-clock.ts";

const secrets: Readonly<Record<string, string>> = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  clientSecret: "shpss_0123456789abcdef",
};
const doors: readonly (readonly [platform: string, toSettings: (port: number) => Json])[] = [
  ["http", (port) => ({ showUrl: `https://shop.example.ch:${port}/show` })],
  ["woocommerce", (port) => ({ siteUrl: `https://shop.example.ch:${port}` })],
  ["shopify", () => ({ mode: "customApp", shop: "alpenladen.myshopify.com", clientId: "c", paymentMethod: "Karten" })],
];
const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** All platforms as the gateway has them, where every name leads to this machine, at which somebody listens. */
async function open(allowPrivate: boolean, leadTo: (lookup: number) => string) {
  const seen = { connections: 0, names: [] as string[] };
  const canary = createServer((socket) => {
    seen.connections += 1;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await once(canary, "listening");
  ends.push(() => canary.close());
  const { port } = canary.address() as AddressInfo;
  const lookup: LookupFunction = (name, options, answer) => {
    seen.names.push(name);
    const address = leadTo(seen.names.length);
    if (options.all === true) answer(null, [{ address, family: 4 }]);
    else answer(null, address, 4);
  };
  const clock = createSystemClock();
  const platforms = createPlatforms(
    { shopify: { app: null } },
    {
      addresses: createAddressGuard({ allowPrivate, lookup }),
      store: createMemoryStore(),
      clock,
      logger: createLogger({ level: "error", clock, write: () => undefined, secrets: [] }),
      registry: null,
      gatewayUrl: () => "https://pay.example.ch",
      now: Date.now,
      createId: randomUUID,
      shopOrigin: (shop) => `https://${shop}:${port}`,
    },
  );
  /** Shows a payment to a shop there. */
  const show = async (name: string, toSettings: (port: number) => Json): Promise<string> => {
    const get = async (secret: string) => secrets[secret];
    const renew = async (_name: string, _seen: unknown, renewal: () => Promise<string>) => renewal();
    const adapter = platforms
      .find(({ platform }) => platform === name)
      ?.connect({ id: "demo" as ShopId, settings: toSettings(port), secrets: { get, renew } });
    const payment = { revision: 1, reference: "1001", standing: "paid", operations: [] } as unknown as Payment;
    return (adapter?.showPayment(payment, null, AbortSignal.timeout(10_000)) ?? Promise.resolve()).then(
      (shown) => JSON.stringify(shown),
      String,
    );
  };
  return { seen, platforms, show };
}

describe("T4: no shop's address leads the gateway to a private place", () => {
  it("the doors of all platforms are proven here", async () => {
    const { platforms } = await open(false, () => "127.0.0.1");
    expect(platforms.map(({ platform }) => platform)).toEqual(doors.map(([platform]) => platform));
  });

  it.each(doors)("T4: %s, whose name leads to this machine", async (name, toSettings) => {
    const { seen, show } = await open(false, () => "127.0.0.1");
    const said = await show(name, toSettings);
    expect([seen.names.length, seen.connections]).toEqual([1, 0]);
    // Shopify's door asks again later, and tells its log why.
    expect(said).toContain(name === "shopify" ? "notReady" : "leads to 127.0.0.1, a private address");
  });

  it.each(doors)("T4: %s, whose name leads elsewhere once it was checked", async (name, toSettings) => {
    const { seen, show } = await open(false, (lookup) => (lookup === 1 ? "10.0.0.1" : "127.0.0.1"));
    await show(name, toSettings);
    expect([seen.names.length, seen.connections]).toEqual([1, 0]);
  });

  it.each(doors)("%s is called there by setting: the canary sings", async (name, toSettings) => {
    const { seen, show } = await open(true, () => "127.0.0.1");
    await show(name, toSettings);
    expect(seen.connections).toBeGreaterThan(0);
  });
});
