import { createClient, type SpaceId } from "@checkout-plugins/client";
import type { ShopId, Url } from "@checkout-plugins/core";
import { createSimulator, createVirtualClock, exampleKey } from "@checkout-plugins/simulator";
import { afterEach, describe, expect, it } from "vitest";
import { createConnections } from "./connections.ts";
import { createLogger } from "./log.ts";
import { createTraffic } from "./test/quiet.ts";
import { createSharedClock } from "./test/shared-clock.ts";
import { createSimulatorControl } from "./test/simulator-control.ts";

const shop = "demo" as ShopId;
const url = "https://pay.example.ch/shops/demo/webhooks" as Url;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function open() {
  const traffic = createTraffic();
  const time = createVirtualClock(Date.now());
  const clock = createSharedClock(time.now);
  const listening = await createSimulator({ clock: time, now: time.now }).listen(0);
  ends.push(listening.close);
  const simulator = createSimulatorControl(listening.url, traffic.fetch);
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

describe("createConnections", () => {
  it("says why a space is not connected, once, and connects it as soon as the service is back", async () => {
    const { simulator, clock, traffic, space } = await open();
    const lines: string[] = [];
    const logger = createLogger({ level: "debug", clock, write: (line) => lines.push(line), secrets: [] });
    const connections = createConnections({ clock, random: () => 0.5, logger });
    const shops = [{ id: shop, live: space, test: null, isDisabled: false, isUnique: false }];
    expect(connections.list(shop)).toEqual([]);

    await simulator.fault({ on: "request", kind: "status", status: 503, times: 3 });
    const stop = new AbortController();
    ends.push(() => stop.abort());
    await connections.update(shops, () => url, stop.signal);
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
    const connections = createConnections({ clock, random: () => 0.5, logger });
    const shops = [{ id: shop, live: space, test: null, isDisabled: false, isUnique: false }];
    await simulator.fault({ on: "request", kind: "delay", duration: "PT1H", times: "always" });
    const stop = new AbortController();
    const connecting = connections.update(shops, () => url, stop.signal);
    expect(connections.list(shop)).toMatchObject([{ space: "70001", environment: "live", state: "connecting" }]);
    stop.abort();
    await connecting;
    expect(lines).toEqual([]);
  });
});
