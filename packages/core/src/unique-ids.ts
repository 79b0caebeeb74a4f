import { createHash } from "node:crypto";
import { cutText } from "./text.ts";

const longest = 200;

/**
 * The `uniqueId` of a line at the service, from the shop's id alone, so that it stays the same when other lines come
 * and go. The service takes at most 200 characters: a longer id is cut and told apart by a part of its hash.
 */
export function toUniqueId(id: string): string {
  if (id.length <= longest) return id;
  return withTail(id, `_${createHash("sha256").update(id).digest("hex").slice(0, 16)}`);
}

/** Each id as `toUniqueId` gives it; of equal ones the first keeps it, the next get `_2`, `_3` and so on by order. */
export function toUniqueIds(ids: readonly string[]): readonly string[] {
  const wanted = ids.map(toUniqueId);
  const taken = new Set(wanted);
  const counts = new Map<string, number>();
  return wanted.map((id) => {
    let count = (counts.get(id) ?? 0) + 1;
    let unique = id;
    if (count > 1) {
      while (taken.has(withTail(id, `_${count}`))) count++;
      unique = withTail(id, `_${count}`);
      taken.add(unique);
    }
    counts.set(id, count);
    return unique;
  });
}

function withTail(id: string, tail: string): string {
  return cutText(id, longest - tail.length) + tail;
}
