import { ServiceError, type ServiceErrorCode, type ServiceId, type Transaction } from "@checkout-plugins/client";
import type { CommandResult, Commands, Operation, ShopKey } from "../contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./bench.ts";
import { space } from "./rows.ts";

export const first = "900001" as ServiceId;

const writing = ["completePartiallyOnline", "createRefund", "voidOnline", "markSuitable", "markNotSuitable"] as const;

/** A bench that notes the calls by which the service is changed. */
export interface Recorded {
  readonly bench: Bench;
  /** Method and arguments, in the order of the calls. */
  readonly calls: (readonly [method: string, ...given: readonly unknown[]])[];
  /** As long as it is set, these calls fail with it and have no effect. */
  fault: Error | null;
}

export function record(bench: Bench): Recorded {
  const recorded: Recorded = { bench, calls: [], fault: null };
  for (const method of writing) {
    const send = bench.service.client[method] as (...given: readonly unknown[]) => Promise<unknown>;
    const sendRecorded = async (...given: readonly unknown[]) => {
      recorded.calls.push([method, ...given]);
      if (recorded.fault !== null) throw recorded.fault;
      return send(...given);
    };
    Object.assign(bench.service.client, { [method]: sendRecorded });
  }
  return recorded;
}

/** A payment of CHF 29.95 whose transaction is known to be in this state. */
export async function recordedIn(state: Transaction["state"], changes: Partial<Transaction> = {}): Promise<Recorded> {
  const bench = createBench();
  await bench.start();
  bench.service.move(first, state, changes);
  await bench.hint(first, state);
  await settleLater(bench, 5);
  return record(bench);
}

export async function settleLater(bench: Bench, seconds = 600): Promise<void> {
  bench.clock.advance(seconds);
  await bench.settleAll();
}

export function run(
  bench: Bench,
  command: Commands["complete" | "void" | "refund" | "review"],
): Promise<CommandResult> {
  return bench.core.runCommand(shopId, command as never);
}

/** As recorded last. */
export async function operationsOf({ bench }: Recorded): Promise<readonly Operation[]> {
  return (await bench.core.recall(shopId, reference))?.operations ?? [];
}

/** The service has a delivery decision of this state on the first transaction. */
export function addReview({ bench }: Recorded, state: string, id = "980001"): void {
  const indication = { id, linkedSpaceId: space, transaction: first, completion: null, state };
  bench.service.operations.indications.set(id as ServiceId, { ...indication, manualDecisionTimeoutOn: null } as never);
}

export function serviceError(code: ServiceErrorCode): ServiceError {
  return new ServiceError(`The service says ${code}.`, { code, request: "POST" });
}

export function keys(...names: readonly string[]): readonly ShopKey[] {
  return names as readonly string[] as readonly ShopKey[];
}
