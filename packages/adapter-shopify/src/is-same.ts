import { timingSafeEqual } from "node:crypto";

/** Takes as long for every wrong text of the right length. */
export function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
