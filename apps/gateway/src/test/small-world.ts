import { randomUUID } from "node:crypto";
import { createClient, type SpaceId } from "@checkout-plugins/client";
import {
  type CommandKind,
  type CommandResult,
  type Commands,
  type Core,
  createCore,
  type KeptFinding,
  type Payment,
  type PaymentReference,
  type PaymentStore,
  type Shop,
} from "@checkout-plugins/core";
import {
  createSimulator,
  createSimulatorControl,
  createVirtualClock,
  exampleKey,
  type SimulatorControl,
  type Switches,
} from "@checkout-plugins/simulator";
import { liveSpace, shopId } from "./bench.ts";

/** What the simulator cannot do to us. */
export interface Trouble {
  /** `dns`, `tls`: no request reaches the service; `skew`: our clock is an hour ahead. */
  readonly network: "up" | "dns" | "tls" | "skew";
  /** The service may never answer: give up after ten seconds. */
  readonly hangs: boolean;
}

/** A simulator, core and a shop in one process and one time, without a webhook and without a port. */
export interface SmallWorld {
  readonly core: Core;
  readonly simulator: SimulatorControl;
  /** What the shop shows, and each revision it was shown. */
  readonly shown: ReadonlyMap<PaymentReference, readonly Payment[]>;
  trouble(trouble: Trouble): void;
  now(): number;
  /** Runs a command of the shop; time goes on as long as it waits for time. */
  run<K extends CommandKind>(command: Commands[K] & { readonly kind: K }): Promise<CommandResult<K> | Error>;
  /** Lets so much time pass in steps, and settles what is due after each. */
  pass(seconds: number, step?: number): Promise<void>;
  sweep(): Promise<void>;
  findings(): Promise<readonly KeptFinding[]>;
}

export interface SmallWorldSettings {
  readonly store: PaymentStore;
  readonly switches?: Partial<Switches>;
  readonly requestLimit?: number;
  readonly retries?: number;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Who sleeps for less than this waits for a retry or for a token; more is the end of a lease. */
const shortSleep = 19_000;

const faults = {
  dns: Object.assign(new TypeError("fetch failed"), { cause: { code: "ENOTFOUND" } }),
  tls: Object.assign(new TypeError("fetch failed"), { cause: { code: "CERT_HAS_EXPIRED" } }),
};

export async function createSmallWorld(settings: SmallWorldSettings): Promise<SmallWorld> {
  const time = createVirtualClock(Date.UTC(2026, 1, 3, 9));
  const { now } = time;
  let sleepers: readonly Sleeper[] = [];
  const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const sleeper = { until: now() + milliseconds, wake: resolve };
      sleepers = [...sleepers, sleeper];
      const stop = (): void => {
        sleepers = sleepers.filter((one) => one !== sleeper);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", stop, { once: true });
    });
  const logger = { error() {} };
  const simulator = createSimulator({ clock: time, now, logger });
  const control = createSimulatorControl({ url: "http://simulator", fetch: simulator.fetch });
  if (settings.switches !== undefined) await control.changeSpace(liveSpace, { switches: settings.switches });

  let trouble: Trouble = { network: "up", hangs: false };
  const fetch = async (...[input, init]: Parameters<typeof globalThis.fetch>): Promise<Response> => {
    if (trouble.network === "dns" || trouble.network === "tls") throw faults[trouble.network];
    const answer = simulator.fetch(new Request(input, init));
    if (!trouble.hangs) return answer;
    answer.catch(() => undefined);
    const late = sleep(10_000).then(() => Promise.reject(new DOMException("no answer", "TimeoutError")));
    return Promise.race([answer, late]);
  };
  const client = createClient({
    baseUrl: "http://simulator",
    userId: "12345",
    authenticationKey: exampleKey,
    fetch,
    now: () => now() + (trouble.network === "skew" ? 3_600_000 : 0),
    random: () => 0.5,
    sleep: (milliseconds, signal) => sleep(milliseconds, signal),
    timeout: 600_000,
    retries: settings.retries ?? 1,
    ...(settings.requestLimit !== undefined && { requestLimit: settings.requestLimit }),
  });
  const shown = new Map<PaymentReference, Payment[]>();
  const shop: Shop = {
    id: shopId,
    live: client.space(liveSpace as SpaceId),
    test: null,
    keys: { find: async () => ({ kind: "unknown" }) },
    doublePayment: "resolve",
    adapter: {
      contractVersion: 1,
      platform: "double",
      capabilities: {
        completion: "many",
        refund: "lines",
        review: true,
        storedMeans: true,
        terminals: true,
        slow: true,
        retries: "sameReference",
        enters: { completion: true, void: true, refund: true },
      },
      async showPayment(payment) {
        const all = shown.get(payment.reference) ?? [];
        if (payment.revision > (all.at(-1)?.revision ?? 0)) shown.set(payment.reference, [...all, payment]);
        return { kind: "shown", receipt: null };
      },
    },
  };
  const core = createCore({
    store: settings.store,
    shops: { find: async () => shop, findBySpace: async () => shop },
    clock: {
      now: () => new Date(now()).toISOString() as Payment["expiresOn"] & string,
      sleep: (seconds, signal) => sleep(seconds * 1000, signal),
    },
    createId: randomUUID,
    random: () => 0.5,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });

  const advance = async (milliseconds: number): Promise<void> => {
    await control.advance(`PT${milliseconds / 1000}S`);
    const due = sleepers.filter(({ until }) => until <= now());
    sleepers = sleepers.filter(({ until }) => until > now());
    for (const { wake } of due) wake();
  };
  const during = async <T>(work: Promise<T>): Promise<T> => {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    done.catch(() => undefined); // whoever called is told
    for (let turns = 1; !isDone; turns += 1) {
      await new Promise(setImmediate);
      const next = Math.min(...sleepers.map(({ until }) => until)) - now();
      if (turns % 50 === 0 && !isDone && next <= shortSleep) await advance(Math.min(1000, Math.max(1, next)));
    }
    return done;
  };
  const settleAll = async (): Promise<void> => {
    while ((await during(core.settleDue({ total: 20, perShop: 20 }))) > 0);
  };
  return {
    core,
    simulator: control,
    shown,
    trouble: (next) => {
      trouble = next;
    },
    now,
    run: <K extends CommandKind>(command: Commands[K] & { readonly kind: K }) =>
      during(core.runCommand<K>(shopId, command)).catch((error: Error) => error),
    async pass(seconds, step = seconds) {
      for (let left = seconds; left > 0; left -= step) {
        await advance(Math.min(step, left) * 1000);
        await settleAll();
      }
    },
    sweep: () => during(core.sweep(liveSpace as SpaceId)).catch(() => undefined),
    findings: async () => (await settings.store.findings(shopId)).filter(({ resolvedOn }) => resolvedOn === null),
  };
}
