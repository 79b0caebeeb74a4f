/**
 * How much of one meaning two normalised words have by their letters, 0 to 1: the same 1, one stem 0.8, one within the
 * other up to 0.8 by how much of it it is, else 0. Numbers must be the same.
 */
export function likeness(left: string, right: string): number {
  if (left === right) return 1;
  const [short, long] = sortByLength(left, right);
  if (short.length < 4 || hasDigit(left, right)) return 0;
  if (commonPrefix(short, long) >= Math.max(4, Math.ceil(long.length * 0.6))) return 0.8;
  return short.length >= 5 && long.includes(short) ? 0.4 + (0.4 * short.length) / long.length : 0;
}

/** How likely one is the other with slips of the finger: one slip 0.7, two in a long word 0.5, else 0. */
export function slipLikeness(left: string, right: string): number {
  const [short, long] = sortByLength(left, right);
  if (short.length < 5 || hasDigit(left, right)) return 0;
  const allowed = short.length >= 8 ? 2 : 1;
  const slips = editDistance(short, long, allowed);
  if (slips > allowed) return 0;
  return slips === 2 ? 0.5 : 0.7;
}

function sortByLength(left: string, right: string): readonly [short: string, long: string] {
  return left.length <= right.length ? [left, right] : [right, left];
}

function hasDigit(left: string, right: string): boolean {
  return /\d/.test(left + right);
}

function commonPrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

/** Insertions, deletions, replacements and swaps of neighbours; anything above `limit` is answered with limit + 1. */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let older: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwap = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      const replaced = at(previous, column - 1) + (isSame ? 0 : 1);
      const swapped = isSwap && row > 1 ? at(older, column - 2) + 1 : Number.POSITIVE_INFINITY;
      current.push(Math.min(at(previous, column) + 1, at(current, column - 1) + 1, replaced, swapped));
    }
    if (Math.min(...current) > limit && Math.min(...previous) > limit) return limit + 1;
    older = previous;
    previous = current;
  }
  return Math.min(at(previous, right.length), limit + 1);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
