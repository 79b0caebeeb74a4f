import { isServiceError, type SpaceClient, type SpaceId } from "@checkout-plugins/client";
import { type Clock, type Logger, type Seconds, type ShopId, setUpWebhooks, type Url } from "@checkout-plugins/core";

/** How a shop's space is connected to the service. */
export interface Connection {
  readonly shop: ShopId;
  readonly space: SpaceId;
  readonly environment: "live" | "test";
  /** `notConnected`: tried and failed, is tried again. */
  readonly state: "connecting" | "connected" | "notConnected";
  /** What went wrong and what to do. */
  readonly why: string | null;
}

export interface ConnectionParts {
  readonly clock: Clock;
  readonly random: () => number;
  readonly logger: Logger;
}

interface Spaces {
  readonly id: ShopId;
  readonly live: SpaceClient | null;
  readonly test: SpaceClient | null;
}

export interface Connections {
  list(shop: ShopId): readonly Connection[];
  /** Resolves after the first try of each space, or with the signal; what failed is tried again until the signal fires. */
  connect(webhookUrl: (shop: ShopId) => Url, signal: AbortSignal): Promise<void>;
}

const longest: Seconds = 5 * 60;

/** Sets up the webhooks of every space, and goes on trying: a service that is down, or a right that is given later. */
export function createConnections(parts: ConnectionParts, shops: readonly Spaces[]): Connections {
  const all = shops.flatMap((shop) => toSpaces(shop));
  const states = new Map(all.map(({ space, ...rest }) => [space, toConnection(space, rest)]));
  const told = new Map<SpaceClient, string>();

  const attempt = async (space: SpaceClient, url: Url, signal: AbortSignal): Promise<boolean> => {
    const before = states.get(space) as Connection;
    const { shop } = before;
    try {
      await setUpWebhooks({ space, url, name: `Checkout Plugins ${shop}`.slice(0, 50), signal });
      states.set(space, { ...before, state: "connected", why: null });
      parts.logger.info("space connected", { shop, space: space.space, url });
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const why = error instanceof Error ? error.message : String(error);
      states.set(space, { ...before, state: "notConnected", why });
      // Each answer of the service has an error id of its own, so texts differ where the fault is the same.
      const fault = isServiceError(error) ? error.code : why;
      if (told.get(space) !== fault) {
        parts.logger.error("space not connected, trying again", { shop, space: space.space, why });
      }
      told.set(space, fault);
      return false;
    }
  };

  const retry = async (space: SpaceClient, url: Url, signal: AbortSignal): Promise<void> => {
    for (let step = 1; !signal.aborted; step += 1) {
      const most = Math.min(longest, 2 ** Math.min(step, 20));
      await parts.clock.sleep(Math.max(1, most * parts.random()), signal);
      if (await attempt(space, url, signal)) return;
    }
  };

  return {
    list: (shop) => [...states.values()].filter((one) => one.shop === shop),
    async connect(webhookUrl, signal) {
      const connecting = all.map(async ({ space, shop }) => {
        const url = webhookUrl(shop);
        if ((await attempt(space, url, signal)) || signal.aborted) return;
        retry(space, url, signal).catch((error: unknown) => {
          if (!signal.aborted) parts.logger.error("space given up", { shop, space: space.space, why: String(error) });
        });
      });
      await Promise.all(connecting);
    },
  };
}

function toSpaces({ id, live, test }: Spaces) {
  const all = [
    { shop: id, environment: "live" as const, space: live },
    { shop: id, environment: "test" as const, space: test },
  ];
  return all.flatMap(({ space, ...rest }) => (space === null ? [] : [{ ...rest, space }]));
}

function toConnection({ space }: SpaceClient, of: Pick<Connection, "shop" | "environment">): Connection {
  return { ...of, space, state: "connecting", why: null };
}
