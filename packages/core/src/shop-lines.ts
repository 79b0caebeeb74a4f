import type { Clock, CoreParts, Seconds, ShopId } from "./contract/index.ts";
import { backoff } from "./schedule.ts";

/** The line to one shop: how many talk over it now, and whether it is dead. */
export interface ShopLines {
  /**
   * null: speak, and tell `leave` how it went. Else so many seconds are to pass first: too many speak with this shop, or
   * it is dead and somebody else tries it.
   */
  enter(shop: ShopId): Seconds | null;
  leave(shop: ShopId, how: "answered" | "failed" | "notAsked"): void;
}

/** The parts of a core that runs. */
export interface RunningParts extends CoreParts {
  readonly lines: ShopLines;
}

interface Line {
  speaking: number;
  /** In a row. */
  faults: number;
  deadUntil: number;
}

/** So many may speak with one shop at once, so that one that hangs cannot hold up the others. */
const speakers = 5;
/** After so many faults in a row it is dead, and tried by one at a time. */
const enough = 5;
const firstPause: Seconds = 30;
const longestPause: Seconds = 5 * 60;

/** A circuit breaker per shop, in this process. A shop that answers once is alive. */
export function createShopLines({ now }: Pick<Clock, "now">, random: () => number): ShopLines {
  const lines = new Map<ShopId, Line>();
  const find = (shop: ShopId): Line => {
    const line = lines.get(shop) ?? { speaking: 0, faults: 0, deadUntil: 0 };
    lines.set(shop, line);
    return line;
  };
  return {
    enter(shop) {
      const line = find(shop);
      const dead = (line.deadUntil - Date.parse(now())) / 1000;
      const isDead = line.faults >= enough;
      // Not all at once when it is alive again.
      if (isDead && (dead > 0 || line.speaking > 0)) return Math.max(dead, 1) + firstPause * random();
      if (line.speaking >= speakers) return 1 + random();
      line.speaking += 1;
      return null;
    },
    leave(shop, how) {
      const line = find(shop);
      line.speaking -= 1;
      if (how === "notAsked") return;
      line.faults = how === "answered" ? 0 : line.faults + 1;
      const pause = backoff(line.faults - enough + 1, firstPause, longestPause, random);
      if (line.faults >= enough) line.deadUntil = Date.parse(now()) + pause * 1000;
      else if (line.faults === 0 && line.speaking === 0) lines.delete(shop);
    },
  };
}
