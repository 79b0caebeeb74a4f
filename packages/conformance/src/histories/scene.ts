import { isDeepStrictEqual } from "node:util";
import type { Instant } from "@checkout-plugins/client";
import {
  type Core,
  createMemoryStore,
  isPaymentError,
  type Operation,
  type Payment,
  type PaymentReference,
  type PaymentStore,
  type Seconds,
  type Shop,
  type ShopCapabilities,
  type ShopKey,
} from "@checkout-plugins/core";
import { createTestClock } from "../test-clock.ts";
import { type Answers, chooseAnswers } from "./answers.ts";
import { checkPayment, checkSuccession } from "./checks.ts";
import { type Customer, createCustomers, type Intent } from "./customer.ts";
import { createGateway, type Gateway, liveSpace, testSpace } from "./gateway.ts";
import { createRandom, type Random } from "./random.ts";
import { createScheduler, type Scheduler } from "./scheduler.ts";
import { createShopAdapter, createShopBook, type ShopBook } from "./shop.ts";
import { createWorld, type World } from "./world.ts";
import { createWorldClient, type Weather } from "./world-client.ts";
import { createWorldOperations, type WorldOperations } from "./world-operations.ts";

const start = "2026-02-03T09:00:00.000Z" as Instant;

/** Everything of one history. */
export interface Scene {
  readonly random: Random;
  /** Decides what was thought of later, so that an older history stays what it was; null: this is one of those. */
  readonly more: Random | null;
  readonly world: World;
  readonly operations: WorldOperations;
  readonly weather: Weather;
  readonly scheduler: Scheduler;
  readonly store: PaymentStore;
  readonly book: ShopBook;
  readonly customers: readonly Customer[];
  /** Does this shop keep the row of a refund whose outcome it was not told? */
  readonly keepsRows: boolean;
  readonly doublePayment: Shop["doublePayment"];
  /** What was recorded last. */
  recorded(reference: PaymentReference): Payment | undefined;
  readonly events: string[];
  readonly wrong: string[];
  gateways(): readonly Gateway[];
  createId(): string;
  advance(seconds: Seconds): void;
  /** How many tasks of living gateways are not done. */
  running(): number;
  /** Lets a gateway work; `onKilled` when it dies before it is done. */
  spawn(what: string, gateway: Gateway, work: (core: Core) => Promise<void>, onKilled?: () => void): void;
  /** The process dies, and another one is started. What it had sent may still arrive. */
  kill(gateway: Gateway): void;
}

/** Seconds after which a request that was under way has arrived or never will. */
const longestWay: Seconds = 60;

/** A message that betrays a mistake of ours rather than a fault of the service or of the shop. */
const betraying = /undefined|Cannot read|is not a function|is not iterable|has no plan/;

/** The shop shows what came of an intent: the merchant sees it. A try that he repeated meanwhile tells only of success. */
function learn(intent: Intent, payment: Payment): void {
  if (intent.known !== "unknown") return;
  const has = (keys: readonly ShopKey[], wanted: Operation["state"]): boolean =>
    payment.operations.some(({ shopKeys, state }) => state === wanted && shopKeys.some((key) => keys.includes(key)));
  if (has(intent.keys, "successful")) intent.known = "successful";
  else if (has(intent.keys.slice(-1), "failed")) intent.known = "failed";
}

export interface SceneSettings {
  /** What this history's service answers where its documentation leaves it open; the rest is left to chance. */
  readonly answers?: Partial<Answers>;
  /** `first`: only what happened when the histories that were once wrong were lived. Default: everything. */
  readonly variety?: "first" | "whole";
  /** Breaks something on purpose, to see that it is noticed. */
  readonly sabotage?: (store: PaymentStore) => PaymentStore;
}

