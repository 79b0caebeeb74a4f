import type { Clock, Core, Logger, Seconds } from "./contract/index.ts";

export interface WorkerParts {
  readonly core: Pick<Core, "settleDue">;
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

/** The loop that carries the promise where no webhook and no buyer does: it asks what is due, and settles it. */
export function createWorker(parts: WorkerParts): Worker {
  const { core, clock, logger, idle = 1, total = 20, perShop = 5 } = parts;
  let awake = new AbortController();
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
        if (worked === 0 && !signal.aborted) await rest(signal);
      }
    },
  };
}
