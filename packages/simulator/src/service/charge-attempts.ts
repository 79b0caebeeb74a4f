import type { ChargeAttemptRow } from "../state/payment.ts";
import type { World } from "./world.ts";

/** Keeps a charge attempt and tells the listeners of it and of its charge. */
export function putAttempt(world: World, row: ChargeAttemptRow): ChargeAttemptRow {
  const { space, transaction } = row;
  const chargeState = row.state === "PROCESSING" ? "PENDING" : row.state;
  world.state.tables.chargeAttempts.put(row);
  world.announce({ entity: "Charge", id: row.charge, space, state: chargeState, entered: true, transaction });
  world.announce({ entity: "ChargeAttempt", id: row.id, space, state: row.state, entered: true, transaction });
  return row;
}

export function endAttempt(
  world: World,
  row: ChargeAttemptRow,
  state: "SUCCESSFUL" | "FAILED",
  changes: Partial<ChargeAttemptRow>,
): ChargeAttemptRow {
  return putAttempt(world, { ...row, ...changes, state, version: row.version + 1 });
}
