import type { CallOptions } from "../client.ts";
import type { ServiceId } from "../ids.ts";
import { jsonAnswer } from "../wire/answers.ts";
import { type Fields, listOf, oneOf, orNull, readDecimal, readFlag, readId, readText } from "../wire/fields.ts";
import type { Send } from "../wire/send.ts";
import { toWireNumber, type Wire } from "../wire/wire.ts";
import { type Completion, type CompletionCreate, completionModes, completionStates } from "./completion.ts";
import { toLineItemAmount, toOperationProgress } from "./operation-progress.ts";

export interface CompletionOperations {
  /** Only from AUTHORIZED. Repeated with the same `externalId` after an unknown outcome. */
  completePartiallyOnline(transaction: ServiceId, body: CompletionCreate, options?: CallOptions): Promise<Completion>;
  readCompletion(id: ServiceId, options?: CallOptions): Promise<Completion>;
}

export function createCompletionOperations(send: Send): CompletionOperations {
  const answer = { query: { expand: ["failureReason"] }, read: jsonAnswer(toCompletion, "TransactionCompletion") };
  return {
    completePartiallyOnline: (transaction, body, options) => {
      const path = `/payment/transactions/${transaction}/complete-partially-online`;
      return send({ ...answer, method: "POST", path, body: toCompletionBody(body), isRepeatable: true }, options);
    },
    readCompletion: (id, options) =>
      send({ ...answer, method: "GET", path: `/payment/transactions/completions/${id}` }, options),
  };
}

export function toCompletion(fields: Fields): Completion {
  return {
    ...toOperationProgress(fields),
    transaction: readId(fields, "linkedTransaction"),
    state: oneOf(completionStates)(fields, "state"),
    mode: orNull(fields, "mode", oneOf(completionModes)),
    amount: orNull(fields, "amount", readDecimal),
    externalId: orNull(fields, "externalId", readText),
    lastCompletion: orNull(fields, "lastCompletion", readFlag),
    invoiceMerchantReference: orNull(fields, "invoiceMerchantReference", readText),
    lineItems: listOf(toLineItemAmount)(fields, "lineItems"),
  };
}

export function toCompletionBody(body: CompletionCreate): Wire<CompletionCreate> {
  return {
    ...body,
    lineItems: body.lineItems?.map((item) => ({
      ...item,
      quantity: toWireNumber(item.quantity),
      amount: toWireNumber(item.amount),
    })),
  };
}
