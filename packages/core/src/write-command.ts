import { refuse, refuseUnknown } from "./command-result.ts";
import type {
  CommandId,
  CommandResult,
  Commands,
  CoreParts,
  Json,
  Money,
  NewCommand,
  Operation,
  OperationKey,
  Payment,
  PaymentRow,
  ShopId,
} from "./contract/index.ts";
import { isPaymentError } from "./errors.ts";
import { refusal } from "./failure.ts";
import { inCurrency, subtract, sum } from "./money.ts";
import { lookNow } from "./settle.ts";

export type WriteKind = "complete" | "void" | "refund" | "review";
type WriteCommand = Commands[WriteKind];
export type WriteResult = CommandResult<WriteKind>;

/** What is left: of the reservation for a completion, of the money taken for a refund. Pending ones count as done. */
function restOf(payment: Payment, kind: "complete" | "refund"): Money {
  const pending = payment.operations
    .filter((one) => one.state === "pending" && one.kind === (kind === "complete" ? "completion" : "refund"))
    .map(({ amount }) => amount);
  const whole = kind === "complete" ? payment.authorized : payment.completed;
  const gone = kind === "complete" ? payment.completed : payment.refunded;
  return subtract(subtract(whole, gone), sum(inCurrency(pending, whole.currency), whole.currency));
}

function toBody(command: WriteCommand, amount: Money | null): Json {
  switch (command.kind) {
    case "complete":
      return { amount, ...restMark(command), lines: command.lines, last: command.last } as unknown as Json;
    case "refund": {
      const { lines, reason, offline } = command;
      return { amount, ...restMark(command), lines, reason, offline } as unknown as Json;
    }
    case "review":
      return { decision: command.decision };
    case "void":
      return {};
  }
}

/** What is left changes while an older command ends: whoever asks for it again means the same all the same. */
function restMark({ amount }: Commands["complete" | "refund"]): { readonly isRest?: true } {
  return amount === "rest" ? { isRest: true } : {};
}

function toNewCommand(parts: CoreParts, command: WriteCommand, payment: Payment): NewCommand | null {
  if (payment.governing === null || payment.governing.transaction === null) return null;
  const isAmount = command.kind === "complete" || command.kind === "refund";
  const amount = !isAmount ? null : command.amount === "rest" ? restOf(payment, command.kind) : command.amount;
  return {
    id: parts.createId() as CommandId,
    attempt: payment.governing.id,
    kind: command.kind,
    shopKeys: command.shopKey === null ? [] : [command.shopKey],
    origin: "shop",
    body: toBody(command, amount),
    amount,
    lines: isAmount ? command.lines : null,
    on: parts.clock.now(),
  };
}

function toResult(operation: Operation | undefined, key: OperationKey, payment: Payment | null): WriteResult {
  switch (operation?.state) {
    case undefined:
    case "pending":
      return { kind: "pending", operation: key, payment };
    case "successful":
      return { kind: "successful", answer: operation, payment };
    case "failed":
      return {
        kind: "failed",
        failure: operation.failure ?? refusal("refusedByService", "en", "The service gives no reason."),
        payment,
      };
  }
}

/** Looks, and answers what is recorded when that is not possible now: what was committed will be sent. */
async function lookOrRecall(
  parts: CoreParts,
  row: PaymentRow,
  signal: AbortSignal | undefined,
): Promise<Payment | null> {
  try {
    return await lookNow(parts, row.id, "due", signal);
  } catch (error) {
    if (!isPaymentError(error)) throw error;
    parts.logger.warn("command waits", { payment: row.id, why: error.message });
    return (await parts.store.read(row.shop, row.reference))?.payment ?? null;
  }
}

/** Before there is money a void means: we no longer want it. The service has no such call, so it is remembered. */
async function abandon(parts: CoreParts, row: PaymentRow, signal: AbortSignal | undefined): Promise<WriteResult> {
  await parts.store.abandon(row.id, parts.clock.now());
  const payment = await lookOrRecall(parts, row, signal);
  parts.wake?.();
  return { kind: "successful", answer: null as unknown as Operation, payment };
}

/**
 * One completion, void, refund or review: its row is committed before anything is sent, then a look sends it. Its
 * result is its operation in the payment; not known yet is pending, never failed (ARCHITECTURE 5, rule 3).
 */
export async function runWrite(
  parts: CoreParts,
  shop: ShopId,
  given: WriteCommand,
  signal: AbortSignal | undefined,
): Promise<WriteResult> {
  const row = await parts.store.read(shop, given.reference);
  if (row === null) return refuseUnknown(given.reference);
  const payment =
    given.kind === "void" || row.payment?.standing === "open"
      ? await lookNow(parts, row.id, "asked", signal)
      : row.payment;
  if (payment === null) return refuse("notPossibleNow", "en", "This payment has not begun.");
  const command = given.kind === "void" ? toUndo(given, payment) : given;
  if (command === "abandon") return abandon(parts, row, signal);
  const added = toNewCommand(parts, command, payment);
  if (added === null) return refuse("notPossibleNow", "en", "This payment has no transaction yet.", payment);
  const heldKeys = command.kind === "review" ? "all" : command.heldKeys;
  const { row: kept } = await parts.store.addCommand(row.id, added, heldKeys, parts.clock.now());
  const after = await lookOrRecall(parts, row, signal);
  parts.wake?.();
  const key = kept.id as string as OperationKey;
  return toResult(
    after?.operations.find((one) => one.key === key),
    key,
    after,
  );
}

/** A void where there is no money is giving up; where the money was taken already it is a refund, if the shop means undo. */
function toUndo(command: Commands["void"], payment: Payment): Commands["void"] | Commands["refund"] | "abandon" {
  const state = payment.governing?.state;
  const isTaken = state === "completed" || state === "fulfilled" || state === "declined";
  // Voided already, elsewhere or under another key: a shop that waits for this key's answer gets it.
  if (state === "voided" && command.shopKey !== null) return command;
  if (!isTaken && state !== "authorized") return "abandon";
  if (!isTaken || command.whenCompleted === "refuse") return command;
  const { reference, shopKey, heldKeys } = command;
  return { kind: "refund", reference, shopKey, heldKeys, amount: "rest", lines: null, reason: null, offline: false };
}
