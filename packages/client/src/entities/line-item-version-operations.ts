import type { CallOptions } from "../client.ts";
import type { Decimal, ServiceId } from "../ids.ts";
import { jsonAnswer } from "../wire/answers.ts";
import { type Fields, listOf, oneOf, orNull, readDecimal, readId, readText } from "../wire/fields.ts";
import type { Send } from "../wire/send.ts";
import { toWireNumber, type Wire } from "../wire/wire.ts";
import { type OperationProgress, toOperationProgress } from "./operation-progress.ts";
import { toLineItem } from "./to-transaction.ts";
import type { LineItem, LineItemCreate } from "./transaction.ts";
import { toLineItemBody } from "./transaction-body.ts";

export const lineItemVersionStates = ["CREATE", "SCHEDULED", "PENDING", "SUCCESSFUL", "FAILED"] as const;
export type LineItemVersionState = (typeof lineItemVersionStates)[number];

/** New lines of an AUTHORIZED transaction, before it is completed; never more than was authorized. */
export interface LineItemVersionCreate {
  /** Ours: a repeat with the same one answers with the first version. */
  readonly externalId: string;
  readonly transaction: ServiceId;
  readonly lineItems: readonly LineItemCreate[];
}

export interface LineItemVersion extends OperationProgress {
  readonly transaction: ServiceId;
  readonly state: LineItemVersionState;
  readonly amount: Decimal | null;
  readonly externalId: string | null;
  readonly lineItems: readonly LineItem[];
}

export interface LineItemVersionOperations {
  /** Repeated with the same `externalId` after an unknown outcome. */
  createLineItemVersion(body: LineItemVersionCreate, options?: CallOptions): Promise<LineItemVersion>;
}

export function createLineItemVersionOperations(send: Send): LineItemVersionOperations {
  return {
    createLineItemVersion: (body, options) =>
      send(
        {
          method: "POST",
          path: "/payment/transactions/line-item-versions",
          query: { expand: ["failureReason"] },
          body: toLineItemVersionBody(body),
          isRepeatable: true,
          read: jsonAnswer(toLineItemVersion, "TransactionLineItemVersion"),
        },
        options,
      ),
  };
}

export function toLineItemVersion(fields: Fields): LineItemVersion {
  return {
    ...toOperationProgress(fields),
    transaction: readId(fields, "linkedTransaction"),
    state: oneOf(lineItemVersionStates)(fields, "state"),
    amount: orNull(fields, "amount", readDecimal),
    externalId: orNull(fields, "externalId", readText),
    lineItems: listOf(toLineItem)(fields, "lineItems"),
  };
}

export function toLineItemVersionBody(body: LineItemVersionCreate): Wire<LineItemVersionCreate> {
  return { ...body, transaction: toWireNumber(body.transaction), lineItems: body.lineItems.map(toLineItemBody) };
}
