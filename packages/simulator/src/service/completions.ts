import type { Decimal, ServiceId } from "@checkout-plugins/client";
import { ApiError, unprocessable } from "../api-error.ts";
import type { CompletionRow } from "../state/payment.ts";
import type { LineItem, TransactionRow } from "../state/transaction.ts";
import { compare, subtract, sum, zero } from "../values/decimal.ts";
import type { Deliveries } from "./deliveries.ts";
import { refuseSecond } from "./operations-in-progress.ts";
import { totalOf } from "./transaction-rules.ts";
import type { Transactions } from "./transactions.ts";
import { durationOf, switchesOf, type World } from "./world.ts";

export interface CompletionLine {
  readonly uniqueId: string;
  readonly quantity: Decimal;
  /** Of the line, with tax. */
  readonly amount: Decimal;
}

/** What may be said about a completion; everything open when there are no lines. */
export interface CompletionDetails {
  readonly externalId?: string;
  readonly invoiceMerchantReference?: string;
  readonly lastCompletion?: boolean;
  readonly lineItems?: readonly CompletionLine[];
  readonly metaData?: Readonly<Record<string, string>>;
  readonly statementDescriptor?: string;
}

export interface Completions {
  /** Takes money of an AUTHORIZED transaction. The same `externalId` again answers what came of the first call. */
  complete(
    transaction: TransactionRow,
    mode: CompletionRow["mode"],
    details: CompletionDetails,
    user: ServiceId | null,
  ): CompletionRow;
  last(transaction: TransactionRow): CompletionRow | undefined;
}

/** What completions, invoices and tokens have in common: told after a completion was successful. */
export type Completed = (completion: CompletionRow, transaction: TransactionRow) => void;

export function createCompletions(
  world: World,
  transactions: Transactions,
  deliveries: Deliveries,
  onCompleted: Completed,
): Completions {
  const { agenda } = world;
  const { completions } = world.state.tables;

  const put = (row: CompletionRow) => {
    const { id, space, state, transaction } = row;
    completions.put(row);
    world.announce({ entity: "TransactionCompletion", id, space, state, entered: true, transaction });
    return row;
  };
  const succeed = (row: CompletionRow, transaction: TransactionRow) => {
    const done = put({
      ...row,
      state: "SUCCESSFUL",
      succeededOn: agenda.now(),
      nextUpdateOn: null,
      version: row.version + 1,
    });
    const completedAmount = sum([transaction.completedAmount, row.amount]);
    onCompleted(done, transaction);
    if (row.lastCompletion)
      deliveries.completed(transactions.enter(transaction, "COMPLETED", { completedAmount }), row.id);
    else transactions.enter(transaction, "AUTHORIZED", { completedAmount });
    return done;
  };
  const settle = (row: CompletionRow): CompletionRow => {
    const transaction = world.state.tables.transactions.get(row.transaction);
    if (transaction === undefined || row.state !== "PENDING") return row;
    if (transaction.state === "AUTHORIZED" && switchesOf(world, transaction).completionOutcome === "successful") {
      return succeed(row, transaction);
    }
    const failed = {
      state: "FAILED",
      failure: "refusedByProcessor",
      failedOn: agenda.now(),
      nextUpdateOn: null,
    } as const;
    return put({ ...row, ...failed, version: row.version + 1 });
  };

  return {
    last: (transaction) => completions.ofTransaction(transaction.id).findLast((row) => row.state === "SUCCESSFUL"),

    complete(transaction, mode, details, user) {
      const earlier = completions.ofTransaction(transaction.id);
      const repeated = earlier.find((row) => row.externalId !== null && row.externalId === details.externalId);
      if (repeated !== undefined) return repeated;
      if (transaction.state !== "AUTHORIZED") throw notAuthorized(world, transaction, "completed");
      refuseSecond(world, transaction);
      const { taken, remaining } = divideLines(openLines(transaction, earlier), details.lineItems ?? null);
      const lastCompletion = details.lastCompletion ?? remaining.length === 0;
      const delay = mode === "OFFLINE" ? 0 : durationOf(world, transaction, "completionDelay");
      const now = agenda.now();
      const row = put({
        id: world.newId(),
        space: transaction.space,
        transaction: transaction.id,
        version: 1,
        createdOn: now,
        createdBy: user,
        state: "PENDING",
        mode,
        lastCompletion,
        externalId: details.externalId ?? null,
        amount: totalOf(taken),
        lineItems: taken,
        baseLineItems: transaction.content.lineItems,
        remainingLineItems: remaining,
        invoiceMerchantReference: details.invoiceMerchantReference ?? null,
        statementDescriptor: details.statementDescriptor ?? null,
        metaData: details.metaData ?? {},
        succeededOn: null,
        failedOn: null,
        nextUpdateOn: delay === 0 ? null : now + delay,
        failure: null,
        lineItemVersion: world.state.tables.lineItemVersions.ofTransaction(transaction.id).at(-1)?.id ?? null,
      });
      if (delay === 0) return settle(row);
      agenda.add(now + delay, () => void settle(completions.get(row.id) ?? row));
      return row;
    },
  };
}

