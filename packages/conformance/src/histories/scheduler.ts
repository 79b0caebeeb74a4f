import type { Random } from "./random.ts";

/** A gateway process. Killed, it never goes on: whatever it was about to do, it does not do. */
export interface Process {
  readonly name: string;
  readonly isDead: () => boolean;
}

interface Parked {
  readonly process: Process;
  readonly what: string;
  readonly goOn: () => void;
}

export interface Scheduler {
  /** Waits until it is this one's turn. For ever, when the process is killed meanwhile or was. */
  turn(process: Process, what: string): Promise<void>;
  readonly waiting: () => number;
  /** Lets one that waits go on, by chance; answers which. */
  resume(): string | null;
  /** From now on nobody waits. */
  open(): void;
}

const never = new Promise<void>(() => {});

/** Decides which of those who wait goes on: that is how every order of events can happen. */
export function createScheduler(random: Random, parks: number): Scheduler {
  let parked: Parked[] = [];
  let isOpen = false;
  const living = (): Parked[] => {
    parked = parked.filter(({ process }) => !process.isDead());
    return parked;
  };
  return {
    turn(process, what) {
      if (process.isDead()) return never;
      if (isOpen || !random.chance(parks)) return Promise.resolve();
      return new Promise((resolve) => {
        parked.push({ process, what, goOn: resolve });
      });
    },
    waiting: () => living().length,
    resume() {
      const all = living();
      if (all.length === 0) return null;
      const chosen = random.pick(all);
      parked = parked.filter((one) => one !== chosen);
      chosen.goOn();
      return `${chosen.process.name} ${chosen.what}`;
    },
    open() {
      isOpen = true;
      for (const { goOn } of living()) goOn();
      parked = [];
    },
  };
}
