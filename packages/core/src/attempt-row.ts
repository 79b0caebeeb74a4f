import type { AttemptRow, CoreParts, Lease } from "./contract/index.ts";
import { type Held, mustHold } from "./lease.ts";

/** The attempts that have a transaction we know; oldest first. */
export function createdAttempts({ attempts }: Lease): readonly AttemptRow[] {
  return attempts.filter(({ createState }) => createState === "created");
}

/** Saves the attempt, and gives the lease as it stands after. */
export async function saveAttempt(parts: CoreParts, held: Held, attempt: AttemptRow): Promise<Held> {
  const { lease } = held;
  mustHold(await parts.store.saveAttempt(lease, attempt), lease.row);
  const isKnown = lease.attempts.some(({ id }) => id === attempt.id);
  const attempts = isKnown
    ? lease.attempts.map((one) => (one.id === attempt.id ? attempt : one))
    : [...lease.attempts, attempt];
  return { ...held, lease: { ...lease, attempts } };
}

/** One whose creator died before it could say what came of it: its address was given to nobody. */
export async function closeIntended(parts: CoreParts, given: Held): Promise<Held> {
  let held = given;
  for (const attempt of given.lease.attempts.filter(({ createState }) => createState === "intended")) {
    held = await saveAttempt(parts, held, { ...attempt, createState: "cut" });
  }
  return held;
}
