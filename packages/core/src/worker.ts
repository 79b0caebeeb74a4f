import type { Clock, Core, Logger, Seconds, SpaceId } from "./contract/index.ts";
import { secondsBetween } from "./time.ts";

/** Between two questions whether a sweep is due. */
const sweepEvery: Seconds = 60;

export interface WorkerParts {
  readonly core: Pick<Core, "beginDue" | "sweep">;
  /** Spaces to sweep. The store knows when each is due, so asking often costs nothing. */
  readonly spaces: () => readonly SpaceId[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Between two questions what is due, when nobody wakes us. Default 1 second. */
  readonly idle?: Seconds;
  /** Payments settled at once. Default 20. */
  readonly total?: number;
  /** Of them, claimed of one shop at once. Default 5. */
  readonly perShop?: number;
}

export interface Worker {
  /** Something became due: do not wait. */
  wake(): void;
  /** Settles what is due until the signal fires; what was begun is finished first. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * The loop that carries the promise where no webhook and no buyer does: it settles what is due, and sweeps. A payment, a
 * shop or a space that is slow holds up only itself.
 */
export function createWorker(parts: WorkerParts): Worker {
  const { core, clock, logger, spaces, idle = 1, total = 20, perShop = 5 } = parts;
  const running = new Set<Promise<void>>();
  let awake = new AbortController();
  let sweptOn = clock.now();
  let sweeping: Promise<void> | null = null;
  let isFull = false;
  const sweepAll = async (): Promise<void> => {
    for (const space of spaces()) {
      await core.sweep(space).catch((error: unknown) => {
        logger.warn("sweep failed", { space, why: error instanceof Error ? error.message : String(error) });
      });
    }
  };
  const sweep = (): void => {
    if (sweeping !== null || secondsBetween(sweptOn, clock.now()) < sweepEvery) return;
    sweptOn = clock.now();
    sweeping = sweepAll().finally(() => {
      sweeping = null;
    });
  };
  const begin = async (): Promise<number> => {
    const free = total - running.size;
    isFull = free <= 0;
    if (isFull) return 0;
    const begun = await core.beginDue({ total: free, perShop: Math.min(perShop, free) });
    for (const one of begun) {
      const ended = one
        .catch((error: unknown) => {
          logger.error("worker", { why: error instanceof Error ? error.message : String(error) });
        })
        .finally(() => {
          running.delete(ended);
          if (isFull && running.size <= total / 2) awake.abort(); // claims many, not one by one
        });
      running.add(ended);
    }
    return begun.length;
  };
  const rest = async (signal: AbortSignal): Promise<void> => {
    const woken = AbortSignal.any([signal, awake.signal]);
    await clock.sleep(idle, woken).catch((error: unknown) => {
      if (!woken.aborted) throw error;
    });
    awake = new AbortController();
  };
  return {
    wake: () => awake.abort(),
    async run(signal) {
      while (!signal.aborted) {
        const begun = await begin().catch((error: unknown) => {
          logger.error("worker", { why: error instanceof Error ? error.message : String(error) });
          return 0;
        });
        sweep();
        if (begun === 0 && !signal.aborted) await rest(signal);
      }
      await Promise.all(running);
      await sweeping;
    },
  };
}
