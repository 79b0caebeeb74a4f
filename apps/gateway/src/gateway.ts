import {
  type Clock,
  createCore,
  createWorker,
  type HostedPlatform,
  type Logger,
  type PaymentStore,
  type Peer,
  type Seconds,
  type Url,
} from "@checkout-plugins/core";
import { createApp } from "./app.ts";
import { createCommandsRoute } from "./commands-route.ts";
import { type Connection, createConnections } from "./connections.ts";
import { createConsole } from "./console/route.ts";
import { createOnce } from "./once.ts";
import { createShops, type GatewayShop } from "./shops.ts";

export interface GatewayParts {
  readonly platforms: readonly HostedPlatform[];
  readonly shops: readonly GatewayShop[];
  readonly store: PaymentStore;
  readonly clock: Clock;
  /** 128 bits of randomness or more, printable ASCII, at most 40 characters. */
  readonly createId: () => string;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly logger: Logger;
  /** null: the console opens only to a browser on this machine. */
  readonly consolePassword: string | null;
  /** How long one lease of a payment lasts. Default 60. */
  readonly lease?: Seconds;
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
  /** Finishes what was begun and resolves; from now on `/readyz` says 503. */
  stop(): Promise<void>;
}

/** The server that hosts the shops of all its platforms. It owns no port, clock or store: they are given. */
export function createGateway(parts: GatewayParts): Gateway {
  const { clock, logger, createId, random, store, lease = 60 } = parts;
  const shops = createShops(parts.platforms, parts.shops);
  const connections = createConnections({ clock, random, logger }, shops.all);
  const wake = (): void => worker.wake();
  const core = createCore({ store, shops: shops.directory, clock, createId, random, logger, wake, lease });
  const spaces = [...new Set(shops.all.flatMap(({ live, test }) => [live?.space, test?.space]))].filter(
    (space) => space !== undefined,
  );
  const worker = createWorker({ core, clock, logger, spaces: () => spaces });
  const stopping = new AbortController();
  let address = "" as Url;
  let working: Promise<void> | null = null;

  const listConnections = () => shops.all.flatMap(({ id }) => connections.list(id));
  const { consolePassword: password } = parts;
  const app = createApp({
    shops,
    core,
    answerCommand: createCommandsRoute({ core, logger, once: createOnce(() => Date.parse(clock.now())) }),
    console: createConsole({ shops, store, connections, clock, password, url: () => address }),
    isReady: () => working !== null && !stopping.signal.aborted,
    notConnected: () => listConnections().filter(({ state }) => state !== "connected").length,
    logger,
  });

  return {
    fetch: async (request, peer) => app.fetch(request, { peer }),
    async start(url) {
      address = url;
      working = worker.run(stopping.signal);
      await connections.connect((shop) => `${url}/shops/${shop}/webhooks` as Url, stopping.signal);
      return listConnections();
    },
    wake,
    async stop() {
      stopping.abort();
      await working;
    },
  };
}
