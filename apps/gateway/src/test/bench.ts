import { randomUUID } from "node:crypto";
import { createHttpPlatform } from "@checkout-plugins/adapter-http";
import { type Client, createClient, createWebhookKeys, type SpaceClient, type SpaceId } from "@checkout-plugins/client";
import {
  type CommandResult,
  type Commands,
  createMemoryStore,
  type Decimal,
  type Instant,
  type KeptFinding,
  type Money,
  type PaymentStore,
  type ShopId,
  type ShopOrder,
  type Url,
} from "@checkout-plugins/core";
import { createGatewayClient, type GatewayClient, type GatewayClientSettings } from "@checkout-plugins/shop-protocol";
import { createSimulator, createVirtualClock, exampleKey, type Switches } from "@checkout-plugins/simulator";
import type { Connection } from "../connections.ts";
import { createGateway, type Gateway } from "../gateway.ts";
import { listen } from "../listen.ts";
import { createLogger } from "../log.ts";
import type { MetricsParts } from "../metrics-route.ts";
import type { NoticeParts } from "../notices/notices.ts";
import { createCheckedFetch } from "./checked-fetch.ts";
import { createTraffic } from "./quiet.ts";
import { createSharedClock } from "./shared-clock.ts";
import { createSimulatorControl, type SimulatorControl } from "./simulator-control.ts";
import { createTestDoor } from "./test-door.ts";
import { createTestShop, type TestShop } from "./test-shop.ts";

export interface BenchSettings {
  readonly userId?: string;
  readonly authenticationKey?: string;
  readonly live?: string | null;
  readonly test?: string | null;
  /** How far the gateway's clock is ahead of the service's, milliseconds. */
  readonly gatewayAhead?: number;
  /** Of the live space. */
  readonly switches?: Partial<Switches>;
  readonly notices?: NoticeParts;
  readonly metrics?: MetricsParts;
  /** Default: one in memory. */
  readonly store?: PaymentStore;
}

