import { ApiError } from "../api-error.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { switchesOf, type World } from "./world.ts";

/** @throws ApiError when a completion or void of the transaction is still open */
export function refuseSecond(world: World, transaction: TransactionRow): void {
  const { completions, voids } = world.state.tables;
  const open = [...completions.ofTransaction(transaction.id), ...voids.ofTransaction(transaction.id)].find(
    ({ state }) => state === "PENDING",
  );
  if (open !== undefined) throw inProgress(world, transaction, open.id);
}

export function inProgress(world: World, transaction: TransactionRow, open: string): ApiError {
  return new ApiError(
    Number(switchesOf(world, transaction).whileInProgress),
    "operation_in_progress",
    `The operation ${open} of transaction ${transaction.id} is still open; wait until it is successful or failed.`,
  );
}
