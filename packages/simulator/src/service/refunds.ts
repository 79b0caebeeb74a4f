import type { Decimal, ServiceId } from "@checkout-plugins/client";
import { unprocessable } from "../api-error.ts";
import type { FailureName } from "../catalogue/failures.ts";
import type { Reduction, RefundRow } from "../state/payment.ts";
import type { LineItem, TransactionRow } from "../state/transaction.ts";
import { currencyDigits } from "../values/currency.ts";
import { compare, fractionDigitsOf, readDecimal, subtract, sum, zero } from "../values/decimal.ts";
import type { Invoices } from "./invoices.ts";
import { inProgress } from "./operations-in-progress.ts";
import { type Reduced, reduceAmount, reduceLines } from "./refund-amounts.ts";
import type { Transactions } from "./transactions.ts";
import { durationOf, switchesOf, type World } from "./world.ts";

export interface RefundBody {
  readonly externalId: string;
  readonly type: RefundRow["type"];
  readonly amount?: Decimal;
  readonly reductions?: readonly Reduction[];
  readonly completion?: ServiceId;
  readonly merchantReference?: string;
  readonly metaData?: Readonly<Record<string, string>>;
}

export interface Refunds {
  /** Gives money back, one refund at a time. The same `externalId` again answers what came of the first call. */
  create(transaction: TransactionRow, body: RefundBody, user: ServiceId | null): RefundRow;
  /** A person's decision on a refund that waits for one. */
  mark(row: RefundRow, decision: "SUCCESSFUL" | "FAILED"): RefundRow;
}

const refundable = ["COMPLETED", "FULFILL", "DECLINE"];

export function createRefunds(world: World, transactions: Transactions, invoices: Invoices): Refunds {
  const { agenda } = world;
  const { refunds } = world.state.tables;

  const put = (row: RefundRow): RefundRow => {
    const { id, space, state, transaction } = row;
    refunds.put(row);
    world.announce({ entity: "Refund", id, space, state, entered: true, transaction });
    return row;
  };
  const fail = (row: RefundRow, failure: FailureName) =>
    put({ ...row, state: "FAILED", failedOn: agenda.now(), nextUpdateOn: null, failure, version: row.version + 1 });
  const succeed = (row: RefundRow): RefundRow => {
    const transaction = world.state.tables.transactions.get(row.transaction);
    if (transaction !== undefined) {
      transactions.change(transaction, { refundedAmount: sum([transaction.refundedAmount, row.amount]) });
    }
    const updatedInvoice = invoices.reduce(row.transaction, row.amount)?.id ?? null;
    const dates = { succeededOn: agenda.now(), nextUpdateOn: null };
    return put({ ...row, ...dates, state: "SUCCESSFUL", updatedInvoice, version: row.version + 1 });
  };
  const settle = (row: RefundRow, transaction: TransactionRow): RefundRow => {
    if (row.state !== "PENDING") return row;
    const { refundOutcome } = switchesOf(world, transaction);
    if (row.type === "MERCHANT_INITIATED_OFFLINE" || refundOutcome === "successful") return succeed(row);
    if (refundOutcome === "failed") return fail(row, "refusedByProcessor");
    return put({ ...row, state: "MANUAL_CHECK", nextUpdateOn: null, version: row.version + 1 });
  };

  return {
    create(transaction, body, user) {
      const earlier = refunds.ofTransaction(transaction.id);
      const repeated = refunds.of(transaction.space).find((row) => row.externalId === body.externalId);
      if (repeated !== undefined) return repeated;
      const open = earlier.find(({ state }) => state === "PENDING" || state === "MANUAL_CHECK");
      if (!refundable.includes(transaction.state)) {
        throw unprocessable(
          "transaction_not_refundable",
          `Transaction ${transaction.id} is ${transaction.state}; only captured money can be refunded.`,
        );
      }
      if (open !== undefined) throw inProgress(world, transaction, open.id);
      const base =
        earlier.findLast(({ state }) => state === "SUCCESSFUL")?.reducedLineItems ?? capturedLines(world, transaction);
      checkCompletion(world, transaction, body.completion);
      const reduced = toReduced(world, transaction, body, base);
      const now = agenda.now();
      const delay = body.type === "MERCHANT_INITIATED_OFFLINE" ? 0 : durationOf(world, transaction, "refundDelay");
      const row = put({
        id: world.newId(),
        space: transaction.space,
        transaction: transaction.id,
        version: 1,
        createdOn: now,
        createdBy: user,
        state: "PENDING",
        type: body.type,
        externalId: body.externalId,
        amount: reduced.amount,
        completion: body.completion ?? null,
        merchantReference: body.merchantReference ?? null,
        metaData: body.metaData ?? {},
        reductions: body.reductions ?? [],
        baseLineItems: base,
        lineItems: reduced.given,
        reducedLineItems: reduced.remaining,
        succeededOn: null,
        failedOn: null,
        nextUpdateOn: delay === 0 ? null : now + delay,
        failure: null,
        updatedInvoice: null,
      });
      if (delay === 0) return settle(row, transaction);
      agenda.add(now + delay, () => void settle(refunds.get(row.id) ?? row, transaction));
      return row;
    },

    mark(row, decision) {
      if (row.state !== "MANUAL_CHECK") {
        throw unprocessable(
          "refund_not_in_manual_check",
          `Refund ${row.id} is ${row.state}; only a refund in MANUAL_CHECK can be marked.`,
        );
      }
      return decision === "SUCCESSFUL" ? succeed(row) : fail(row, "refusedManually");
    },
  };
}

