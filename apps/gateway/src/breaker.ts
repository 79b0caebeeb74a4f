import {
  addSeconds,
  type Clock,
  type Instant,
  type Json,
  type Logger,
  type Seconds,
  type Shop,
  type ShopAdapter,
  type ShopDirectory,
  type ShopId,
  type Shown,
  secondsBetween,
} from "@checkout-plugins/core";

export interface BreakerParts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Failures in a row after which a shop is left alone. */
const most = 3;
const shortest: Seconds = 30;
const longest: Seconds = 600;
/** No showing takes longer, so that a shop that swallows requests does not hold the places of others. */
const patience: Seconds = 25;

interface State {
  readonly failures: number;
  /** Until then it is left alone; then one showing finds out. */
  readonly until: Instant;
  readonly isProbing: boolean;
}

/**
 * A circuit breaker for each shop: one that fails three times in a row is asked by one showing at a time, after half a
 * minute and then at growing intervals up to ten minutes, while its other payments wait. What it was not shown is due
 * again, so nothing is lost by it.
 */
export function guardShops(shops: ShopDirectory, parts: BreakerParts): ShopDirectory {
  const states = new Map<ShopId, State>();
  const guard = (shop: Shop): Shop => ({ ...shop, adapter: guardAdapter(shop, states, parts) });
  return {
    ...shops,
    async find(id) {
      const shop = await shops.find(id);
      return shop && guard(shop);
    },
  };
}

function guardAdapter({ id, adapter }: Shop, states: Map<ShopId, State>, parts: BreakerParts): ShopAdapter {
  const { clock, logger, random } = parts;
  const fail = (why: string): void => {
    const failures = (states.get(id)?.failures ?? 0) + 1;
    const pause = Math.min(longest, shortest * 2 ** Math.min(10, failures - most)) * (0.8 + 0.4 * random());
    const until = failures < most ? clock.now() : addSeconds(clock.now(), pause);
    states.set(id, { failures, until, isProbing: false });
    if (failures === most) logger.warn("shop left alone", { shop: id, seconds: Math.round(pause), why });
  };
  const succeed = (): void => {
    if ((states.get(id)?.failures ?? 0) >= most) logger.info("shop answers again", { shop: id });
    states.delete(id);
  };
  return {
    ...adapter,
    async showPayment(payment, receipt, signal): Promise<Shown<Json>> {
      const state = states.get(id);
      if (state !== undefined && state.failures >= most) {
        const left = secondsBetween(clock.now(), state.until);
        if (left > 0 || state.isProbing) return { kind: "notReady", retryAfter: Math.max(1, left) * (1 + random()) };
        states.set(id, { ...state, isProbing: true });
      }
      try {
        const shown = await withPatience(clock, signal, (limited) => adapter.showPayment(payment, receipt, limited));
        succeed();
        return shown;
      } catch (error) {
        if (!signal.aborted) fail(error instanceof Error ? error.message : String(error));
        else if (state !== undefined) states.set(id, { ...state, isProbing: false }); // stopped: it says nothing of the shop
        throw error;
      }
    },
  };
}

/** The work, with a signal that fires when it takes too long. */
async function withPatience<Result>(
  clock: Clock,
  signal: AbortSignal,
  work: (limited: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const [done, late] = [new AbortController(), new AbortController()];
  clock.sleep(patience, done.signal).then(
    () => late.abort(new Error(`The shop did not answer within ${patience} seconds.`)),
    () => undefined,
  );
  try {
    return await work(AbortSignal.any([signal, late.signal]));
  } finally {
    done.abort();
  }
}
