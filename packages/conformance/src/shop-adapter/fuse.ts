import { AsyncLocalStorage } from "node:async_hooks";

/** Kills a process after so many of its calls: that call has its effect, and nothing after it happens. */
export interface Fuse {
  /** How many calls were made. */
  readonly calls: () => number;
  /** Resolves when it burned. */
  readonly burned: Promise<void>;
  /** Counts the call; after the last one the caller never goes on. */
  through<T>(call: () => Promise<T>): Promise<T>;
}

const never = new Promise<never>(() => {});

/** `after`: the number of calls that are answered. Infinity: none is lost. */
export function createFuse(after: number): Fuse {
  let calls = 0;
  const { promise: burned, resolve } = Promise.withResolvers<void>();
  /** The number of the call within which another is made: a shop that is shown a payment may ask core back. */
  const within = new AsyncLocalStorage<number>();
  return {
    calls: () => calls,
    burned,
    async through(call) {
      if (calls > after) {
        // The last call waits for this one, and dies in the middle of its effect.
        if ((within.getStore() ?? 0) > after) resolve();
        return never;
      }
      calls += 1;
      const mine = calls;
      const settled = await within.run(mine, call).then(
        (value) => () => value,
        (error: unknown) => () => {
          throw error;
        },
      );
      if (mine <= after) return settled();
      resolve();
      return never;
    },
  };
}

/** Every method of it goes through the fuse. */
export function withFuse<T extends object>(target: T, fuse: () => Fuse): T {
  const methods = Object.entries(target).map(([name, method]) => [
    name,
    typeof method !== "function" ? method : (...given: unknown[]) => fuse().through(async () => method(...given)),
  ]);
  return Object.fromEntries(methods) as T;
}
