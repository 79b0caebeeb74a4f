import {
  type Clock,
  type Instant,
  type Logger,
  type Seconds,
  type ShopId,
  secondsBetween,
} from "@checkout-plugins/core";
import type { HostedShop } from "./shops.ts";

export interface MethodsWatchParts {
  /** All that are served. */
  readonly shops: () => readonly HostedShop[];
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
}

/** Tells shops that keep a list of their methods when it changed: at a webhook, and by comparing once an hour. */
export interface MethodsWatch {
  /** A webhook said so. */
  changed(shop: ShopId): void;
  /** Compares where it was not done for an hour. Resolves when all is told. */
  check(): Promise<void>;
}

interface Seen {
  readonly fingerprint: string;
  readonly on: Instant;
}

const every: Seconds = 60 * 60;
const patience = 20_000;

export function createMethodsWatch({ shops, clock, logger }: MethodsWatchParts): MethodsWatch {
  const seen = new Map<ShopId, Seen>();
  const telling = new Map<ShopId, { isStale: boolean }>();

  /** Webhooks come in bursts: one message at a time, and one more for those that came meanwhile. */
  const tell = async (shop: HostedShop): Promise<boolean> => {
    const running = telling.get(shop.id);
    if (running !== undefined) {
      running.isStale = true;
      return true;
    }
    const state = { isStale: true };
    telling.set(shop.id, state);
    try {
      while (state.isStale) {
        state.isStale = false;
        await shop.adapter.refreshMethods?.(AbortSignal.timeout(patience));
      }
      return true;
    } catch (error) {
      logger.warn("methods not refreshed", { shop: shop.id, why: toText(error) });
      return false;
    } finally {
      telling.delete(shop.id);
    }
  };
  const compare = async (shop: HostedShop): Promise<void> => {
    const on = clock.now();
    try {
      const fingerprint = await readFingerprint(shop);
      // One that was not told stays as it was, so that it is told in an hour.
      if (seen.get(shop.id)?.fingerprint === fingerprint || (await tell(shop))) seen.set(shop.id, { fingerprint, on });
      else seen.set(shop.id, { fingerprint: "", on });
    } catch (error) {
      logger.warn("methods not compared", { shop: shop.id, why: toText(error) });
    }
  };

  return {
    changed(id) {
      const shop = shops().find((one) => one.id === id);
      if (shop?.adapter.refreshMethods !== undefined) void tell(shop);
    },
    async check() {
      const now = clock.now();
      for (const shop of shops()) {
        if (shop.adapter.refreshMethods === undefined) continue;
        const known = seen.get(shop.id);
        if (known === undefined) seen.set(shop.id, { fingerprint: "", on: now });
        else if (secondsBetween(known.on, now) >= every) await compare(shop);
      }
    },
  };
}

/** What a shop shows of its methods: in both spaces, because which one it shows is its own choice. */
async function readFingerprint({ live, test }: HostedShop): Promise<string> {
  const spaces = [live, test].filter((space) => space !== null);
  const lists = await Promise.all(spaces.map((space) => space.listPaymentMethodConfigurations()));
  return JSON.stringify(lists.flat().map(({ id, state, version, sortOrder }) => [id, state, version, sortOrder]));
}

function toText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
