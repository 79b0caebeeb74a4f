import {
  type AnswerStore,
  type Clock,
  createCore,
  createWorker,
  type HostedPlatform,
  type Instant,
  type Logger,
  type PaymentStore,
  type Peer,
  type Seconds,
  type ShopId,
  secondsBetween,
  type Url,
} from "@checkout-plugins/core";
import { createApp } from "./app.ts";
import { createCommandsRoute } from "./commands-route.ts";
import { type Connection, createConnections } from "./connections.ts";
import { createConsole } from "./console/route.ts";
import { forgetCustomers } from "./forget-customers.ts";
import { createDoorLimits } from "./limits/door-limits.ts";
import { createDoor, type DoorParts } from "./manage/door.ts";
import { createManage } from "./manage/route.ts";
import { createMemoryAnswers } from "./memory-answers.ts";
import { createMethodsWatch } from "./methods-watch.ts";
import type { MetricsParts } from "./metrics-route.ts";
import { createNotices, type NoticeParts } from "./notices/notices.ts";
import { createOnce } from "./once.ts";
import { createPlatformsRoute } from "./platforms-route.ts";
import { createReference } from "./reference/reference.ts";
import { keepRetention } from "./retention.ts";
import { createShopKeeper, isDisabled } from "./shop-keeper.ts";
import { createShops, type GatewayShop, type HostedShop, type RegistryParts } from "./shops.ts";

export interface GatewayParts {
  readonly platforms: readonly HostedPlatform[];
  /** Those of the environment. */
  readonly shops: readonly GatewayShop[];
  /** All others, which come and go while it runs; null: there are none. */
  readonly registry: RegistryParts | null;
  readonly store: PaymentStore;
  /** Where callers' ids are kept with what they were answered. Default: in this process. */
  readonly answers?: AnswerStore;
  readonly clock: Clock;
  /** 128 bits of randomness or more, printable ASCII, at most 40 characters. */
  readonly createId: () => string;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  /** To the pages of the gateway. */
  readonly door: DoorParts;
  readonly notices: NoticeParts;
  /** How long one lease of a payment lasts. Default 60. */
  readonly lease?: Seconds;
  /** Absent: nothing is counted. */
  readonly metrics?: MetricsParts;
  /** Days after which a payment is removed, once nothing is to be done of it. Absent: never. */
  readonly retentionDays?: number;
}

export interface Gateway {
  /** Answers one request; may be called before `start`. */
  fetch(request: Request, peer: Peer): Promise<Response>;
  /**
   * Begins to work: settles what is due, and sets up the webhooks of every space at `url`. Resolves after the first try
   * of each; what failed is tried again.
   */
  start(url: Url): Promise<readonly Connection[]>;
  /** Something became due in another process: do not wait. */
  wake(): void;
  /** From now on `/readyz` says 503, so that new requests go elsewhere; those that still come are answered. */
  drain(): void;
  /** Finishes what was begun and resolves. */
  stop(): Promise<void>;
}

/** The server that hosts the shops of all its platforms. It owns no port, clock or store: they are given. */
export function createGateway(parts: GatewayParts): Gateway {
  const { clock, logger, createId, random, store, lease = 60 } = parts;
  const shops = createShops({ platforms: parts.platforms, fixed: parts.shops, registry: parts.registry });
  const connections = createConnections({ clock, random, logger });
  const keeper = createShopKeeper({
    shops,
    connections,
    chores: async () => {
      await once.tidy();
      await methods.check();
      if (registry !== null)
        await forgetCustomers({ shops: registry, directory: shops.directory, core, store, clock, logger });
    },
    clock,
    logger,
  });
  const methods = createMethodsWatch({ shops: () => keeper.list().filter((shop) => !isDisabled(shop)), clock, logger });
  const registry = parts.registry && keeper.watch(parts.registry.store);
  const wake = (): void => worker.wake();
  const notices = createNotices({
    ...parts.notices,
    store,
    consoleUrl: () => address,
    nameOf: (id) => toName(keeper.list(), id),
    clock,
    random,
    createId,
    logger,
  });
  const answers = parts.answers ?? createMemoryAnswers();
  const core = createCore({
    store,
    answers,
    shops: notices.listen(shops.directory),
    clock,
    createId,
    random,
    logger,
    wake,
    methodsChanged: methods.changed,
    lease,
  });
  const worker = createWorker({ core, clock, logger, spaces: keeper.spaces });
  const stopping = new AbortController();
  const leaving = new AbortController();
  let address = "" as Url;
  let working: Promise<unknown> | null = null;
  let isDraining = false;
  const retain = async (signal: AbortSignal): Promise<void> => {
    const days = parts.retentionDays;
    if (days !== undefined) await keepRetention({ store, clock, logger, days }, signal);
  };

  const once = createOnce(answers, clock);
  const answerCommand = createCommandsRoute({ core, logger, once, leaving: leaving.signal });
  const { platforms, door } = parts;
  const limits = createDoorLimits(() => Date.parse(clock.now()));
  const app = createApp({
    core,
    shops,
    answerCommand,
    answerPlatform: createPlatformsRoute({ platforms, shops, registry, answerCommand, limits }),
    console: createConsole({
      shops: keeper.list,
      store,
      connections,
      notices,
      findContact: parts.notices.findContact,
      clock,
      door,
      url: () => address,
    }),
    door: createDoor({ ...door, url: () => address, home: registry === null ? "/" : "/manage/shops", logger }),
    reference: createReference(() => address),
    manage:
      parts.registry && registry
        ? createManage({
            sessions: door.sessions,
            store: registry,
            createClient: parts.registry.createClient,
            platforms,
            fixed: shops.fixed,
            connections,
            core,
            url: () => address,
            createId,
            logger,
          })
        : null,
    isReady: () => working !== null && !isDraining,
    isDraining: () => isDraining,
    waiting: () => measureWaiting(store, clock.now()),
    ...(parts.metrics && { metrics: parts.metrics }),
    notConnected: () => keeper.connections().filter(({ state }) => state !== "connected").length,
    logger,
  });

  return {
    fetch: async (request, peer) => app.fetch(request, { peer }),
    async start(url) {
      address = url;
      const { signal } = stopping;
      working = Promise.all([worker.run(signal), keeper.run(signal), notices.run(signal), retain(signal)]);
      await keeper.start(url, signal);
      return keeper.connections();
    },
    wake,
    drain() {
      isDraining = true;
      leaving.abort();
    },
    async stop() {
      isDraining = true;
      leaving.abort();
      stopping.abort();
      await working;
    },
  };
}

async function measureWaiting(store: PaymentStore, now: Instant): Promise<{ payment: number; notice: number }> {
  const { payment, notice } = await store.backlog(now);
  const since = (due: Instant | null): number => (due === null ? 0 : secondsBetween(due, now));
  return { payment: since(payment), notice: since(notice) };
}

function toName(shops: readonly HostedShop[], id: ShopId): string {
  return shops.find((shop) => shop.id === id)?.record?.terms.name ?? id;
}
