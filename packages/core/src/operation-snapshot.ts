import type { Decimal, Instant, ServiceId } from "@checkout-plugins/client";
import type { EntityKind, EntityRow, Operation } from "./contract/index.ts";
import type { ReasonedFailure } from "./failure.ts";
import type { ServiceLine } from "./remaining-lines.ts";

/** Of a completion, void or refund that was read: what the fold needs. */
export interface OperationSnapshot {
  readonly state: "CREATE" | "SCHEDULED" | "PENDING" | "MANUAL_CHECK" | "SUCCESSFUL" | "FAILED";
  readonly transaction: ServiceId;
  readonly externalId: string | null;
  readonly amount: Decimal | null;
  /** The platform's own refunds (CUSTOMER_INITIATED_…) are chargebacks and returns. */
  readonly byCustomer: boolean;
  readonly failureReason: ReasonedFailure["failureReason"];
  /** Of a completion: what it took. Of a refund: what is left of the transaction's lines after it. */
  readonly lines: readonly ServiceLine[];
  readonly createdOn: Instant;
  readonly nextUpdateOn: Instant | null;
}

export interface ReviewSnapshot {
  readonly state: "PENDING" | "MANUAL_CHECK_REQUIRED" | "SUITABLE" | "NOT_SUITABLE";
  readonly transaction: ServiceId;
  readonly decideBy: Instant | null;
}

export interface InvoiceSnapshot {
  readonly state: "CREATE" | "OPEN" | "OVERDUE" | "CANCELED" | "PAID" | "DERECOGNIZED" | "NOT_APPLICABLE";
  readonly transaction: ServiceId;
  readonly dueOn: Instant | null;
}

const operationKinds = { completion: "completion", void: "void", refund: "refund" } as const;
export type OperationEntity = keyof typeof operationKinds;

export function isOperationEntity(entity: EntityKind): entity is OperationEntity {
  return entity in operationKinds;
}

/** Snapshots are ours, written by this package. */
export function readOperationSnapshot(row: EntityRow): OperationSnapshot {
  return row.snapshot as unknown as OperationSnapshot;
}

const operationStates: Readonly<Record<OperationSnapshot["state"], Operation["state"]>> = {
  CREATE: "pending",
  SCHEDULED: "pending",
  PENDING: "pending",
  MANUAL_CHECK: "pending",
  SUCCESSFUL: "successful",
  FAILED: "failed",
};

export function toOperationState(state: OperationSnapshot["state"]): Operation["state"] {
  return operationStates[state];
}
