import type { ServiceId } from "@checkout-plugins/client";
import { ApiError } from "../api-error.ts";
import type { FailureName } from "../catalogue/failures.ts";
import type { CardSummary, ChargeAttemptRow } from "../state/payment.ts";
import type { Browser, TransactionRow, UserInterface } from "../state/transaction.ts";
import { endAttempt, putAttempt } from "./charge-attempts.ts";
import type { Completions } from "./completions.ts";
import type { Deliveries } from "./deliveries.ts";
import { isOpen } from "./transaction-machine.ts";
import type { Transactions } from "./transactions.ts";
import { durationOf, switchesOf, type World } from "./world.ts";

/** One try to pay, as it will turn out. */
export interface Try {
  readonly method: ServiceId;
  readonly chargeType: ChargeAttemptRow["chargeType"];
  readonly card: CardSummary | null;
  readonly tokenVersion: ServiceId | null;
  readonly failure: FailureName | null;
  /** The buyer is asked first, and decides. */
  readonly asksBuyer: boolean;
  readonly isToBeKept: boolean;
}

export interface Charges {
  /** Confirms where the transaction confirms itself, and starts processing. @throws ApiError 422 when it is not payable */
  begin(transaction: TransactionRow, userInterface: UserInterface | null, browser: Browser | null): TransactionRow;
  attempt(transaction: TransactionRow, attempt: Try): ChargeAttemptRow;
  /** The buyer's answer to an attempt that asks. */
  answer(attempt: ChargeAttemptRow, failure: FailureName | null): ChargeAttemptRow;
  /** The attempt that waits for the buyer or the processor. */
  current(transaction: TransactionRow): ChargeAttemptRow | undefined;
}

export type Authorized = (transaction: TransactionRow, attempt: ChargeAttemptRow) => void;

export function createCharges(
  world: World,
  transactions: Transactions,
  completions: Completions,
  deliveries: Deliveries,
  onAuthorized: Authorized,
): Charges {
  const { agenda, state } = world;
  const { chargeAttempts, groups } = state.tables;

  const fresh = (id: ServiceId): TransactionRow => {
    const row = state.tables.transactions.get(id);
    if (row === undefined) throw new TypeError(`There is no transaction ${id}`);
    return row;
  };
  const authorize = (attempt: ChargeAttemptRow): ChargeAttemptRow => {
    const done = endAttempt(world, attempt, "SUCCESSFUL", { succeededOn: agenda.now(), asksBuyer: false });
    const row = fresh(attempt.transaction);
    const { environment: authorizationEnvironment, method } = attempt;
    const authorized = transactions.enter(row, "AUTHORIZED", { authorizationEnvironment, method, failure: null });
    const group = groups.get(row.group);
    if (group !== undefined)
      groups.put({ ...group, state: "SUCCESSFUL", endDate: agenda.now(), version: group.version + 1 });
    deliveries.open(authorized);
    onAuthorized(authorized, done);
    const completeAll = () => {
      const current = fresh(row.id);
      if (current.state === "AUTHORIZED") completions.complete(current, "DIRECT", { lastCompletion: true }, null);
    };
    agenda.add(authorized.completionTimeoutOn ?? 0, completeAll);
    if (isCompletedAtOnce(world, authorized)) completeAll();
    return done;
  };
  const refuse = (attempt: ChargeAttemptRow, failure: FailureName): ChargeAttemptRow => {
    const done = endAttempt(world, attempt, "FAILED", { failure, failedOn: agenda.now(), asksBuyer: false });
    const row = fresh(attempt.transaction);
    if (row.creation.chargeRetryEnabled === false) transactions.fail(row, failure);
    else transactions.enter(row, "PROCESSING", { failure });
    return done;
  };
  const settle = (id: ServiceId, failure: FailureName | null): ChargeAttemptRow | undefined => {
    const attempt = chargeAttempts.get(id);
    if (attempt?.state !== "PROCESSING") return attempt;
    return failure === null ? authorize(attempt) : refuse(attempt, failure);
  };
  const settleSoon = (attempt: ChargeAttemptRow, failure: FailureName | null): ChargeAttemptRow => {
    const delay = durationOf(world, fresh(attempt.transaction), "authorizationDelay");
    if (delay === 0) return settle(attempt.id, failure) ?? attempt;
    agenda.add(agenda.now() + delay, () => void settle(attempt.id, failure));
    return attempt;
  };
  const current = (transaction: TransactionRow) =>
    chargeAttempts.ofTransaction(transaction.id).find((attempt) => attempt.state === "PROCESSING");

  return {
    current,

    begin(transaction, userInterface, browser) {
      if (!isOpen(transaction.state)) {
        throw new ApiError(
          422,
          "transaction_not_payable",
          `Transaction ${transaction.id} is ${transaction.state} and cannot be paid.`,
        );
      }
      let row = transaction;
      if (row.state === "PENDING") {
        if (row.creation.autoConfirmationEnabled === false) {
          throw new ApiError(
            422,
            "transaction_not_confirmed",
            `Transaction ${row.id} has to be confirmed before it can be paid.`,
          );
        }
        row = transactions.enter(row, "CONFIRMED");
      }
      if (row.state === "PROCESSING") return row;
      return transactions.enter(row, "PROCESSING", { userInterface, browser });
    },

    attempt(transaction, tried) {
      const open = current(transaction);
      if (open !== undefined && !open.asksBuyer) {
        throw new ApiError(409, "charge_in_progress", `Transaction ${transaction.id} is being charged already.`);
      }
      if (open !== undefined)
        endAttempt(world, open, "FAILED", { failure: "cancelledByBuyer", failedOn: agenda.now() });
      const { failure, ...rest } = tried;
      const row = putAttempt(world, {
        ...rest,
        id: world.newId(),
        space: transaction.space,
        transaction: transaction.id,
        charge: world.newId(),
        invocation: world.newId(),
        version: 1,
        createdOn: agenda.now(),
        state: "PROCESSING",
        environment: environmentOf(world, transaction),
        succeededOn: null,
        failedOn: null,
        timeoutOn: transaction.authorizationTimeoutOn ?? agenda.now(),
        failure: null,
      });
      transactions.change(transaction, { method: tried.method });
      return row.asksBuyer ? row : settleSoon(row, failure);
    },

    answer(attempt, failure) {
      if (attempt.state !== "PROCESSING" || !attempt.asksBuyer) return attempt;
      const row = putAttempt(world, { ...attempt, asksBuyer: false, version: attempt.version + 1 });
      return settleSoon(row, failure);
    },
  };
}

function isCompletedAtOnce(world: World, transaction: TransactionRow): boolean {
  const wanted = transaction.content.completionBehavior ?? "USE_CONFIGURATION";
  if (wanted !== "USE_CONFIGURATION") return wanted === "COMPLETE_IMMEDIATELY";
  return switchesOf(world, transaction).completion === "immediate";
}

/** Where the money is taken from: the real world, or nowhere. */
export function environmentOf(world: World, transaction: TransactionRow): "TEST" | "PRODUCTION" {
  const wanted = transaction.creation.environmentSelectionStrategy ?? "USE_CONFIGURATION";
  if (wanted === "FORCE_TEST_ENVIRONMENT") return "TEST";
  if (wanted === "FORCE_PRODUCTION_ENVIRONMENT") return "PRODUCTION";
  return switchesOf(world, transaction).environment;
}
