import type { CompletionLineItemCreate, LineItemReductionCreate, Transaction } from "@checkout-plugins/client";
import { planCompletion } from "./completion-lines.ts";
import type { CommandRow, Currency, EntityRow, Failure, LineAmount, Money, Operation } from "./contract/index.ts";
import { refusal } from "./failure.ts";
import { inCurrency, subtract, sum, toCurrency, toMoney } from "./money.ts";
import { readOperationSnapshot } from "./operation-snapshot.ts";
import { planRefund } from "./reductions.ts";
import type { LineRefusal, ServiceLine } from "./remaining-lines.ts";

/** What is sent for a command. Written before the first send, so that a repeat says the same under the same key. */
export type SendPlan =
  | {
      readonly kind: "complete";
      readonly lines: readonly CompletionLineItemCreate[];
      readonly last: boolean;
      readonly amount: Money;
    }
  | { readonly kind: "refundLines"; readonly reductions: readonly LineItemReductionCreate[]; readonly amount: Money }
  | { readonly kind: "refundAmount"; readonly amount: Money };

export type Planned =
  | { readonly kind: "planned"; readonly plan: SendPlan }
  | { readonly kind: "refused"; readonly failure: Failure };

/** How a shop's wish is kept in the command's row. */
export interface WishedAmount {
  readonly amount: Money | "rest";
  readonly lines: readonly LineAmount[] | null;
  readonly last?: boolean | "whenWhole";
  readonly offline?: boolean;
  readonly reason?: string | null;
}

function refuse(refusals: readonly LineRefusal[]): Planned {
  const code = refusals.some((one) => one.code === "exceedsAmount") ? "exceedsAmount" : "invalidRequest";
  return { kind: "refused", failure: refusal(code, "en", refusals.map(({ message }) => message).join(" ")) };
}

function takenBy(operations: readonly Operation[], kind: Operation["kind"]): readonly Operation[] {
  return operations.filter((one) => one.kind === kind && one.state !== "failed");
}

/**
 * What earlier completions took of each line. Of ours what was sent: a line of which only a part was taken kept a part of
 * its quantity, whatever was asked for. Of others' ones what the service tells.
 */
function completedLines(
  operations: readonly Operation[],
  commands: readonly CommandRow[],
  entities: readonly EntityRow[],
  currency: Currency,
): readonly LineAmount[] {
  return takenBy(operations, "completion").flatMap((operation): readonly LineAmount[] => {
    const command = commands.find(({ id }) => (id as string) === operation.key);
    const sent = command === undefined ? null : readPlan(command);
    if (sent?.kind === "complete") {
      return sent.lines.map(({ uniqueId, quantity, amount }) => ({
        id: uniqueId,
        quantity,
        amount: toMoney(amount, currency),
      }));
    }
    const entity = entities.find((row) => row.entity === "completion" && row.id === operation.serviceId);
    const lines: readonly ServiceLine[] = entity === undefined ? [] : readOperationSnapshot(entity).lines;
    return lines.map((line) => ({
      id: line.uniqueId,
      quantity: line.quantity,
      amount: toMoney(line.amountIncludingTax, currency),
    }));
  });
}

export function planComplete(
  wish: WishedAmount,
  transaction: Transaction,
  operations: readonly Operation[],
  commands: readonly CommandRow[],
  entities: readonly EntityRow[],
): Planned {
  if (transaction.state !== "AUTHORIZED") {
    const why = `A payment can be completed while it is authorized; this one is ${transaction.state}.`;
    return { kind: "refused", failure: refusal("notPossibleNow", "en", why) };
  }
  const currency = toCurrency(transaction.currency);
  const completed = completedLines(operations, commands, entities, currency);
  const basis = { currency, lines: transaction.lineItems, completed };
  const planned = planCompletion(basis, { amount: wish.amount, lines: wish.lines, last: wish.last === true });
  if (planned.kind === "refused") return refuse(planned.refusals);
  const { lines, last, amount } = planned;
  return { kind: "planned", plan: { kind: "complete", lines, last, amount } };
}

const refundable: ReadonlySet<Transaction["state"]> = new Set(["COMPLETED", "FULFILL", "DECLINE"]);

function latestReduced(entities: readonly EntityRow[], transaction: Transaction): readonly ServiceLine[] | null {
  const successful = entities
    .filter((row) => row.entity === "refund")
    .map(readOperationSnapshot)
    .filter(
      (refund) => refund.transaction === transaction.id && refund.state === "SUCCESSFUL" && refund.lines.length > 0,
    );
  return successful.sort((one, other) => (one.createdOn < other.createdOn ? 1 : -1))[0]?.lines ?? null;
}

export function planRefunding(
  wish: WishedAmount,
  transaction: Transaction,
  others: readonly Operation[],
  entities: readonly EntityRow[],
): Planned {
  if (!refundable.has(transaction.state)) {
    const why = `Only money that was taken can be refunded; this payment is ${transaction.state}. Void it instead.`;
    return { kind: "refused", failure: refusal("notPossibleNow", "en", why) };
  }
  const currency = toCurrency(transaction.currency);
  const completed = toMoney(transaction.completedAmount ?? transaction.authorizationAmount, currency);
  const refunds = takenBy(others, "refund");
  const pending = refunds.filter(({ state }) => state === "pending").map(({ amount }) => amount);
  const refunded = toMoney(transaction.refundedAmount ?? "0", currency);
  const remaining = subtract(subtract(completed, refunded), sum(inCurrency(pending, currency), currency));
  const basis = {
    lines: transaction.lineItems,
    refunded: refunds.flatMap(({ lines }) => (lines ?? []).filter(({ amount }) => amount.currency === currency)),
    reduced: latestReduced(entities, transaction),
    remaining,
  };
  const planned = planRefund(basis, { amount: wish.amount, lines: wish.lines });
  if (planned.kind === "refused") return refuse(planned.refusals);
  const { amount } = planned;
  const plan: SendPlan =
    planned.kind === "lines"
      ? { kind: "refundLines", reductions: planned.reductions, amount }
      : { kind: "refundAmount", amount };
  return { kind: "planned", plan };
}

export function readPlan(command: CommandRow): SendPlan | null {
  return (command.body as { readonly plan?: SendPlan }).plan ?? null;
}

export function readWish(command: CommandRow): WishedAmount {
  return command.body as unknown as WishedAmount;
}
