import { isServiceError, type SpaceClient, type SpaceId } from "@checkout-plugins/client";
import {
  type Clock,
  type Environment,
  type Instant,
  type Logger,
  removeWebhooks,
  type Seconds,
  type ShopId,
  secondsBetween,
  setUpWebhooks,
  type Url,
} from "@checkout-plugins/core";

/** How a shop's space is connected to the service. */
export interface Connection {
  readonly shop: ShopId;
  readonly space: SpaceId;
  readonly environment: Environment;
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

export interface Connectable {
  readonly id: ShopId;
  readonly live: SpaceClient | null;
  readonly test: SpaceClient | null;
  /** Its webhooks shall be gone. */
  readonly isDisabled: boolean;
  /** Nobody else has a shop of this id: what leads to it at another address is an old one of ours. */
  readonly isUnique: boolean;
}

export interface Connections {
  list(shop: ShopId): readonly Connection[];
  /**
   * The webhooks of every space shall be those of these shops, which are all there are: sets up what is new, compares
   * and mends once an hour what is there, removes what is not wanted any more. Resolves after the first try of each, or
   * with the signal; what failed is tried again until the signal fires.
   */
  update(shops: readonly Connectable[], webhookUrl: (shop: ShopId) => Url, signal: AbortSignal): Promise<void>;
}

interface Entry {
  readonly space: SpaceClient;
  readonly url: Url;
  readonly isWanted: boolean;
  readonly isUnique: boolean;
  readonly stop: AbortController;
  connection: Connection;
  checkedOn: Instant | null;
}

const longest: Seconds = 5 * 60;
const checkEvery: Seconds = 60 * 60;

/** Sets up the webhooks of every space, and goes on trying: a service that is down, or a right that is given later. */
export function createConnections({ clock, random, logger }: ConnectionParts): Connections {
  const entries = new Map<string, Entry>();
  const told = new Map<SpaceClient, string>();

  const settle = async (entry: Entry, signal: AbortSignal): Promise<void> => {
    const { space, url, isWanted, isUnique, connection } = entry;
    const setup = { space, url, name: `Checkout Plugins ${connection.shop}`.slice(0, 50), signal };
    if (isWanted) await setUpWebhooks(isUnique ? { ...setup, isOld: (one) => isSamePath(one, url) } : setup);
    else await removeWebhooks({ space, url, signal });
  };
  const attempt = async (entry: Entry, signal: AbortSignal): Promise<boolean> => {
    const { space, url, isWanted } = entry;
    const { shop, state } = entry.connection;
    try {
      await settle(entry, signal);
      entry.connection = { ...entry.connection, state: "connected", why: null };
      entry.checkedOn = clock.now();
      if (state !== "connected") {
        logger.info(isWanted ? "space connected" : "space disconnected", { shop, space: space.space, url });
      }
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      const why = error instanceof Error ? error.message : String(error);
      entry.connection = { ...entry.connection, state: "notConnected", why };
      // Each answer of the service has an error id of its own, so texts differ where the fault is the same.
      const fault = isServiceError(error) ? error.code : why;
      if (told.get(space) !== fault) {
        const event = isWanted ? "space not connected, trying again" : "space not disconnected, trying again";
        logger.error(event, { shop, space: space.space, why });
      }
      told.set(space, fault);
      return false;
    }
  };
  const retry = async (entry: Entry, signal: AbortSignal): Promise<void> => {
    for (let step = 1; !signal.aborted; step += 1) {
      const most = Math.min(longest, 2 ** Math.min(step, 20));
      await clock.sleep(Math.max(1, most * random()), signal);
      if (await attempt(entry, signal)) return;
    }
  };
  const begin = async (entry: Entry, signal: AbortSignal): Promise<void> => {
    const either = AbortSignal.any([signal, entry.stop.signal]);
    if ((await attempt(entry, either)) || either.aborted) return;
    retry(entry, either).catch((error: unknown) => {
      const { shop, space } = entry.connection;
      if (!either.aborted) logger.error("space given up", { shop, space, why: String(error) });
    });
  };
  const isDone = ({ space, url, isWanted, connection, checkedOn }: Entry, wanted: Entry): boolean => {
    const isSame = space === wanted.space && url === wanted.url && isWanted === wanted.isWanted;
    const isOld = checkedOn !== null && secondsBetween(checkedOn, clock.now()) >= checkEvery;
    return isSame && !(connection.state === "connected" && isWanted && isOld);
  };

  return {
    list: (shop) =>
      [...entries.values()]
        .filter((one) => one.isWanted)
        .map((one) => one.connection)
        .filter((one) => one.shop === shop),
    async update(shops, webhookUrl, signal) {
      const wanted = new Map(shops.flatMap((shop) => toEntries(shop, webhookUrl(shop.id))));
      for (const [name, entry] of entries) {
        if (!wanted.has(name)) wanted.set(name, { ...entry, isWanted: false, stop: new AbortController() });
      }
      const begun: Promise<void>[] = [];
      for (const [name, entry] of wanted) {
        const known = entries.get(name);
        if (known !== undefined && isDone(known, entry)) continue;
        known?.stop.abort();
        if (known?.space === entry.space && known.isWanted === entry.isWanted) entry.connection = known.connection;
        entries.set(name, entry);
        begun.push(begin(entry, signal));
      }
      await Promise.all(begun);
    },
  };
}

function isSamePath(one: string, other: string): boolean {
  return URL.canParse(one) && new URL(one).pathname === new URL(other).pathname;
}

function toEntries(
  { id, live, test, isDisabled, isUnique }: Connectable,
  url: Url,
): readonly (readonly [string, Entry])[] {
  const toEntry = (space: SpaceClient, environment: Environment): Entry => ({
    space,
    url,
    isWanted: !isDisabled,
    isUnique,
    stop: new AbortController(),
    connection: { shop: id, space: space.space, environment, state: "connecting", why: null },
    checkedOn: null,
  });
  return (["live", "test"] as const).flatMap((environment) => {
    const space = environment === "live" ? live : test;
    return space === null ? [] : [[`${id} ${space.space}`, toEntry(space, environment)] as const];
  });
}
