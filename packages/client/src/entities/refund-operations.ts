import type { CallOptions } from "../client.ts";
import type { ServiceId } from "../ids.ts";
import { jsonAnswer } from "../wire/answers.ts";
import { type Fields, listOf, oneOf, orNull, readDecimal, readReference, readText, readTexts } from "../wire/fields.ts";
import { readList } from "../wire/paging.ts";
import type { Send } from "../wire/send.ts";
import { toWireNumber, type Wire } from "../wire/wire.ts";
import { toLineItemAmount, toOperationProgress } from "./operation-progress.ts";
import { type LineItemReductionCreate, type Refund, type RefundCreate, refundStates, refundTypes } from "./refund.ts";
import { type RenderedDocument, toRenderedDocument } from "./rendered-document.ts";

export interface RefundOperations {
  /** Repeated with the same `externalId` after an unknown outcome. */
  createRefund(body: RefundCreate, options?: CallOptions): Promise<Refund>;
  readRefund(id: ServiceId, options?: CallOptions): Promise<Refund>;
  /** All refunds of the space in the order they were made, whoever made them; pages are read as the caller goes on. */
  listRefunds(range?: { readonly after?: ServiceId | undefined }, options?: CallOptions): AsyncIterable<Refund>;
  readRefundDocument(id: ServiceId, options?: CallOptions): Promise<RenderedDocument>;
}

const refunds = "/payment/refunds";

export function createRefundOperations(send: Send): RefundOperations {
  const query = { expand: ["failureReason", "transaction"] };
  const answer = { query, read: jsonAnswer(toRefund, "Refund") };
  return {
    createRefund: (body, options) =>
      send({ ...answer, method: "POST", path: refunds, body: toRefundBody(body), isRepeatable: true }, options),
    readRefund: (id, options) => send({ ...answer, method: "GET", path: `${refunds}/${id}` }, options),
    listRefunds: (range, options) => readList(send, refunds, toRefund, { ...query, after: range?.after }, options),
    readRefundDocument: (id, options) => {
      const read = jsonAnswer(toRenderedDocument, "RenderedDocument");
      return send({ method: "GET", path: `${refunds}/${id}/document`, read }, options);
    },
  };
}

export function toRefund(fields: Fields): Refund {
  return {
    ...toOperationProgress(fields),
    transaction: orNull(fields, "transaction", readReference),
    state: oneOf(refundStates)(fields, "state"),
    type: oneOf(refundTypes)(fields, "type"),
    amount: orNull(fields, "amount", readDecimal),
    externalId: orNull(fields, "externalId", readText),
    merchantReference: orNull(fields, "merchantReference", readText),
    metaData: readTexts(fields, "metaData"),
    reductions: listOf(toReduction)(fields, "reductions"),
    reducedLineItems: listOf(toLineItemAmount)(fields, "reducedLineItems"),
  };
}

function toReduction(fields: Fields): LineItemReductionCreate {
  return {
    lineItemUniqueId: readText(fields, "lineItemUniqueId"),
    quantityReduction: readDecimal(fields, "quantityReduction"),
    unitPriceReduction: readDecimal(fields, "unitPriceReduction"),
  };
}

export function toRefundBody(body: RefundCreate): Wire<RefundCreate> {
  const { amount, reductions, ...request } = body;
  const sent = { ...request, transaction: toWireNumber(body.transaction) };
  if (amount !== undefined) return { ...sent, amount: toWireNumber(amount) };
  return { ...sent, reductions: (reductions ?? []).map(toReductionBody) };
}

function toReductionBody(reduction: LineItemReductionCreate): Wire<LineItemReductionCreate> {
  return {
    ...reduction,
    quantityReduction: toWireNumber(reduction.quantityReduction),
    unitPriceReduction: toWireNumber(reduction.unitPriceReduction),
  };
}