/** A simulator, a gateway and a shop, each on a port of its own, in one time that stands still until it is set forward. */
export interface Bench {
  readonly gateway: Gateway;
  readonly gatewayUrl: Url;
  readonly simulator: SimulatorControl;
  readonly shop: TestShop;
  readonly store: PaymentStore;
  readonly connections: readonly Connection[];
  /** A client of the service that stands for anybody else who uses it. */
  readonly elsewhere: SpaceClient;
  readonly lines: readonly string[];
  /** The gateway ends, and another one begins on this store. */
  restart(on: PaymentStore): Promise<void>;
  now(): Instant;
  /** Speaks to the gateway as the shop does. */
  connectShop(settings?: Partial<GatewayClientSettings>): GatewayClient;
  start(changes?: Partial<Commands["start"]>): Promise<CommandResult<"start">>;
  /** The buyer is back in the shop. */
  comeBack(reference?: string): Promise<CommandResult<"return">>;
  /** The buyer fills in the payment page, ten seconds long, and pays. */
  pay(): Promise<void>;
  findings(): Promise<readonly KeptFinding[]>;
  /** Sets the time forward, second by second, until everything that follows from it is done. */
  advance(seconds: number): Promise<void>;
  /** Lets time pass until this is done, for work that waits for something else to end. */
  during<T>(work: Promise<T>): Promise<T>;
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export const shopId = "demo" as ShopId;
export const reference = "order-1001" as Commands["start"]["reference"];
export const liveSpace = "70001";
export const testSpace = "70002";
export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

export async function createBench(settings: BenchSettings = {}): Promise<Bench> {
  const time = createVirtualClock(Date.now());
  const { now } = time;
  const clock = createSharedClock(now);
  const traffic = createTraffic(clock.waiting);
  const simulator = createSimulator({ clock: time, now, fetch: traffic.fetch });
  const service = await simulator.listen(0);
  const control = createSimulatorControl(service.url, traffic.fetch);
  if (settings.switches !== undefined) await control.change(`spaces/${liveSpace}`, { switches: settings.switches });

  const shop = createTestShop({ secrets: [secret], now });
  const shopDoor = await listen({ fetch: shop.door, host: "127.0.0.1", port: 0 });

  const counted = settings.metrics?.metrics.countFetch(traffic.fetch) ?? traffic.fetch;
  const client = createServiceClient(settings, service.url, now, clock.sleep, counted);
  const store = settings.store ?? createMemoryStore();
  const lines: string[] = [];
  const space = (id: string | null) => (id === null ? null : client.space(id as SpaceId));
  const logger = createLogger({ level: "debug", clock, write: (line) => lines.push(line), secrets: [secret] });
  const build = (on: PaymentStore): Gateway =>
    createGateway({
      platforms: [createHttpPlatform({ now, createId: randomUUID, fetch: traffic.fetch })],
      shops: [
        {
          platform: "http",
          settings: {
            id: shopId,
            settings: { showUrl: `http://127.0.0.1:${shopDoor.port}/show` },
            secrets: { get: async (name) => (name === "secret" ? secret : undefined), renew: async () => secret },
          },
          live: space(settings.live === undefined ? liveSpace : settings.live),
          test: space(settings.test === undefined ? null : settings.test),
          keys: createWebhookKeys({ read: client.readWebhookKey, now }),
          doublePayment: "resolve",
        },
      ],
      registry: null,
      store: on,
      clock,
      createId: randomUUID,
      random: () => 0.5,
      logger: settings.metrics?.metrics.countEvents(logger) ?? logger,
      ...(settings.metrics && { metrics: settings.metrics }),
      door: createTestDoor({ now }),
      notices: settings.notices ?? { findContact: async () => null, sendMail: null, fetch: traffic.fetch },
    });
  let gateway = build(store);
  const door = await listen({ fetch: (request, peer) => gateway.fetch(request, peer), host: "127.0.0.1", port: 0 });
  const gatewayUrl = `http://127.0.0.1:${door.port}` as Url;
  const connections = await gateway.start(gatewayUrl);
  await traffic.quiet();

  const connectShop: Bench["connectShop"] = (changes) =>
    createGatewayClient({
      gatewayUrl,
      shopId,
      secret,
      now,
      createId: randomUUID,
      fetch: createCheckedFetch(traffic.fetch),
      timeout: { return: 20 },
      ...changes,
    });
  const gatewayClient = connectShop();
  const advance = async (seconds: number): Promise<void> => {
    for (let left = seconds; left > 0; left -= 1) {
      await control.advance(Math.min(1, left));
      clock.wakeSleepers();
      await traffic.quiet();
    }
  };

  return {
    get gateway() {
      return gateway;
    },
    async restart(on) {
      await gateway.stop();
      gateway = build(on);
      await gateway.start(gatewayUrl);
      await traffic.quiet();
    },
    gatewayUrl,
    simulator: control,
    shop,
    store,
    connections,
    elsewhere: createServiceClient({}, service.url, now, clock.sleep, traffic.fetch).space(liveSpace as SpaceId),
    lines,
    now: clock.now,
    connectShop,
    start: (changes) => gatewayClient.run(aStart(changes)),
    comeBack: (of = reference) =>
      gatewayClient.run({ kind: "return", reference: of as Commands["return"]["reference"] }),
    findings: async () => (await store.findings(shopId)).filter(({ resolvedOn }) => resolvedOn === null),
    advance,
    async during(work) {
      let isDone = false;
      const done = work.finally(() => {
        isDone = true;
      });
      for (await traffic.quiet(); !isDone; ) await advance(1);
      return done;
    },
    async pay() {
      await advance(10);
      await control.buyer({ action: "pay" });
    },
    quiet: traffic.quiet,
    async close() {
      await gateway.stop();
      await Promise.all([door.close(), shopDoor.close(), service.close()]);
    },
  };
}

function createServiceClient(
  { userId = "12345", authenticationKey = exampleKey, gatewayAhead = 0 }: BenchSettings,
  baseUrl: string,
  now: () => number,
  sleep: (seconds: number, signal?: AbortSignal) => Promise<void>,
  fetch: typeof globalThis.fetch,
): Client {
  return createClient({
    baseUrl,
    userId,
    authenticationKey,
    now: () => now() + gatewayAhead,
    random: () => 0.5,
    sleep: (milliseconds, signal) => sleep(milliseconds / 1000, signal),
    retries: 0,
    fetch,
  });
}

export function chf(minor: number): Money {
  return { minor, currency: "CHF" as Money["currency"] };
}

export function anOrder(): ShopOrder {
  const line = {
    id: "sku-1",
    type: "product",
    name: "Rucksack",
    sku: "SKU-1",
    quantity: "1" as Decimal,
    total: chf(2995),
    taxes: [{ title: "MWST", rate: "8.1" as Decimal }],
    shippingRequired: true,
  } as const;
  return {
    group: null,
    merchantReference: "1001",
    total: chf(2995),
    lines: [line],
    customer: { id: "88", email: "erika@example.ch" },
    billing: { givenName: "Erika", familyName: "Muster", city: "Zürich", country: "CH" },
    shipping: null,
    language: "de-CH",
  };
}

export function aStart(changes: Partial<Commands["start"]> = {}): Commands["start"] {
  return {
    kind: "start",
    reference,
    order: anOrder(),
    completion: "immediate",
    test: false,
    integration: "page",
    method: null,
    store: false,
    returnUrl: "https://shop.example.ch/return" as Url,
    cancelUrl: "https://shop.example.ch/cart" as Url,
    ...changes,
  };
}
