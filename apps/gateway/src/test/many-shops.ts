import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHttpPlatform } from "@checkout-plugins/adapter-http";
import { type Client, createClient, type SpaceId } from "@checkout-plugins/client";
import type { HostedPlatform, NewShop, Peer, ShopId, ShopStore, Url } from "@checkout-plugins/core";
import { createShopDoor, type ShopDoorSettings, signMessage } from "@checkout-plugins/shop-protocol";
import { createSimulator, createVirtualClock, exampleKey } from "@checkout-plugins/simulator";
import { createSqlStore, type SqlStore } from "@checkout-plugins/store-sql";
import { createGateway, type Gateway } from "../gateway.ts";
import { listen } from "../listen.ts";
import { createLogger } from "../log.ts";
import { createTraffic } from "./quiet.ts";
import { createSharedClock } from "./shared-clock.ts";
import { createSimulatorControl, type SimulatorControl } from "./simulator-control.ts";
import { createTestDoor } from "./test-door.ts";

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const peer: Peer = { address: "203.0.113.7", certificate: null };
export const url = "https://pay.example.ch" as Url;
export const live = { space: "70001" as SpaceId, userId: "12345" };
export const test = { space: "70002" as SpaceId, userId: "12345" };

type InSpace = Pick<typeof live, "space">;
interface Answer {
  readonly status: number;
  readonly body: Record<string, never>;
}

/** A simulator, and gateways that share one database and one time, which stands still until it is set forward. */
export interface ManyShops {
  readonly shops: ShopStore;
  readonly store: SqlStore;
  readonly simulator: SimulatorControl;
  readonly lines: readonly string[];
  readonly now: () => number;
  /** Starts one more, at `url` or at another address; `reached`: the service reaches it there. */
  start(at?: Url | "reached"): Promise<Gateway>;
  /** The door of a shop of one's own; answers as `createShopDoor` does. */
  openDoor(settings: Pick<ShopDoorSettings, "show" | "methodsChanged">): Promise<string>;
  urlsOf(where: InSpace): Promise<readonly string[]>;
  listenersOf(where: InSpace): Promise<number>;
  /** Anybody else who works in the same space. */
  elsewhere(where: InSpace): ReturnType<Client["space"]>;
  /** In steps of so many seconds. Default 1. */
  advance(seconds: number, step?: number): Promise<void>;
  quiet(): Promise<void>;
  send(gateway: Gateway, path: string, body: unknown, id?: string): Promise<Answer>;
  close(): Promise<void>;
}

export function aShop(changes: Partial<NewShop> & { readonly environment?: "live" | "test" } = {}): NewShop {
  const { environment = "live", ...rest } = changes;
  return {
    platform: "http",
    key: "https://shop.example.ch",
    settings: { showUrl: "https://shop.example.ch/show" },
    terms: {
      name: "Shop",
      environment,
      live,
      test,
      integration: "page",
      completion: "configured",
      doublePayment: "resolve",
    },
    keys: { live: exampleKey, test: exampleKey },
    secrets: { secret },
    ...rest,
  };
}

export async function added(shops: ShopStore, shop: NewShop): Promise<ShopId> {
  const record = await shops.add(shop);
  if (record === null) throw new Error("There is such a shop");
  return record.id;
}

export async function openManyShops(platforms: readonly HostedPlatform[] = []): Promise<ManyShops> {
  const folder = await mkdtemp(join(tmpdir(), "registry-"));
  const time = createVirtualClock(Date.now());
  const { now } = time;
  const clock = createSharedClock(now);
  const traffic = createTraffic(clock.waiting);
  const service = await createSimulator({ clock: time, now, fetch: traffic.fetch }).listen(0);
  const simulator = createSimulatorControl(service.url, traffic.fetch);
  const lines: string[] = [];
  const logger = createLogger({ level: "debug", clock, write: (line) => lines.push(line), secrets: [] });
  const store = await createSqlStore({ database: { file: join(folder, "gateway.sqlite") }, logger });
  const shops = store.openShops({ keys: [randomBytes(32)], randomBytes, clock, createId: randomUUID });
  const ends: (() => Promise<void>)[] = [store.close, service.close, () => rm(folder, { recursive: true })];
  const toClient = (user: { readonly userId: string; readonly authenticationKey: string }): Client =>
    createClient({
      baseUrl: service.url,
      ...user,
      now,
      random: () => 0.5,
      sleep: (milliseconds, signal) => clock.sleep(milliseconds / 1000, signal),
      retries: 0,
      fetch: traffic.fetch,
    });
  const sessionSecret = randomBytes(32);
  const elsewhere = ({ space }: InSpace) => toClient({ userId: "12345", authenticationKey: exampleKey }).space(space);
  return {
    shops,
    store,
    simulator,
    lines,
    now,
    elsewhere,
    async start(at = url) {
      const gateway = createGateway({
        platforms: [createHttpPlatform({ now, createId: randomUUID, fetch: traffic.fetch }), ...platforms],
        shops: [],
        registry: { store: shops, createClient: toClient, now },
        door: createTestDoor({ secret: sessionSecret, now }),
        store,
        answers: store,
        clock,
        createId: randomUUID,
        random: () => 0.5,
        logger,
        notices: { findContact: async () => null, sendMail: null, fetch: traffic.fetch },
      });
      ends.unshift(gateway.stop);
      if (at === "reached") {
        const door = await listen({ fetch: gateway.fetch, host: "127.0.0.1", port: 0 });
        ends.push(door.close);
        await gateway.start(`http://127.0.0.1:${door.port}` as Url);
      } else {
        await gateway.start(at);
      }
      await traffic.quiet();
      return gateway;
    },
    async openDoor(settings) {
      const door = createShopDoor({ ...settings, secrets: [secret], now });
      const listening = await listen({ fetch: door, host: "127.0.0.1", port: 0 });
      ends.push(listening.close);
      return `http://127.0.0.1:${listening.port}/show`;
    },
    urlsOf: async (where) =>
      (await elsewhere(where).listWebhookUrls()).filter(({ state }) => state === "ACTIVE").map((one) => one.url),
    listenersOf: async (where) =>
      (await elsewhere(where).listWebhookListeners()).filter(({ state }) => state === "ACTIVE").length,
    async advance(seconds, step = 1) {
      for (let left = seconds; left > 0; left -= step) {
        await simulator.advance(step);
        clock.wakeSleepers();
        await traffic.quiet();
      }
    },
    quiet: traffic.quiet,
    async send(gateway, path, body, id = randomUUID()) {
      const text = JSON.stringify(body);
      const headers = { ...signMessage({ id, now: now(), body: text, secrets: [secret] }) };
      const response = await gateway.fetch(new Request(url + path, { method: "POST", body: text, headers }), peer);
      await traffic.quiet();
      return { status: response.status, body: (await response.json()) as Record<string, never> };
    },
    async close() {
      for (const end of ends.splice(0)) await end();
    },
  };
}
