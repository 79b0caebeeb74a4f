import type { ServiceId } from "@checkout-plugins/client";
import { unprocessable } from "../api-error.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import type { CompletionRow, InvoiceRow } from "../state/payment.ts";
import type { Address, LineItem, Time, TransactionRow } from "../state/transaction.ts";
import { compare, subtract, zero } from "../values/decimal.ts";
import { totalOf } from "./transaction-rules.ts";
import { durationOf, type World } from "./world.ts";

/** What replaces an invoice that is not paid yet. */
export interface InvoiceReplacement {
  readonly externalId: string;
  readonly lineItems: readonly LineItem[];
  readonly billingAddress?: Address;
  readonly dueOn?: Time;
  readonly merchantReference?: string;
}

export interface Invoices {
  /** One for each successful completion: paid at once, or open where the buyer pays later. */
  open(completion: CompletionRow, transaction: TransactionRow): void;
  markPaid(row: InvoiceRow): InvoiceRow;
  derecognize(row: InvoiceRow, user: ServiceId | null): InvoiceRow;
  replace(row: InvoiceRow, replacement: InvoiceReplacement): InvoiceRow;
  isReplaceable(row: InvoiceRow): boolean;
  /** After a refund: the invoice that asks for less, or for nothing any more. */
  reduce(transaction: ServiceId, amount: InvoiceRow["amount"]): InvoiceRow | undefined;
}

export function createInvoices(world: World): Invoices {
  const { agenda } = world;
  const { invoices } = world.state.tables;

  const put = (row: InvoiceRow, entered = true): InvoiceRow => {
    const { id, space, state, transaction } = row;
    invoices.put(row);
    world.announce({ entity: "TransactionInvoice", id, space, state, entered, transaction });
    return row;
  };
  const change = (row: InvoiceRow, changes: Partial<InvoiceRow>) =>
    put({ ...row, ...changes, version: row.version + 1 }, changes.state !== undefined && changes.state !== row.state);
  const isReplaceable = (row: InvoiceRow) => row.state === "OPEN" || row.state === "OVERDUE";
  const checkOpen = (row: InvoiceRow) => {
    if (!isReplaceable(row)) throw unprocessable("invoice_not_open", `Invoice ${row.id} is ${row.state} already.`);
  };
  const overdueLater = ({ id, dueOn }: InvoiceRow) => {
    if (dueOn === null) return;
    agenda.add(dueOn, () => {
      const row = invoices.get(id);
      if (row?.state === "OPEN") change(row, { state: "OVERDUE" });
    });
  };

  return {
    isReplaceable,

    open(completion, transaction) {
      const method = world.state.tables.methodConfigurations.get(transaction.method ?? "");
      const isPaidLater = method !== undefined && paymentMethod(method.method).kind === "invoice";
      const now = agenda.now();
      const { merchantReference = null, invoiceMerchantReference = merchantReference } = transaction.content;
      const row = put({
        id: world.newId(),
        space: transaction.space,
        transaction: transaction.id,
        version: 1,
        createdOn: now,
        state: isPaidLater ? "OPEN" : "PAID",
        completion: completion.id,
        externalId: null,
        amount: completion.amount,
        outstandingAmount: isPaidLater ? completion.amount : zero,
        lineItems: completion.lineItems,
        billingAddress: transaction.content.billingAddress ?? null,
        merchantReference: completion.invoiceMerchantReference ?? invoiceMerchantReference,
        dueOn: isPaidLater ? now + durationOf(world, transaction, "invoicePaymentTerm") : null,
        paidOn: isPaidLater ? null : now,
        derecognizedOn: null,
        derecognizedBy: null,
      });
      overdueLater(row);
    },
    markPaid(row) {
      checkOpen(row);
      return change(row, { state: "PAID", outstandingAmount: zero, paidOn: agenda.now() });
    },
    derecognize(row, user) {
      checkOpen(row);
      return change(row, { state: "DERECOGNIZED", derecognizedOn: agenda.now(), derecognizedBy: user });
    },
    replace(row, { lineItems, ...rest }) {
      const { externalId } = rest;
      const repeated = invoices.ofTransaction(row.transaction).find((other) => other.externalId === externalId);
      if (repeated !== undefined) return repeated;
      checkOpen(row);
      const amount = totalOf(lineItems);
      if (compare(amount, row.amount) > 0)
        throw unprocessable("amount_too_high", `The new invoice must not exceed ${row.amount}.`);
      change(row, { state: "CANCELED" });
      const replaced = put({
        ...row,
        ...rest,
        id: world.newId(),
        version: 1,
        createdOn: agenda.now(),
        state: "OPEN",
        lineItems,
        amount,
        outstandingAmount: amount,
      });
      overdueLater(replaced);
      return replaced;
    },
    reduce(transaction, amount) {
      const row = invoices.ofTransaction(transaction).find(isReplaceable);
      if (row === undefined) return undefined;
      const outstandingAmount = subtract(row.outstandingAmount, amount);
      const isSettled = compare(outstandingAmount, zero) <= 0;
      const settled = { state: "DERECOGNIZED", outstandingAmount: zero, derecognizedOn: agenda.now() } as const;
      return change(row, isSettled ? settled : { outstandingAmount });
    },
  };
}