/** What the successful completions have taken; lines that came in parts are one again. */
function capturedLines(world: World, transaction: TransactionRow): readonly LineItem[] {
  const lines = new Map<string, LineItem>();
  for (const completion of world.state.tables.completions.ofTransaction(transaction.id)) {
    if (completion.state !== "SUCCESSFUL") continue;
    for (const line of completion.lineItems) {
      const known = lines.get(line.uniqueId);
      const quantity = sum([known?.quantity ?? zero, line.quantity]);
      const amountIncludingTax = sum([known?.amountIncludingTax ?? zero, line.amountIncludingTax]);
      lines.set(line.uniqueId, { ...line, quantity, amountIncludingTax });
    }
  }
  return [...lines.values()];
}

function checkCompletion(world: World, transaction: TransactionRow, completion: ServiceId | undefined): void {
  if (completion === undefined || world.state.tables.completions.get(completion)?.transaction === transaction.id)
    return;
  throw unprocessable(
    "wrong_completion",
    `Completion ${completion} does not belong to transaction ${transaction.id}.`,
    {
      completion: "belongs to another transaction",
    },
  );
}

function toReduced(world: World, transaction: TransactionRow, body: RefundBody, base: readonly LineItem[]): Reduced {
  const { amount, reductions = [] } = body;
  const digits = currencyDigits(transaction.content.currency);
  const switches = switchesOf(world, transaction);
  if (amount === undefined && reductions.length === 0) {
    throw unprocessable("nothing_to_refund", "A refund needs an amount or reductions.", {
      amount: "or reductions are required",
    });
  }
  if (amount !== undefined && switches.amountDigits === "refused" && fractionDigitsOf(amount) > digits) {
    throw unprocessable("invalid_amount", `The amount must have at most ${digits} digits after the point.`, {
      amount: "has too many digits",
    });
  }
  const reduced = reductions.length > 0 ? reduceLines(base, reductions, digits) : reduceAmount(base, amount ?? zero);
  if (
    amount !== undefined &&
    reductions.length > 0 &&
    switches.refundWithBoth === "mustAgree" &&
    !isClose(amount, reduced.amount)
  ) {
    throw unprocessable("amounts_disagree", `The reductions amount to ${reduced.amount}, the request says ${amount}.`, {
      amount: `must be ${reduced.amount}`,
    });
  }
  const most = subtract(transaction.completedAmount, transaction.refundedAmount);
  if (compare(reduced.amount, zero) <= 0 || compare(reduced.amount, most) > 0) {
    throw unprocessable(
      "amount_not_refundable",
      `The refund must be above 0 and at most ${most}, is ${reduced.amount}.`,
      {
        amount: `must be above 0 and at most ${most}`,
      },
    );
  }
  return reduced;
}

function isClose(a: Decimal, b: Decimal): boolean {
  const tolerance = readDecimal("0.01") ?? zero;
  const difference = subtract(a, b);
  return compare(difference, tolerance) <= 0 && compare(subtract(zero, difference), tolerance) <= 0;
}
