import type { ServiceId } from "@checkout-plugins/client";
import { unprocessable } from "../api-error.ts";
import type { VoidRow } from "../state/payment.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { zero } from "../values/decimal.ts";
import { notAuthorized } from "./completions.ts";
import { refuseSecond } from "./operations-in-progress.ts";
import type { Transactions } from "./transactions.ts";
import { durationOf, switchesOf, type World } from "./world.ts";

export interface Voids {
  /** Lets reserved money go. It takes no key: a second call is refused. */
  create(transaction: TransactionRow, mode: VoidRow["mode"], user: ServiceId | null): VoidRow;
}

export function createVoids(world: World, transactions: Transactions): Voids {
  const { agenda } = world;
  const { voids } = world.state.tables;

  const put = (row: VoidRow): VoidRow => {
    const { id, space, state, transaction } = row;
    voids.put(row);
    world.announce({ entity: "TransactionVoid", id, space, state, entered: true, transaction });
    return row;
  };
  const settle = (row: VoidRow): VoidRow => {
    const transaction = world.state.tables.transactions.get(row.transaction);
    const isSuccessful =
      transaction?.state === "AUTHORIZED" && switchesOf(world, transaction).voidOutcome === "successful";
    const version = row.version + 1;
    const now = agenda.now();
    if (!isSuccessful) {
      return put({
        ...row,
        version,
        state: "FAILED",
        failedOn: now,
        nextUpdateOn: null,
        failure: "refusedByProcessor",
      });
    }
    const done = put({ ...row, version, state: "SUCCESSFUL", succeededOn: now, nextUpdateOn: null });
    transactions.enter(transaction, "VOIDED");
    return done;
  };

  return {
    create(transaction, mode, user) {
      if (transaction.state !== "AUTHORIZED") throw notAuthorized(world, transaction, "voided");
      if (transaction.completedAmount !== zero) {
        throw unprocessable(
          "partially_completed",
          `Transaction ${transaction.id} is completed in part; complete the rest or refund.`,
        );
      }
      refuseSecond(world, transaction);
      const now = agenda.now();
      const delay = mode === "OFFLINE" ? 0 : durationOf(world, transaction, "voidDelay");
      const row = put({
        id: world.newId(),
        space: transaction.space,
        transaction: transaction.id,
        version: 1,
        createdOn: now,
        createdBy: user,
        state: "PENDING",
        mode,
        succeededOn: null,
        failedOn: null,
        nextUpdateOn: delay === 0 ? null : now + delay,
        failure: null,
      });
      if (delay === 0) return settle(row);
      agenda.add(now + delay, () => void settle(voids.get(row.id) ?? row));
      return row;
    },
  };
}
