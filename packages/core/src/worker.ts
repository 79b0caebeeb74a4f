import type { Clock, Core, Logger, Seconds, SpaceId } from "./contract/index.ts";
import { secondsBetween } from "./time.ts";

/** Between two questions whether a sweep is due. */
const sweepEvery: Seconds = 60;

export interface WorkerParts {
  readonly core: Pick<Core, "settleDue" | "sweep">;
  /** Spaces to sweep. The store knows when each is due, so asking often costs nothing. */
  readonly spaces: () => readonly SpaceId[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** Between two questions what is due, when nobody wakes us. Default 1 second. */
  readonly idle?: Seconds;
  readonly total?: number;
  readonly perShop?: number;
}

export interface Worker {
  /** Something became due: do not wait. */
  wake(): void;
  /** Settles what is due until the signal fires; what was begun is finished first. */
  run(signal: AbortSignal): Promise<void>;
}

/** The loop that carries the promise where no webhook and no buyer does: it settles what is due, and sweeps. */
export function createWorker(parts: WorkerParts): Worker {
  const { core, clock, logger, spaces, idle = 1, total = 20, perShop = 5 } = parts;
  let awake = new AbortController();
  let sweptOn = clock.now();
  const sweep = async (): Promise<void> => {
    if (secondsBetween(sweptOn, clock.now()) < sweepEvery) return;
    sweptOn = clock.now();
    for (const space of spaces()) {
      await core.sweep(space).catch((error: unknown) => {
        logger.warn("sweep failed", { space, why: error instanceof Error ? error.message : String(error) });
      });
    }
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
        const worked = await core.settleDue({ total, perShop }).catch((error: unknown) => {
          logger.error("worker", { why: error instanceof Error ? error.message : String(error) });
          return 0;
        });
        await sweep();
        if (worked === 0 && !signal.aborted) await rest(signal);
      }
    },
  };
}
