import type { SpaceId } from "@checkout-plugins/client";
import { ApiError } from "../api-error.ts";
import type { SpaceRow } from "../state/space.ts";
import type { Time } from "../state/transaction.ts";

const windowLength = 120_000;

/** Counts the accepted requests of each space over two minutes. */
export interface RateLimit {
  /** @throws ApiError 429 when the space has used up its requests */
  take(space: SpaceRow, now: Time): void;
  clear(): void;
}

export function createRateLimit(): RateLimit {
  const accepted = new Map<SpaceId, Time[]>();
  return {
    take(space, now) {
      const { requestLimit, retryAfter } = space.switches;
      if (requestLimit === 0) return;
      const recent = (accepted.get(space.id) ?? []).filter((at) => at > now - windowLength);
      accepted.set(space.id, recent);
      const [oldest] = recent;
      if (recent.length < requestLimit || oldest === undefined) {
        recent.push(now);
        return;
      }
      const seconds = Math.ceil((oldest + windowLength - now) / 1000);
      throw new ApiError(
        429,
        "too_many_requests",
        `The space ${space.id} accepts ${requestLimit} requests in two minutes.`,
        {
          retryAfter: retryAfter === "sent" ? seconds : undefined,
        },
      );
    },
    clear: () => accepted.clear(),
  };
}
