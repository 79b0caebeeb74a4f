import { createClient, type SpaceClient, type SpaceId, toServiceId, webhookEntities } from "@checkout-plugins/client";
import type { ShopId, Url } from "@checkout-plugins/core";
import { createSimulator, createVirtualClock, exampleKey, type Switches } from "@checkout-plugins/simulator";
import { afterEach, describe, expect, it } from "vitest";
import { createConnections } from "./connections.ts";
import { createLogger } from "./log.ts";
import { createTraffic } from "./test/quiet.ts";
import { createSharedClock } from "./test/shared-clock.ts";
import { createSimulatorControl } from "./test/simulator-control.ts";
import { setUpWebhooks, watched } from "./webhook-setup.ts";

const shop = "demo" as ShopId;
const url = "https://pay.example.ch/shops/demo/webhooks" as Url;
const { signal } = new AbortController();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function open(switches?: Partial<Switches>) {
  const traffic = createTraffic();
  const time = createVirtualClock(Date.now());
  const clock = createSharedClock(time.now);
  const listening = await createSimulator({ clock: time, now: time.now }).listen(0);
  ends.push(listening.close);
  const simulator = createSimulatorControl(listening.url, traffic.fetch);
  if (switches !== undefined) await simulator.change("spaces/70001", { switches });
  const client = createClient({
    baseUrl: listening.url,
    userId: "12345",
    authenticationKey: exampleKey,
    now: time.now,
    random: () => 0.5,
    sleep: (milliseconds, stop) => clock.sleep(milliseconds / 1000, stop),
    retries: 0,
    fetch: traffic.fetch,
  });
  return { simulator, clock, traffic, space: client.space("70001" as SpaceId) };
}

const setUp = (space: SpaceClient) => setUpWebhooks({ space, url, name: "Checkout Plugins demo", signal });

describe("setUpWebhooks", () => {
  it("makes one signed listener for each entity, and no second one", async () => {
    const { space } = await open();
    await setUp(space);
    await setUp(space);
    const [webhookUrl, ...otherUrls] = await space.listWebhookUrls();
    expect([webhookUrl, otherUrls]).toMatchObject([{ name: "Checkout Plugins demo", url, state: "ACTIVE" }, []]);
    expect(await space.listWebhookListeners()).toMatchObject(
      watched.map(({ entity, states }) => ({
        entity,
        entityStates: states,
        state: "ACTIVE",
        url: webhookUrl?.id,
        enablePayloadSignatureAndState: true,
      })),
    );
  });

  it("mends what was switched off or lacks a state, and leaves what is others'", async () => {
    const { space } = await open();
    const other = await space.createWebhookUrl({ name: "ERP", url: "https://erp.example.ch/hook", state: "ACTIVE" });
    const ours = await space.createWebhookUrl({ name: "Ours", url, state: "INACTIVE" });
    const listener = { name: "L", entity: webhookEntities.Transaction, notifyEveryChange: false } as const;
    await space.createWebhookListener({ ...listener, entityStates: ["FULFILL"], state: "ACTIVE", url: other.id });
    await space.createWebhookListener({ ...listener, entityStates: ["FULFILL"], state: "INACTIVE", url: ours.id });
    await setUp(space);
    expect(await space.listWebhookUrls()).toMatchObject([
      { id: other.id, state: "ACTIVE" },
      { id: ours.id, state: "ACTIVE" },
    ]);
    const listeners = await space.listWebhookListeners();
    expect(listeners.filter(({ entity }) => entity === webhookEntities.Transaction)).toMatchObject([
      { url: other.id, entityStates: ["FULFILL"] },
      { url: ours.id, entityStates: watched[0]?.states, state: "ACTIVE" },
    ]);
    expect(listeners.filter((one) => one.url === ours.id)).toHaveLength(watched.length);
  });

  it("makes a new one where the old one was deleted", async () => {
    const { space } = await open();
    await setUp(space);
    const [listener] = await space.listWebhookListeners();
    await space.deleteWebhookListener(listener?.id ?? toServiceId(1));
    await setUp(space);
    const ofPayments = (await space.listWebhookListeners()).filter(({ entity }) => entity === listener?.entity);
    expect(ofPayments.map(({ state }) => state).toSorted()).toEqual(["ACTIVE", "DELETED"]);
  });

  it("says where to switch the signature on when the listener does not sign", async () => {
    const { space } = await open({ webhookSignature: "unsigned" });
    await expect(setUp(space)).rejects.toThrow(
      /"Checkout Plugins demo payments" \(\d+\) sends webhooks without a signature.*Webhook listeners of space 70001 and switch on its payload signature/,
    );
  });
});

describe("createConnections", () => {
  it("says why a space is not connected, once, and connects it as soon as the service is back", async () => {
    const { simulator, clock, traffic, space } = await open();
    const lines: string[] = [];
    const logger = createLogger({ level: "debug", clock, write: (line) => lines.push(line), secrets: [] });
    const connections = createConnections({ clock, random: () => 0.5, logger }, [
      { id: shop, live: space, test: null },
    ]);
    expect(connections.list(shop)).toMatchObject([
      { space: "70001", environment: "live", state: "connecting", why: null },
    ]);

    await simulator.fault({ on: "request", kind: "status", status: 503, times: 3 });
    const stop = new AbortController();
    ends.push(() => stop.abort());
    await connections.connect(() => url, stop.signal);
    expect(connections.list(shop)).toMatchObject([{ state: "notConnected", why: expect.stringContaining("503") }]);

    for (let second = 0; second < 20; second += 1) {
      await simulator.advance(1);
      clock.wakeSleepers();
      await traffic.quiet();
    }
    expect(connections.list(shop)).toMatchObject([{ state: "connected", why: null }]);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual([
      "space not connected, trying again",
      "space connected",
    ]);
  });

  it("gives up without a word when it is stopped while it waits for an answer", async () => {
    const { simulator, clock, space } = await open();
    const lines: string[] = [];
    const logger = createLogger({ level: "debug", clock, write: (line) => lines.push(line), secrets: [] });
    const connections = createConnections({ clock, random: () => 0.5, logger }, [
      { id: shop, live: space, test: null },
    ]);
    await simulator.fault({ on: "request", kind: "delay", duration: "PT1H", times: "always" });
    const stop = new AbortController();
    const connecting = connections.connect(() => url, stop.signal);
    stop.abort();
    await connecting;
    expect(lines).toEqual([]);
  });
});
