import type { AttemptRow, Money } from "./contract/index.ts";
import { subtract, sum, toMoney } from "./money.ts";
import type { TransactionSnapshot } from "./snapshot.ts";

/**
 * What the buyer gave at the terminal on top of what was agreed; null: nothing. It comes back as lines of the type TIP,
 * part of the authorized amount; those that the order itself has are part of what was agreed.
 */
export function toTip(
  { terminal, order }: Pick<AttemptRow, "terminal" | "order">,
  { currency, tips }: Pick<TransactionSnapshot, "currency" | "tips">,
): Money | null {
  if (terminal === undefined || tips === undefined || currency !== order.total.currency) return null;
  const own = order.lines.filter(({ type, total }) => type === "tip" && total.minor > 0);
  const given = subtract(
    toMoney(tips, currency),
    sum(
      own.map(({ total }) => total),
      currency,
    ),
  );
  return given.minor > 0 ? given : null;
}
