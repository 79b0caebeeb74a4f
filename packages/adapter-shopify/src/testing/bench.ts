import type { AddressInfo } from "node:net";
import { createClient, createWebhookKeys, type Instant, type SpaceId } from "@checkout-plugins/client";
import {
  addSeconds,
  type Clock,
  type Core,
  createCore,
  createMemoryStore,
  type HostedShopAdapter,
  isPaymentError,
  type KeptFinding,
  type PaymentReference,
  type PaymentStore,
  type Peer,
  type Seconds,
  type Shop,
  type ShopId,
  setUpWebhooks,
} from "@checkout-plugins/core";
import {
  createSeededRandom,
  createSimulator,
  createSimulatorControl,
  createVirtualClock,
  exampleKey,
  type SimulatorControl,
} from "@checkout-plugins/simulator";
import { serve } from "@hono/node-server";
import type { MockSession } from "../mock/index.ts";
import type { ShopifyParts } from "../shopify-parts.ts";
import { type Certificates, gatewayUrl, openTestShop, type TestShop } from "./test-shop.ts";

export const start = "2026-02-03T09:00:00.000Z" as Instant;
export const shopId = "shop-1" as ShopId;
const liveSpace = "70001" as SpaceId;
const testSpace = "70002" as SpaceId;

/** Gateway, core, store, the simulator and the mock of Shopify, on a clock that stands. */
export interface Bench extends TestShop {
  readonly core: Core;
  readonly store: PaymentStore;
  readonly control: SimulatorControl;
  readonly now: () => number;
  /** A request as it comes to the gateway. */
  gateway(request: Request, peer?: Peer): Promise<Response>;
  /** The gateway answers Shopify 503 for as long as this is true. */
  isGatewayDown: boolean;
  advance(seconds: Seconds): Promise<void>;
  /** Webhooks come, Shopify sends what is due, what is due here is done; again a few seconds later. */
  settle(seconds?: Seconds, rounds?: number): Promise<void>;
  buyer(session: Pick<MockSession, "payment">, action: "pay" | "abort"): Promise<void>;
  transactionOf(session: Pick<MockSession, "payment">): Promise<string>;
  findings(): Promise<readonly KeptFinding[]>;
}

export interface BenchSettings {
  readonly certificates: Certificates;
  readonly changes?: Partial<ShopifyParts>;
  readonly mode?: "paymentsApp" | "customApp";
  /** Gateway and simulator on ports of their own, for a browser. */
  readonly isOpen?: boolean;
}

const statuses: Readonly<Record<string, number>> = { badSignature: 401, badRequest: 400, invalidAmount: 422 };

/** What the gateway does with a request of this shop. */
async function answer(core: Core, adapter: HostedShopAdapter, request: Request, peer: Peer): Promise<Response> {
  try {
    const command = await adapter.readCommand(request, peer);
    const result = await core.runCommand(shopId, command);
    return adapter.writeResult({ kind: command.kind, command, result } as Parameters<typeof adapter.writeResult>[0]);
  } catch (error) {
    if (!isPaymentError(error)) throw error;
    return Response.json(
      { error: { code: error.code, message: error.message } },
      { status: statuses[error.code] ?? 503 },
    );
  }
}

/** Whoever waits for another's lease lets him work; whoever waits for a lease's end waits for ever, or is called off. */
function sleep(seconds: Seconds, signal?: AbortSignal): Promise<void> {
  if (seconds < 1) return new Promise((resolve) => setImmediate(resolve));
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

const nobody: Peer = { address: "127.0.0.1", certificate: null };
export async function createBench(settings: BenchSettings): Promise<Bench> {
  const { certificates, changes, mode, isOpen = false } = settings;
  let now = start;
  let ids = 0;
  const time = (): number => Date.parse(now);
  const createId = (): string => {
    ids += 1;
    return `id${String(ids).padStart(6, "0")}`;
  };
  const clock: Clock = { now: () => now, sleep };
  const store = createMemoryStore();
  let core: Core;
  const simulator = createSimulator({
    clock: createVirtualClock(time()),
    random: createSeededRandom("shopify"),
    fetch: async (input, init) => core.receiveWebhook(shopId, new Request(input, init)),
  });
  const listening = isOpen ? await simulator.listen(0) : null;
  const origin = listening?.url ?? "http://simulator.test";
  const control = createSimulatorControl({ url: origin, fetch: simulator.fetch });
  const door = isOpen ? await openDoor((request) => bench.gateway(request)) : null;
  const client = createClient({
    baseUrl: origin,
    userId: "12345",
    authenticationKey: exampleKey,
    fetch: async (input, init) => simulator.fetch(new Request(input, init)),
    now: time,
    random: () => 0.5,
    sleep: async () => undefined,
  });
  const shop = await openTestShop({
    shopId,
    certificates,
    now: time,
    createId,
    gateway: async (input, init) => bench.gateway(new Request(input, init)),
    ...(door !== null && { gatewayUrl: () => door.url }),
    ...(changes !== undefined && { changes }),
    ...(mode !== undefined && { mode }),
  });
  const hosted: Shop = {
    id: shopId,
    adapter: shop.adapter,
    live: client.space(liveSpace),
    test: client.space(testSpace),
    keys: createWebhookKeys({ read: (id) => client.readWebhookKey(id), now: time }),
    doublePayment: "resolve",
  };
  core = createCore({
    store,
    shops: {
      find: async (id) => (id === shopId ? hosted : null),
      findBySpace: async (space) => (space === liveSpace || space === testSpace ? hosted : null),
    },
    clock,
    createId,
    random: () => 0.5,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const bench: Bench = {
    ...shop,
    core,
    store,
    control,
    now: time,
    isGatewayDown: false,
    gateway: async (request, peer = nobody) =>
      bench.isGatewayDown ? new Response(null, { status: 503 }) : answer(core, shop.adapter, request, peer),
    async advance(seconds) {
      now = addSeconds(now, seconds);
      await control.advance(`PT${seconds}S`);
    },
    async settle(seconds = 5, rounds = 3) {
      for (let round = 0; round < rounds; round += 1) {
        await control.deliverWebhooks();
        await shop.mock.work();
        await workOff(core);
        await bench.advance(seconds);
      }
    },
    async buyer(session, action) {
      await control.buyer(await bench.transactionOf(session), { action });
    },
    async transactionOf({ payment }) {
      const transaction = (await core.recall(shopId, payment as PaymentReference))?.governing?.transaction;
      if (!transaction) throw new RangeError(`Session ${payment} has no transaction`);
      return transaction;
    },
    findings: () => store.findings(shopId),
    async close() {
      await shop.close();
      await door?.close();
      await listening?.close();
    },
  };
  const { signal } = new AbortController();
  for (const space of [hosted.live, hosted.test]) {
    if (space !== null) await setUpWebhooks({ space, url: `${gatewayUrl}/webhooks`, name: "Shopify", signal });
  }
  return bench;
}

/** The gateway where a browser can reach it. */
async function openDoor(fetch: (request: Request) => Promise<Response>) {
  const { promise, resolve } = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, resolve);
  return {
    url: `http://127.0.0.1:${(await promise).port}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

async function workOff(core: Core): Promise<void> {
  for (let round = 0; round < 50; round += 1) {
    if ((await core.settleDue({ total: 50, perShop: 50 })) === 0) return;
  }
  throw new Error("Something is due for ever: the adapter keeps core busy");
}
