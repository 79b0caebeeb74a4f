import type { ServiceId } from "@checkout-plugins/client";
import type { CompletionDetails, CompletionLine } from "../service/completions.ts";
import type { InvoiceReplacement } from "../service/invoices.ts";
import type { RefundBody } from "../service/refunds.ts";
import type { TokenContent } from "../service/tokens.ts";
import type { Reduction } from "../state/payment.ts";
import type { LineItem } from "../state/transaction.ts";
import { choice, decimal, type Fields, flag, id, integer, list, map, object, type Shape, text } from "./shape.ts";
import { address, asciiText, externalId, languageTag, lineItem } from "./transaction-shapes.ts";

const completionLine = object<CompletionLine>(
  { uniqueId: text({ min: 1, max: 200 }), quantity: decimal, amount: decimal },
  ["uniqueId", "quantity", "amount"],
);
export const completionDetails: Shape<CompletionDetails> = object<CompletionDetails>({
  externalId,
  invoiceMerchantReference: asciiText,
  lastCompletion: flag,
  lineItems: list(completionLine),
  metaData: map(text()),
  statementDescriptor: text({
    max: 80,
    pattern: /^[a-zA-Z0-9\s.,_?+/-]*$/,
    patternText: "letters, digits, space and . , _ ? + / -",
  }),
});

const reduction = object<Reduction>(
  { lineItemUniqueId: text({ min: 1, max: 200 }), quantityReduction: decimal, unitPriceReduction: decimal },
  ["lineItemUniqueId", "quantityReduction", "unitPriceReduction"],
);
export const refundCreate: Shape<RefundBody & { readonly transaction: ServiceId }> = object<
  RefundBody & { readonly transaction: ServiceId }
>(
  {
    externalId,
    type: choice([
      "MERCHANT_INITIATED_ONLINE",
      "MERCHANT_INITIATED_OFFLINE",
      "CUSTOMER_INITIATED_AUTOMATIC",
      "CUSTOMER_INITIATED_MANUAL",
    ]),
    transaction: id,
    amount: decimal,
    reductions: list(reduction),
    completion: id,
    merchantReference: asciiText,
    metaData: map(text()),
  },
  ["externalId", "type", "transaction"],
);

export interface LineItemVersionBody {
  readonly externalId: string;
  readonly lineItems: readonly LineItem[];
  readonly transaction: ServiceId;
}
export const lineItemVersionCreate: Shape<LineItemVersionBody> = object<LineItemVersionBody>(
  { externalId: text({ min: 1 }), lineItems: list(lineItem), transaction: id },
  ["externalId", "lineItems", "transaction"],
);

const instant: Shape<number> = (value, at, problems) => {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? problems.malformed(at, "must be a date such as 2026-02-03T09:00:00Z") : time;
};
export const invoiceReplacement: Shape<InvoiceReplacement> = object<InvoiceReplacement>(
  { externalId, lineItems: list(lineItem), billingAddress: address, dueOn: instant, merchantReference: asciiText },
  ["externalId", "lineItems"],
);

const tokenFields: Fields<TokenContent> = {
  customerEmailAddress: text({ max: 150 }),
  customerId: text(),
  enabledForOneClickPayment: flag,
  language: languageTag,
  timeZone: text(),
  tokenReference: asciiText,
};
export const tokenCreate: Shape<TokenContent & { externalId: string }> = object<TokenContent & { externalId: string }>(
  { ...tokenFields, externalId: text({ min: 1 }) },
  ["externalId"],
);
export const tokenUpdate: Shape<TokenContent & { version: number }> = object<TokenContent & { version: number }>(
  { ...tokenFields, version: integer },
  ["version"],
);