export function notAuthorized(world: World, transaction: TransactionRow, what: string): ApiError {
  return new ApiError(
    Number(switchesOf(world, transaction).outsideAuthorized),
    "transaction_not_authorized",
    `Transaction ${transaction.id} is ${transaction.state}. It can be ${what} only while it is AUTHORIZED.`,
  );
}

/** The line items less what successful completions have taken. */
function openLines(transaction: TransactionRow, completions: readonly CompletionRow[]): readonly LineItem[] {
  const taken = completions.filter((row) => row.state === "SUCCESSFUL").flatMap((row) => row.lineItems);
  return transaction.content.lineItems.flatMap((line) => {
    const same = taken.filter((other) => other.uniqueId === line.uniqueId);
    return same.length === 0 ? [line] : without(line, sum(same.map((other) => other.quantity)), totalOf(same));
  });
}

function without(line: LineItem, quantity: Decimal, amount: Decimal): LineItem[] {
  const rest = { quantity: subtract(line.quantity, quantity), amount: subtract(line.amountIncludingTax, amount) };
  if (rest.amount === zero) return [];
  return [{ ...line, quantity: rest.quantity, amountIncludingTax: rest.amount }];
}

/** Absolute amounts, because discounts are negative. */
function exceeds(wanted: Decimal, open: Decimal): boolean {
  const isNegative = compare(open, zero) < 0;
  if (isNegative) return compare(wanted, open) < 0 || compare(wanted, zero) > 0;
  return compare(wanted, open) > 0 || compare(wanted, zero) < 0;
}

function divideLines(
  open: readonly LineItem[],
  wanted: readonly CompletionLine[] | null,
): { readonly taken: readonly LineItem[]; readonly remaining: readonly LineItem[] } {
  if (wanted === null) return { taken: open, remaining: [] };
  const problems: Record<string, string> = {};
  const taken = wanted.flatMap((part, index) => {
    const line = open.find((candidate) => candidate.uniqueId === part.uniqueId);
    const at = `lineItems[${index}]`;
    if (line === undefined)
      problems[`${at}.uniqueId`] = `"${part.uniqueId}" is not an open line item of the transaction`;
    else if (compare(part.quantity, line.quantity) > 0) problems[`${at}.quantity`] = `must be at most ${line.quantity}`;
    else if (exceeds(part.amount, line.amountIncludingTax)) {
      problems[`${at}.amount`] = `must be between 0 and ${line.amountIncludingTax}`;
    } else return [{ ...line, quantity: part.quantity, amountIncludingTax: part.amount }];
    return [];
  });
  if (compare(totalOf(taken), zero) < 0)
    problems.lineItems = `must not sum up to a negative amount, is ${totalOf(taken)}`;
  if (Object.keys(problems).length > 0)
    throw unprocessable("invalid_completion", "The completion is not valid, see errors.", problems);
  const remaining = open.flatMap((line) => {
    const part = wanted.find((candidate) => candidate.uniqueId === line.uniqueId);
    return part === undefined ? [line] : without(line, part.quantity, part.amount);
  });
  return { taken, remaining };
}