export function createScene(seed: number, settings: SceneSettings = {}): Scene {
  const random = createRandom(seed);
  const more = settings.variety === "first" ? null : createRandom(seed + 0x5eed);
  const clock = createTestClock(start);
  const world = createWorld({ ...chooseAnswers(random, more), ...settings.answers }, random, clock);
  const operations = createWorldOperations(world);
  const faults = random.pick([0, 0.05, 0.2]);
  const retryAfter = world.answers.retryAfter === "sent" ? 90 : undefined;
  const weather: Weather = { faults, lag: random.pick([0, 0.2]), retryAfter, late: [], underWay: new Set() };
  const scheduler = createScheduler(random, random.pick([0.05, 0.2, 0.4]));
  const customers = createCustomers(random);
  const events: string[] = [];
  const wrong: string[] = [];
  const violate = (why: string): void => void wrong.push(`${why} (event ${events.length})`);
  const customerOf = ({ reference }: Payment): Customer => {
    const found = customers.find((one) => one.reference === reference);
    if (found === undefined) throw new RangeError(`Nobody owes ${reference}`);
    return found;
  };
  const recorded: Payment[] = [];
  const isLocked = (reference: PaymentReference): boolean =>
    customers.some((one) => one.reference === reference && one.intents.some(({ isRunning }) => isRunning));
  const book = createShopBook(
    isLocked,
    (payment) => {
      events.push(`shop shows ${payment.reference} r${payment.revision} ${payment.standing}`);
      if (!recorded.some((one) => isDeepStrictEqual(one, payment))) violate("what is shown was never recorded");
      for (const intent of customerOf(payment).intents) learn(intent, payment);
    },
    violate,
  );
  const memory = createMemoryStore();
  const store = withChecks(settings.sabotage?.(memory) ?? memory, (before, payment) => {
    events.push(`recorded ${payment.reference} r${payment.revision} ${payment.standing}`);
    recorded.push(payment);
    checkPayment(payment, world, customerOf(payment)).forEach(violate);
    checkSuccession(before, payment).forEach(violate);
  });

  let ids = 0;
  const createId = (): string => {
    ids += 1;
    return `id-${String(ids).padStart(4, "0")}`;
  };
  const complain = (event: string, fields: { readonly why?: unknown } = {}): void => {
    const why = String(fields.why ?? "");
    events.push(`${event} ${why}`);
    if (betraying.test(why)) violate(`${event}: ${why}`);
  };
  const capabilities: ShopCapabilities = {
    completion: "many",
    refund: "lines",
    review: true,
    storedMeans: false,
    terminals: false,
    slow: true,
    retries: random.pick(["sameReference", "newReference"] as const),
    enters: { completion: true, void: true, refund: true },
  };
  const doublePayment = random.pick(["resolve", "resolve", "tell"] as const);
  let opened = 0;
  const open = (): Gateway => {
    opened += 1;
    return createGateway({
      name: `G${opened}`,
      store,
      clock,
      wire: { scheduler, weather, random },
      doublePayment,
      createId,
      logger: { debug() {}, info() {}, warn: complain, error: complain },
      connect: (wire) => ({
        live: createWorldClient(world, operations, liveSpace, wire),
        test: createWorldClient(world, operations, testSpace, wire),
        adapter: createShopAdapter(book, capabilities, wire),
      }),
    });
  };
  let gateways = [open(), open()];
  const tasks = new Set<{ readonly gateway: Gateway; readonly onKilled: () => void }>();

  return {
    random,
    more,
    world,
    operations,
    weather,
    scheduler,
    store,
    book,
    customers,
    keepsRows: random.chance(0.5),
    doublePayment,
    recorded: (reference) => recorded.findLast((one) => one.reference === reference),
    events,
    wrong,
    gateways: () => gateways,
    createId,
    advance(seconds) {
      if (seconds >= longestWay) for (const effect of weather.late.splice(0)) if (random.chance(0.5)) effect();
      clock.advance(seconds);
      world.pass();
    },
    running: () => tasks.size,
    spawn(what, gateway, work, onKilled = () => {}) {
      events.push(`${gateway.name}: ${what}`);
      const task = { gateway, onKilled };
      tasks.add(task);
      work(gateway.core)
        .catch((error: unknown) => {
          events.push(`${gateway.name}: ${what} ends with ${error instanceof Error ? error.message : error}`);
          if (!isPaymentError(error)) violate(`${what}: ${error instanceof Error ? error.stack : error}`);
        })
        .finally(() => tasks.delete(task));
    },
    kill(gateway) {
      events.push(`${gateway.name} is killed`);
      gateway.kill();
      for (const request of [...weather.underWay]) {
        if (request.process.name !== gateway.name) continue;
        weather.underWay.delete(request);
        if (random.chance(0.5)) weather.late.push(request.effect);
      }
      for (const task of [...tasks]) {
        if (task.gateway !== gateway) continue;
        tasks.delete(task);
        task.onKilled();
      }
      gateways = gateways.map((one) => (one === gateway ? open() : one));
    },
  };
}

/** Looks at everything that is recorded. */
function withChecks(store: PaymentStore, check: (before: Payment | undefined, payment: Payment) => void): PaymentStore {
  const recorded = new Map<PaymentReference, Payment>();
  return {
    ...store,
    async recordTruth(lease, truth) {
      const isWritten = await store.recordTruth(lease, truth);
      if (!isWritten) return false;
      const { payment } = truth;
      check(recorded.get(payment.reference), payment);
      recorded.set(payment.reference, payment);
      return true;
    },
  };
}
