import { createClient, createWebhookKeys, type Instant, type SpaceId } from "@checkout-plugins/client";
import {
  type Core,
  type CoreParts,
  createCore,
  createMemoryStore,
  type HostedShopAdapter,
  type KeptFinding,
  type Payment,
  type PaymentReference,
  type PaymentStore,
  type Seconds,
  type Shop,
  type ShopAdapter,
  type ShopId,
  type ShopOrder,
  type TerminalId,
} from "@checkout-plugins/core";
import {
  createSeededRandom,
  createSimulator,
  createSimulatorControl,
  createVirtualClock,
  exampleKey,
  type RequestRecord,
  type SimulatorControl,
  type TransactionSummary,
} from "@checkout-plugins/simulator";
import { createTestClock, type TestClock } from "../test-clock.ts";
import { createFuse, type Fuse, withFuse } from "./fuse.ts";
import { answerCommand, listen } from "./gateway.ts";
import type { OrderWish, Press, ShopAdapterUnderTest, ShopHarness, ShopView, Told } from "./harness.ts";

const start = "2026-02-03T09:00:00.000Z" as Instant;
const shopId = "shop-under-test" as ShopId;
const liveSpace = "70001" as SpaceId;
const testSpace = "70002" as SpaceId;
const origin = "http://simulator.test";

/** A payment that was begun, and its transaction at the simulator. */
export interface Begun {
  readonly reference: PaymentReference;
  readonly url: string | null;
  readonly transaction: string;
}

/** Everything around one shop: gateway, core, memory store, a clock that stands, and the simulator. */
export interface AdapterBench {
  readonly harness: ShopHarness;
  readonly adapter: ShopAdapter;
  readonly control: SimulatorControl;
  readonly clock: TestClock;
  readonly store: PaymentStore;
  core(): Core;
  /** Every payment that was given to the adapter, in order, and the receipt with it. */
  readonly shown: { readonly payment: Payment; readonly receipt: unknown }[];
  /** Bodies of what was sent to create or change a transaction, newest last. */
  readonly sent: readonly Record<string, unknown>[];
  /** Changes what the service answers, on its way back. */
  garble: (body: string) => string;
  /** The gateway's next answer to the shop is lost, after its effect. */
  cutNextAnswer(): void;
  /** The shop orders and its buyer presses "pay". */
  begin(order: ShopOrder, wish?: Partial<OrderWish>): Promise<Begun>;
  buyer(begun: Begun, action: "pay" | "abort"): Promise<void>;
  /** An order that is paid, or authorized, and shown. */
  paid(order: ShopOrder, wish?: Partial<OrderWish>): Promise<Begun>;
  /** An order that a terminal took, with this tip on top of it. */
  sell(order: ShopOrder, tip: string): Promise<Begun>;
  press(press: Pick<Press, "kind" | "reference"> & Partial<Press>): Promise<Told>;
  view(begun: Begun): Promise<ShopView>;
  transaction(begun: Begun): Promise<TransactionSummary>;
  findings(): Promise<readonly KeptFinding[]>;
  /** Requests that write, since the last question. */
  writes(): Promise<readonly RequestRecord[]>;
  advance(seconds: Seconds): Promise<void>;
  /** Webhooks come, what is due is done, and so again a few seconds later. */
  settle(seconds?: Seconds): Promise<void>;
  /** As settle, with every webhook lost. */
  settleUnhinted(seconds?: Seconds): Promise<void>;
  /** A request as it comes to the gateway. */
  gateway(request: Request): Promise<Response>;
  /** How often a process was killed. */
  deaths(): number;
  /** The gateway's process works, and is killed after so many of its calls; another takes over when its leases end. */
  killAfter(calls: number, ...work: readonly (() => Promise<unknown>)[]): Promise<"killed" | "finished">;
  close(): Promise<void>;
}

export function toDuration(seconds: Seconds): string {
  return `PT${seconds}S`;
}

/** Whoever waits for another one's lease lets him work, and needs no time to pass for it. */
function withShortWaits(clock: TestClock): TestClock {
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return { ...clock, sleep: (seconds, signal) => (seconds < 1 ? turn() : clock.sleep(seconds, signal)) };
}

