import type { ServiceId } from "@checkout-plugins/client";
import { ApiError, unprocessable } from "../api-error.ts";
import { cardBrands } from "../catalogue/cards.ts";
import type { TerminalRow, TerminalSum, TerminalSummaryRow } from "../state/terminal.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { sum } from "../values/decimal.ts";
import { isSuccessful } from "./transaction-machine.ts";
import type { World } from "./world.ts";

/** Ends the day of a terminal: sums up what it took since the last time. */
export function closeTerminal(world: World, terminal: TerminalRow): TerminalSummaryRow {
  const { terminalSummaries, transactions } = world.state.tables;
  if (terminal.state !== "ACTIVE") {
    throw unprocessable("terminal_not_active", `Terminal ${terminal.id} is ${terminal.state}.`);
  }
  if (terminal.performing !== null) {
    throw new ApiError(409, "terminal_busy", `Terminal ${terminal.id} waits for a buyer.`);
  }
  const earlier = terminalSummaries.of(terminal.space).filter((one) => one.terminal === terminal.id);
  const counted = new Set(earlier.flatMap((one) => one.transactions));
  const taken = transactions
    .of(terminal.space)
    .filter((row) => row.terminal === terminal.id && isSuccessful(row.state) && !counted.has(row.id));
  const now = world.agenda.now();
  return terminalSummaries.put({
    id: world.newId(),
    space: terminal.space,
    terminal: terminal.id,
    reference: earlier.length + 1,
    startedOn: earlier.at(-1)?.endedOn ?? taken[0]?.createdOn ?? now,
    endedOn: now,
    transactions: taken.map(({ id }) => id),
    sums: toSums(world, taken),
  });
}

function toSums(world: World, rows: readonly TransactionRow[]): readonly TerminalSum[] {
  const groups = Map.groupBy(rows, (row) => `${brandOf(world, row.id)}/${row.content.currency}`);
  return [...groups.entries()].map(([key, taken]) => {
    const [brand = "", currency = ""] = key.split("/");
    const tips = taken.flatMap(({ content }) => content.lineItems.filter(({ type }) => type === "TIP"));
    return {
      id: world.newId(),
      brand,
      currency,
      amount: sum(taken.map(({ authorizationAmount }) => authorizationAmount)),
      tip: sum(tips.map(({ amountIncludingTax }) => amountIncludingTax)),
      count: taken.length,
    };
  });
}

function brandOf(world: World, transaction: ServiceId): string {
  const attempts = world.state.tables.chargeAttempts.ofTransaction(transaction);
  const card = attempts.find(({ state }) => state === "SUCCESSFUL")?.card ?? null;
  return card === null ? "" : cardBrands[card.brand].name;
}
