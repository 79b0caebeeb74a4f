import type { Hint, ServiceId } from "./contract/index.ts";

/** How long a hint that finds no payment is kept. */
export const strangerSeconds: number = 24 * 60 * 60;

/** The transaction a hint belongs to, as far as it tells: its own id, or that of its reading. */
export function transactionOfHint({ entity, id, reading }: Hint): ServiceId | null {
  return entity === "transaction" ? id : (reading?.transaction ?? null);
}
