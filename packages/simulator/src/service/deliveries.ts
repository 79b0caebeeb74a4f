import type { ServiceId } from "@checkout-plugins/client";
import { ApiError } from "../api-error.ts";
import type { DeliveryIndicationRow } from "../state/payment.ts";
import type { TransactionRow } from "../state/transaction.ts";
import type { Transactions } from "./transactions.ts";
import { durationOf, switchesOf, type World } from "./world.ts";

/** Whether goods may be shipped: decided by itself or by a person. It takes a COMPLETED transaction to its end. */
export interface Deliveries {
  open(transaction: TransactionRow): void;
  /** After the transaction was completed: decides what is left to decide and lets the decision take effect. */
  completed(transaction: TransactionRow, completion: ServiceId): void;
  mark(row: DeliveryIndicationRow, decision: Decision, user: ServiceId | null): DeliveryIndicationRow;
}
type Decision = "SUITABLE" | "NOT_SUITABLE";

export function createDeliveries(world: World, transactions: Transactions): Deliveries {
  const { agenda } = world;
  const { deliveryIndications } = world.state.tables;

  const put = (row: DeliveryIndicationRow, entered: boolean) => {
    const { id, space, state, transaction } = row;
    deliveryIndications.put(row);
    world.announce({ entity: "DeliveryIndication", id, space, state, entered, transaction });
    return row;
  };
  const takeEffect = (row: DeliveryIndicationRow) => {
    const transaction = world.state.tables.transactions.get(row.transaction);
    if (transaction?.state !== "COMPLETED") return;
    if (row.state === "SUITABLE") transactions.enter(transaction, "FULFILL");
    if (row.state === "NOT_SUITABLE") transactions.enter(transaction, "DECLINE");
  };
  const decideAlone = (id: ServiceId) => {
    const row = deliveryIndications.get(id);
    const transaction = row === undefined ? undefined : world.state.tables.transactions.get(row.transaction);
    if (row?.state !== "PENDING" || transaction === undefined) return;
    const { delivery } = switchesOf(world, transaction);
    const now = agenda.now();
    if (delivery !== "manualCheck") {
      const state = delivery === "suitable" ? "SUITABLE" : "NOT_SUITABLE";
      takeEffect(put({ ...row, state, automaticallyDecidedOn: now, version: row.version + 1 }, true));
      return;
    }
    const manualDecisionTimeoutOn = now + durationOf(world, transaction, "manualDecisionTimeout");
    put({ ...row, state: "MANUAL_CHECK_REQUIRED", manualDecisionTimeoutOn, version: row.version + 1 }, true);
    agenda.add(manualDecisionTimeoutOn, () => {
      const waiting = deliveryIndications.get(id);
      if (waiting?.state !== "MANUAL_CHECK_REQUIRED") return;
      const state = switchesOf(world, transaction).manualDecision === "suitable" ? "SUITABLE" : "NOT_SUITABLE";
      takeEffect(put({ ...waiting, state, automaticallyDecidedOn: agenda.now(), version: waiting.version + 1 }, true));
    });
  };
  const decideSoon = (row: DeliveryIndicationRow, transaction: TransactionRow) => {
    const delay = durationOf(world, transaction, "deliveryDelay");
    if (delay === 0) decideAlone(row.id);
    else agenda.add(agenda.now() + delay, () => decideAlone(row.id));
  };
  return {
    open(transaction) {
      const row: DeliveryIndicationRow = {
        id: world.newId(),
        space: transaction.space,
        transaction: transaction.id,
        version: 1,
        createdOn: agenda.now(),
        state: "PENDING",
        completion: null,
        automaticallyDecidedOn: null,
        manualDecisionTimeoutOn: null,
        manuallyDecidedOn: null,
        manuallyDecidedBy: null,
      };
      put(row, true);
      if (switchesOf(world, transaction).deliveryDecided === "atAuthorization") decideSoon(row, transaction);
    },
    completed(transaction, completion) {
      const [found] = deliveryIndications.ofTransaction(transaction.id);
      if (found === undefined) return;
      const row = put({ ...found, completion }, false);
      if (row.state !== "PENDING") takeEffect(row);
      else if (switchesOf(world, transaction).deliveryDecided === "atCompletion") decideSoon(row, transaction);
    },
    mark(row, decision, user) {
      if (row.state !== "MANUAL_CHECK_REQUIRED" && row.state !== "PENDING") {
        throw new ApiError(422, "already_decided", `Delivery indication ${row.id} is ${row.state} already.`);
      }
      const decided = put(
        { ...row, state: decision, manuallyDecidedOn: agenda.now(), manuallyDecidedBy: user, version: row.version + 1 },
        true,
      );
      takeEffect(decided);
      return decided;
    },
  };
}
