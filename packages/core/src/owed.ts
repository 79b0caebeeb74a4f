import type { ReadAttempt } from "./attempt.ts";
import type { CommandId, CommandRow, Instant, Money, NewCommand } from "./contract/index.ts";
import { subtract, toMoney } from "./money.ts";

/**
 * What core itself owes: the void or refund of money the buyer should not have paid. Its id is made of the attempt, so
 * that it is written once, whoever finds it and however often.
 */
export function toOwed(
  unwanted: readonly ReadAttempt[],
  commands: readonly CommandRow[],
  now: Instant,
): readonly NewCommand[] {
  return unwanted.flatMap((one) => {
    const kind = one.attempt.state === "authorized" ? "void" : "refund";
    const id = `core-${kind}-${one.row.id}` as CommandId;
    if (commands.some((command) => command.id === id)) return [];
    const amount = kind === "void" ? null : rest(one);
    const body = kind === "void" ? {} : { amount: "rest", lines: null };
    return [{ id, attempt: one.row.id, kind, shopKeys: [], origin: "core", body, amount, lines: null, on: now }];
  });
}

function rest({ snapshot, row }: ReadAttempt): Money {
  if (snapshot === null) return row.order.total;
  const taken = toMoney(snapshot.completedAmount ?? snapshot.authorizationAmount, snapshot.currency);
  return subtract(taken, toMoney(snapshot.refundedAmount ?? "0", snapshot.currency));
}
