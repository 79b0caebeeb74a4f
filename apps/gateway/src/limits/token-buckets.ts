import type { Seconds } from "@checkout-plugins/core";

export interface TokenBucketSettings {
  /** So many at once … */
  readonly burst: number;
  /** … and so many a second for ever. */
  readonly perSecond: number;
  /** Whoever was not seen for longest is forgotten first. Default 10,000, about 2 MB. */
  readonly remembered?: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface TokenBuckets {
  /** null: go on. Else: not now, but in so many seconds, 1 at least. */
  take(caller: string): Seconds | null;
  /** How many callers are remembered. */
  size(): number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** One bucket of tokens for each caller, in bounded memory. */
export function createTokenBuckets({ burst, perSecond, remembered = 10_000, now }: TokenBucketSettings): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  return {
    take(caller) {
      const at = now();
      const known = buckets.get(caller) ?? { tokens: burst, at };
      const gained = (Math.max(0, at - known.at) / 1000) * perSecond;
      const tokens = Math.min(burst, known.tokens + gained);
      const isFree = tokens >= 1;
      buckets.delete(caller); // a Map keeps the order in which keys were added, so the first is the oldest
      buckets.set(caller, { tokens: isFree ? tokens - 1 : tokens, at });
      const [oldest] = buckets.size > remembered ? buckets.keys() : [];
      if (oldest !== undefined) buckets.delete(oldest);
      return isFree ? null : Math.max(1, Math.ceil((1 - tokens) / perSecond));
    },
    size: () => buckets.size,
  };
}
