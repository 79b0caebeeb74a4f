import type { CallOptions } from "../client.ts";
import type { ServiceId } from "../ids.ts";
import { jsonAnswer } from "../wire/answers.ts";
import { type Fields, oneOf, orNull, readId } from "../wire/fields.ts";
import type { Send } from "../wire/send.ts";
import { type OperationProgress, toOperationProgress } from "./operation-progress.ts";

export const voidStates = ["CREATE", "PENDING", "FAILED", "SUCCESSFUL"] as const;
export type VoidState = (typeof voidStates)[number];
export const voidModes = ["ONLINE", "OFFLINE"] as const;
export type VoidMode = (typeof voidModes)[number];

export interface TransactionVoid extends OperationProgress {
  readonly transaction: ServiceId;
  readonly state: VoidState;
  readonly mode: VoidMode | null;
}

export interface VoidOperations {
  /** Only from AUTHORIZED. Takes no key: after an unknown outcome read the transaction, it is never retried here. */
  voidOnline(transaction: ServiceId, options?: CallOptions): Promise<TransactionVoid>;
  readVoid(id: ServiceId, options?: CallOptions): Promise<TransactionVoid>;
}

export function createVoidOperations(send: Send): VoidOperations {
  const answer = { query: { expand: ["failureReason"] }, read: jsonAnswer(toVoid, "TransactionVoid") };
  return {
    voidOnline: (transaction, options) =>
      send({ ...answer, method: "POST", path: `/payment/transactions/${transaction}/void-online` }, options),
    readVoid: (id, options) => send({ ...answer, method: "GET", path: `/payment/transactions/voids/${id}` }, options),
  };
}

export function toVoid(fields: Fields): TransactionVoid {
  return {
    ...toOperationProgress(fields),
    transaction: readId(fields, "linkedTransaction"),
    state: oneOf(voidStates)(fields, "state"),
    mode: orNull(fields, "mode", oneOf(voidModes)),
  };
}
