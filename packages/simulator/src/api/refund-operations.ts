import { ApiError } from "../api-error.ts";
import { type DocumentContent, renderDocument } from "../documents/documents.ts";
import type { Service } from "../service/service.ts";
import { find, spaceOf, switchesOf, type World } from "../service/world.ts";
import type { InvoiceRow } from "../state/payment.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { invoiceView, refundView } from "../views/operation-views.ts";
import { readTriple, tableResource } from "./lists.ts";
import { act, create, get, type Operation, type SpaceCall } from "./operation.ts";
import { invoiceReplacement, refundCreate } from "./operation-shapes.ts";
import { read } from "./shape.ts";

const refunds = "/payment/refunds";
const invoices = "/payment/transactions/invoices";

/** Refunds, invoices and the documents of both. */
export function createRefundOperations(world: World, service: Service): readonly Operation[] {
  const { tables } = world.state;
  const foundRefund = (call: SpaceCall) => find(tables.refunds, call.space.id, call.params.id ?? "", "refund");
  const foundInvoice = (call: SpaceCall) => find(tables.invoices, call.space.id, call.params.id ?? "", "invoice");
  const found = (call: SpaceCall) => service.transactions.find(call.space, call.params.id ?? "");
  const shownInvoice = (row: InvoiceRow, call: SpaceCall) => invoiceView(row, call.expand, call.context);

  const rendered = (
    transaction: TransactionRow,
    states: readonly string[],
    state: string,
    rest: Partial<DocumentContent> & Pick<DocumentContent, "kind">,
  ) => {
    if (!states.includes(state)) {
      throw new ApiError(
        Number(switchesOf(world, transaction).documentNotReady),
        "document_not_available",
        `There is no ${rest.kind} while the state is ${state}; it has to be ${states.join(" or ")}.`,
      );
    }
    return renderDocument({
      transaction,
      shopName: spaceOf(world, transaction.space).name,
      date: transaction.completedOn ?? transaction.createdOn,
      lines: transaction.content.lineItems,
      amount: transaction.completedAmount,
      ...rest,
    });
  };

  return [
    create(refunds, (call) => {
      const { transaction, ...body } = read(refundCreate, call.body);
      const row = service.refunds.create(service.transactions.find(call.space, transaction), body, call.user.id);
      return refundView(row, call.expand, call.context);
    }),
    act(`${refunds}/:id/mark-succeeded`, (call) =>
      refundView(service.refunds.mark(foundRefund(call), "SUCCESSFUL"), call.expand, call.context),
    ),
    act(`${refunds}/:id/mark-failed`, (call) =>
      refundView(service.refunds.mark(foundRefund(call), "FAILED"), call.expand, call.context),
    ),
    get(`${refunds}/:id/document`, (call) => {
      const { transaction, state, amount, lineItems: lines, createdOn: date } = foundRefund(call);
      return rendered(service.transactions.find(call.space, transaction), ["SUCCESSFUL"], state, {
        kind: "refund",
        amount,
        lines,
        date,
      });
    }),
    ...readTriple(tableResource("refund", refunds, tables.refunds, refundView)),

    act(`${invoices}/:id/mark-paid`, (call) => shownInvoice(service.invoices.markPaid(foundInvoice(call)), call)),
    act(`${invoices}/:id/derecognize`, (call) =>
      shownInvoice(service.invoices.derecognize(foundInvoice(call), call.user.id), call),
    ),
    act(
      `${invoices}/:id/replace`,
      (call) => shownInvoice(service.invoices.replace(foundInvoice(call), read(invoiceReplacement, call.body)), call),
      { takesBody: true },
    ),
    get(`${invoices}/:id/check-replacement-possible`, (call) => service.invoices.isReplaceable(foundInvoice(call))),
    get(`${invoices}/:id/document`, (call) => {
      const { transaction, amount, lineItems: lines, createdOn: date } = foundInvoice(call);
      const row = service.transactions.find(call.space, transaction);
      return rendered(row, [row.state], row.state, { kind: "invoice", amount, lines, date });
    }),
    ...readTriple(tableResource("invoice", invoices, tables.invoices, invoiceView)),

    get("/payment/transactions/:id/invoice-document", (call) => {
      const row = found(call);
      return rendered(row, ["COMPLETED", "FULFILL", "DECLINE"], row.state, { kind: "invoice" });
    }),
    get("/payment/transactions/:id/packing-slip-document", (call) => {
      const row = found(call);
      return rendered(row, ["FULFILL"], row.state, { kind: "packing slip" });
    }),
  ];
}
