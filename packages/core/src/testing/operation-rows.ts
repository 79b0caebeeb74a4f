import type { Decimal, ServiceId } from "@checkout-plugins/client";
import type {
  AttemptId,
  CommandId,
  CommandRow,
  EntityKind,
  EntityRow,
  Instant,
  Json,
  Operation,
  OperationKey,
} from "../contract/index.ts";
import type { OperationSnapshot } from "../operation-snapshot.ts";
import { chf, start } from "./rows.ts";

/** The n-th minute of the tests' day. */
export function minute(number: number): Instant {
  return new Date(Date.parse(start) + number * 60_000).toISOString() as Instant;
}

/** A command of the first attempt that was not sent yet: "refund-1" for CHF 10. */
export function aCommand(kind: CommandRow["kind"], changes: Partial<CommandRow> = {}): CommandRow {
  const isAmount = kind === "complete" || kind === "refund";
  return {
    id: `${kind}-1` as CommandId,
    attempt: "attempt-1" as AttemptId,
    kind,
    shopKeys: [],
    origin: "shop",
    body: {},
    amount: isAmount ? chf(1000) : null,
    lines: null,
    state: "open",
    serviceId: null,
    failure: null,
    on: minute(10),
    sends: 0,
    ...changes,
  };
}

/** What the service knows of an operation on the first attempt: CHF 10, made a minute after `aCommand`. */
export function anOperationEntity(
  entity: Extract<EntityKind, "completion" | "void" | "refund">,
  id: string,
  changes: Partial<OperationSnapshot> = {},
): EntityRow {
  const snapshot: OperationSnapshot = {
    state: "SUCCESSFUL",
    transaction: "900001" as ServiceId,
    externalId: null,
    amount: entity === "void" ? null : ("10.00" as Decimal),
    byCustomer: false,
    failureReason: null,
    lines: [],
    createdOn: minute(11),
    nextUpdateOn: null,
    ...changes,
  };
  const final = snapshot.state === "SUCCESSFUL" || snapshot.state === "FAILED";
  return { entity, id: id as ServiceId, snapshot: snapshot as unknown as Json, final };
}

export function aReviewEntity(state: "PENDING" | "MANUAL_CHECK_REQUIRED" | "SUITABLE" | "NOT_SUITABLE"): EntityRow {
  const snapshot: Json = { state, transaction: "900001", decideBy: null };
  const final = state === "SUITABLE" || state === "NOT_SUITABLE";
  return { entity: "deliveryIndication", id: "980001" as ServiceId, snapshot, final };
}

/** As the fold tells it: a successful one of CHF 10 on the first attempt. */
export function anOperation(kind: Operation["kind"], changes: Partial<Operation> = {}): Operation {
  return {
    key: `${kind}-1` as OperationKey,
    kind,
    origin: "shop",
    attempt: "attempt-1" as AttemptId,
    shopKeys: [],
    serviceId: null,
    externalId: null,
    amount: chf(1000),
    lines: null,
    state: "successful",
    failure: null,
    on: minute(10),
    ...changes,
  };
}
