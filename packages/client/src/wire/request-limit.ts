import type { ClientSettings } from "../client.ts";
import { ServiceError } from "../errors.ts";

/** Who waits for the answer: a buyer or merchant in front of a page, or nobody. */
export type Urgency = "asked" | "background";

export interface RequestLimit {
  /**
   * Resolves when one more request may be sent.
   * @throws ServiceError `rateLimited` that tells `retryAfter`, when that takes more than ten seconds.
   */
  pass(urgency: Urgency, request: string, signal: AbortSignal | undefined): Promise<void>;
  /** The service asked us to send nothing for so many milliseconds. */
  close(milliseconds: number): void;
}

/** Milliseconds in which the service counts a space's requests. */
const window = 120_000;
/** Longer than this nobody waits inside a call. */
export const longestWait = 10_000;

/**
 * A token bucket per space. A tenth of the limit may be sent at once, the rest comes evenly, so that no two minutes see
 * more than the limit. The lower half of the bucket is kept for those who wait for an answer. `requests` undefined: only
 * the service's own word is heeded.
 */
export function createRequestLimit(
  requests: number | undefined,
  { now, sleep, random }: Pick<ClientSettings, "now" | "sleep" | "random">,
): RequestLimit {
  const capacity = requests === undefined ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(requests / 10));
  const perMillisecond = requests === undefined ? 0 : Math.max(0, requests - capacity) / window;
  const reserve = requests === undefined ? 0 : Math.floor(capacity / 2);
  let tokens = capacity;
  let filledAt = now();
  let closedUntil = 0;

  /** Milliseconds until it may be sent; 0 takes it. */
  const take = (urgency: Urgency): number => {
    const time = now();
    tokens = Math.min(capacity, tokens + Math.max(0, time - filledAt) * perMillisecond);
    filledAt = time;
    if (time < closedUntil) return closedUntil - time;
    const lacking = 1 + (urgency === "asked" ? 0 : reserve) - tokens;
    if (lacking <= 1e-9) {
      tokens -= 1;
      return 0;
    }
    return perMillisecond === 0 ? Number.POSITIVE_INFINITY : lacking / perMillisecond;
  };
  return {
    async pass(urgency, request, signal) {
      let waited = 0;
      for (let wait = take(urgency); wait > 0; wait = take(urgency)) {
        if (waited + wait > longestWait) throw toLimited(request, wait);
        const pause = Math.max(1, Math.ceil(wait * (urgency === "asked" ? 1 : 1 + random())));
        waited += pause;
        await sleep(pause, signal);
      }
    },
    close(milliseconds) {
      closedUntil = Math.max(closedUntil, now() + milliseconds);
    },
  };
}

function toLimited(request: string, wait: number): ServiceError {
  const retryAfter = Math.ceil(Math.min(wait, window) / 1000);
  return new ServiceError(
    `Too many requests: ${request} was not sent, so that the space keeps to its limit. It can be sent in ${retryAfter} seconds.`,
    { code: "rateLimited", request, retryAfter },
  );
}
