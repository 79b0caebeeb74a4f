import type { Decimal } from "@checkout-plugins/client";
import { choice, decimal, object, type Shape } from "../api/shape.ts";
import { unprocessable } from "../api-error.ts";
import type { Service } from "../service/service.ts";
import type { World } from "../service/world.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { subtract } from "../values/decimal.ts";

/** What a person does in the back office, or the buyer's bank does, without the shop. */
export interface BackOfficeAction {
  readonly action:
    | "complete"
    | "void"
    | "refund"
    | "chargeback"
    | "markSuitable"
    | "markNotSuitable"
    | "markPaid"
    | "derecognize";
  /** Of a refund or chargeback; all that is left unless said. */
  readonly amount?: Decimal;
}

export const backOfficeAction: Shape<BackOfficeAction> = object<BackOfficeAction>(
  {
    action: choice([
      "complete",
      "void",
      "refund",
      "chargeback",
      "markSuitable",
      "markNotSuitable",
      "markPaid",
      "derecognize",
    ]),
    amount: decimal,
  },
  ["action"],
);

/** Answers the id of what came of it. */
export function actInBackOffice(
  world: World,
  service: Service,
  row: TransactionRow,
  { action, amount }: BackOfficeAction,
): string {
  const { tables } = world.state;
  switch (action) {
    case "complete":
      return service.completions.complete(row, "ONLINE", { lastCompletion: true }, null).id;
    case "void":
      return service.voids.create(row, "ONLINE", null).id;
    case "refund":
    case "chargeback":
      return service.refunds.create(
        row,
        {
          type: action === "refund" ? "MERCHANT_INITIATED_ONLINE" : "CUSTOMER_INITIATED_AUTOMATIC",
          externalId: `back-office-${world.newId()}`,
          amount: amount ?? subtract(row.completedAmount, row.refundedAmount),
        },
        null,
      ).id;
    case "markSuitable":
    case "markNotSuitable": {
      const [indication] = tables.deliveryIndications.ofTransaction(row.id);
      if (indication === undefined)
        throw unprocessable("no_delivery_indication", `Transaction ${row.id} has no delivery indication yet.`);
      return service.deliveries.mark(indication, action === "markSuitable" ? "SUITABLE" : "NOT_SUITABLE", null).id;
    }
    case "markPaid":
    case "derecognize": {
      const invoice = tables.invoices.ofTransaction(row.id).find(service.invoices.isReplaceable);
      if (invoice === undefined) throw unprocessable("no_open_invoice", `Transaction ${row.id} has no open invoice.`);
      return (action === "markPaid" ? service.invoices.markPaid(invoice) : service.invoices.derecognize(invoice, null))
        .id;
    }
  }
}
