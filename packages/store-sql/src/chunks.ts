/** SQLite binds at most 32,766 values in a statement, PostgreSQL 65,535. */
const most = 1000;

/** Splits a long list, because a statement takes only so many values. */
export function toChunks<One>(list: readonly One[]): readonly (readonly One[])[] {
  const count = Math.ceil(list.length / most);
  return Array.from({ length: count }, (_, index) => list.slice(index * most, (index + 1) * most));
}

/** What a query finds for all of them, each asked for once. */
export async function findAll<Key, Found>(
  keys: readonly Key[],
  query: (some: readonly Key[]) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  const found: Found[] = [];
  for (const chunk of toChunks([...new Set(keys)])) found.push(...(await query(chunk)));
  return found;
}
