import type { CallOptions } from "../client.ts";
import type { Decimal, Instant, ServiceId, SpaceId } from "../ids.ts";
import { jsonAnswer } from "../wire/answers.ts";
import {
  type Fields,
  oneOf,
  orNull,
  readDecimal,
  readId,
  readInstant,
  readReference,
  readSpaceId,
  readText,
} from "../wire/fields.ts";
import { searchOfTransaction } from "../wire/paging.ts";
import type { Send } from "../wire/send.ts";
import { type RenderedDocument, toRenderedDocument } from "./rendered-document.ts";

export const invoiceStates = [
  "CREATE",
  "OPEN",
  "OVERDUE",
  "CANCELED",
  "PAID",
  "DERECOGNIZED",
  "NOT_APPLICABLE",
] as const;
export type InvoiceState = (typeof invoiceStates)[number];

/** Comes with each completion. Amounts in major units of the transaction's currency. */
export interface TransactionInvoice {
  readonly id: ServiceId;
  readonly linkedSpaceId: SpaceId;
  readonly transaction: ServiceId;
  readonly completion: ServiceId | null;
  readonly state: InvoiceState;
  readonly amount: Decimal | null;
  readonly outstandingAmount: Decimal | null;
  readonly merchantReference: string | null;
  readonly createdOn: Instant | null;
  readonly dueOn: Instant | null;
  readonly paidOn: Instant | null;
}

export interface InvoiceOperations {
  readInvoice(id: ServiceId, options?: CallOptions): Promise<TransactionInvoice>;
  listInvoicesOf(transaction: ServiceId, options?: CallOptions): Promise<readonly TransactionInvoice[]>;
  /** Of a transaction in COMPLETED, FULFILL or DECLINE. */
  readInvoiceDocument(transaction: ServiceId, options?: CallOptions): Promise<RenderedDocument>;
  /** Of a transaction in FULFILL. */
  readPackingSlip(transaction: ServiceId, options?: CallOptions): Promise<RenderedDocument>;
}

const invoices = "/payment/transactions/invoices";

export function createInvoiceOperations(send: Send): InvoiceOperations {
  const readDocument = (transaction: ServiceId, what: string, options: CallOptions | undefined) => {
    const read = jsonAnswer(toRenderedDocument, "RenderedDocument");
    return send({ method: "GET", path: `/payment/transactions/${transaction}/${what}`, read }, options);
  };
  return {
    readInvoice: (id, options) =>
      send({ method: "GET", path: `${invoices}/${id}`, read: jsonAnswer(toInvoice, "TransactionInvoice") }, options),
    listInvoicesOf: (transaction, options) => searchOfTransaction(send, invoices, toInvoice, transaction, {}, options),
    readInvoiceDocument: (transaction, options) => readDocument(transaction, "invoice-document", options),
    readPackingSlip: (transaction, options) => readDocument(transaction, "packing-slip-document", options),
  };
}

export function toInvoice(fields: Fields): TransactionInvoice {
  return {
    id: readId(fields, "id"),
    linkedSpaceId: readSpaceId(fields, "linkedSpaceId"),
    transaction: readId(fields, "linkedTransaction"),
    completion: orNull(fields, "completion", readReference),
    state: oneOf(invoiceStates)(fields, "state"),
    amount: orNull(fields, "amount", readDecimal),
    outstandingAmount: orNull(fields, "outstandingAmount", readDecimal),
    merchantReference: orNull(fields, "merchantReference", readText),
    createdOn: orNull(fields, "createdOn", readInstant),
    dueOn: orNull(fields, "dueOn", readInstant),
    paidOn: orNull(fields, "paidOn", readInstant),
  };
}