export async function createAdapterBench(under: ShopAdapterUnderTest): Promise<AdapterBench> {
  const clock = withShortWaits(createTestClock(start));
  const now = (): number => Date.parse(clock.now());
  const store = createMemoryStore();
  const sent: Record<string, unknown>[] = [];
  const shown: AdapterBench["shown"] = [];
  let ids = 0;
  let fuse: Fuse = createFuse(Number.POSITIVE_INFINITY);
  let core: Core;
  let cutsNext = false;
  let deaths = 0;

  const createId = (): string => {
    ids += 1;
    return `id-${String(ids).padStart(6, "0")}`;
  };
  const simulator = createSimulator({
    clock: createVirtualClock(now()),
    random: createSeededRandom("conformance"),
    fetch: async (input, init) => core.receiveWebhook(shopId, new Request(input, init)),
  });
  const control = createSimulatorControl({ url: origin, fetch: simulator.fetch });

  const ask: typeof globalThis.fetch = (input, init) =>
    fuse.through(async () => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      if (request.method === "PATCH" || (request.method === "POST" && pathname.endsWith("/payment/transactions"))) {
        sent.push((await request.clone().json()) as Record<string, unknown>);
      }
      const response = await simulator.fetch(request);
      if (bench.garble === unchanged) return response;
      return new Response(bench.garble(await response.text()), response);
    });
  const client = createClient({
    baseUrl: origin,
    userId: "12345",
    authenticationKey: exampleKey,
    fetch: ask,
    now,
    random: () => 0.5,
    sleep: async () => undefined,
  });

  const gateway: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { burned } = fuse;
    const dies = burned.then((): never => {
      throw new TypeError("fetch failed: the gateway was killed, and its connections with it");
    });
    const answering = answerCommand(core, shopId, bench.harness.adapter as HostedShopAdapter, request);
    const answer = await Promise.race([answering, dies]);
    if (!cutsNext) return answer;
    cutsNext = false;
    throw new TypeError("fetch failed: the connection was cut");
  };
  const harness = await under.createHarness({ shopId, gateway, core: () => core, now, createId });
  const adapter: ShopAdapter = {
    ...harness.adapter,
    showPayment: (payment, receipt, signal) =>
      fuse.through(() => {
        shown.push({ payment, receipt });
        return harness.adapter.showPayment(payment, receipt, signal);
      }),
  };
  const shop: Shop = {
    id: shopId,
    adapter,
    live: client.space(liveSpace),
    test: client.space(testSpace),
    keys: createWebhookKeys({ read: (id) => client.readWebhookKey(id), now }),
    doublePayment: "resolve",
  };
  const open = (): Core => {
    const parts: CoreParts = {
      store: withFuse(store, () => fuse),
      shops: {
        find: async (id) => (id === shopId ? shop : null),
        findBySpace: async (space) => (space === liveSpace || space === testSpace ? shop : null),
      },
      clock,
      createId,
      random: () => 0.5,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    };
    return createCore(parts);
  };
  core = open();

  const workOff = async (): Promise<void> => {
    await bench.harness.work?.();
    for (let round = 0; round < 50; round += 1) {
      if ((await core.settleDue({ total: 20, perShop: 20 })) === 0) return;
    }
    throw new Error("Something is due for ever: the adapter keeps core busy");
  };
  const bench: AdapterBench = {
    harness,
    adapter,
    control,
    clock,
    store,
    core: () => core,
    shown,
    sent,
    garble: unchanged,
    cutNextAnswer() {
      cutsNext = true;
    },
    async begin(order, wish = {}) {
      const known = new Set((await control.transactions()).map(({ id }) => id));
      const whole: OrderWish = { reference: null, completion: "immediate", test: false, ...wish };
      const ordered = await harness.shop.order(order, whole);
      const all = await control.transactions();
      const transaction = all.find(({ id }) => !known.has(id))?.id ?? all.at(-1)?.id;
      if (transaction === undefined) throw new Error("The shop ordered, and no transaction was created at the service");
      return { ...ordered, transaction };
    },
    async buyer({ transaction }, action) {
      await control.buyer(transaction, { action });
    },
    async paid(order, wish) {
      const begun = await bench.begin(order, wish);
      await bench.settle();
      await bench.buyer(begun, "pay");
      await bench.settle();
      return begun;
    },
    async sell(order, tip) {
      const begun = await bench.begin(order);
      const terminal = (await control.terminals()).find(({ space }) => space === liveSpace)?.id ?? "";
      const offer = { reference: begun.reference, order, completion: "immediate", test: false } as const;
      const command = { kind: "terminal", ...offer, terminal: terminal as TerminalId, wait: 45 } as const;
      const selling = core.runCommand(shopId, command);
      while ((await control.terminals()).every(({ performing }) => performing === null));
      await control.terminal(terminal, { action: "pay", tip });
      await selling;
      await bench.settle();
      return begun;
    },
    press: (press) => harness.shop.press({ amount: "rest", lines: null, row: "row-1", deleted: [], ...press }),
    view: ({ reference }) => harness.shop.read(reference),
    transaction: ({ transaction }) => control.transaction(transaction),
    findings: () => store.findings(shopId),
    async writes() {
      const requests = await control.requests();
      await control.forgetRequests();
      return requests.filter(({ method, path }) => method !== "GET" && !path.startsWith("/webhooks"));
    },
    async advance(seconds) {
      clock.advance(seconds);
      await control.advance(toDuration(seconds));
    },
    async settle(seconds = 5) {
      for (let time = 0; time < 3; time += 1) {
        await control.deliverWebhooks();
        await workOff();
        await bench.advance(seconds);
      }
      await workOff();
    },
    async settleUnhinted(seconds = 900) {
      for (let time = 0; time < 3; time += 1) {
        await bench.advance(seconds);
        for (const space of [liveSpace, testSpace]) await core.sweep(space);
        await workOff();
      }
    },
    gateway: (request) => answerCommand(core, shopId, harness.adapter as HostedShopAdapter, request),
    deaths: () => deaths,
    async killAfter(calls, ...work) {
      const mine = createFuse(calls);
      fuse = mine;
      const killed = mine.burned.then(() => "killed" as const);
      let how: "killed" | "finished" = "finished";
      for (const one of work) {
        how = await Promise.race([one().then(() => "finished" as const), killed]);
        if (how === "killed") break;
      }
      fuse = createFuse(Number.POSITIVE_INFINITY);
      core = open();
      if (how === "killed") {
        deaths += 1;
        await harness.restart?.();
        await bench.advance(61);
      }
      return how;
    },
    close: () => harness.close(),
  };
  await listen(shop);
  return bench;
}

const unchanged = (body: string): string => body;
