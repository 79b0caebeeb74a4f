/** Statements that both databases understand, and that make tables large enough for a plan to matter. */
function numbers(count: number, insert: string): string {
  const [into, select] = insert.split(" select ", 2) as [string, string];
  return `${into} with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count}) select ${select} from n`;
}

const two = (expression: string): string =>
  `case when ${expression} < 10 then '0' || (${expression}) else '' || (${expression}) end`;
const minute = (expression: string): string => `'2026-02-03T08:' || ${two(`(${expression}) % 60`)} || ':00.000Z'`;

/**
 * So many times 20,000 payments in 51 shops, of which one has three quarters, all due; a hint of each, and twice as many
 * strangers.
 */
export const toSeed = (times: number): readonly string[] => [
  numbers(
    20_000 * times,
    `insert into payments (id, shop, reference, order_group, opened_at, look_at) select 'p' || i, case when i <= ${15_000 * times} then 'big' else 'shop-' || (i % 50) end, 'r' || i, 'g' || (i / 2), '2026', ${minute("i")}`,
  ),
  numbers(
    20_000 * times,
    "insert into attempts (payment, id, space, transaction_id, row) select 'p' || i, 'a' || i, '70001', 't' || i, '{}'",
  ),
  numbers(
    20_000 * times,
    "insert into commands (payment, id, entity, service_id, row) select 'p' || i, 'c' || i, 'refund', 's' || i, '{}'",
  ),
  numbers(
    20_000 * times,
    "insert into entities (payment, entity, id, position, row) select 'p' || i, 'refund', 'e' || i, 0, '{}'",
  ),
  numbers(20_000 * times, "insert into hints (payment, number, row) select 'p' || i, 1, '{}'"),
  numbers(
    20_000 * times,
    "insert into findings (payment, shop, key, kind, detail, since) select 'p' || i, 'shop-' || (i % 50), 'orphan', 'orphan', '', '2026'",
  ),
  numbers(
    20_000 * times,
    "insert into notices (payment, key, since, shop, due_at, tries, told_to) select 'p' || i, 'orphan', '2026', 'shop-' || (i % 50), '2027', 0, '[]'",
  ),
  numbers(
    20_000 * times,
    "insert into buyers (shop, key, payment) select 'shop-' || (i % 50), 'k' || (i / 2), 'p' || i",
  ),
  numbers(
    5_000 * times,
    "insert into payments (id, shop, reference, opened_at) select 'old' || i, 'shop-' || (i % 50), 'old' || i, '2025'",
  ),
  numbers(
    40_000 * times,
    "insert into strangers (space, transaction_id, entity, entity_id, row, forget_on) select '70001', case when i % 2 = 0 then 'x' || i else null end, 'refund', 'y' || i, '{}', '2026-02-04T08:00:00.000Z'",
  ),
  numbers(5_000 * times, "insert into stranger_counts (space, kept) select 'space-' || i, 1"),
  numbers(
    5_000 * times,
    "insert into sweeps (space, entity, claimed_until, next_at) select 'space-' || i, 'refund', '2026', '2026'",
  ),
  "analyze",
];
