import { ifGiven, toWireNumber, type Wire } from "../wire/wire.ts";
import type { LineItemCreate, TransactionContent, TransactionCreate, TransactionPending } from "./transaction.ts";

export function toCreateBody(body: TransactionCreate): Wire<TransactionCreate> {
  return {
    ...body,
    ...toContentNumbers(body),
    lineItems: body.lineItems.map(toLineItemBody),
    spaceViewId: ifGiven(body.spaceViewId, toWireNumber),
  };
}

export function toPendingBody(body: TransactionPending): Wire<TransactionPending> {
  return { ...body, ...toContentNumbers(body) };
}

export function toLineItemBody(item: LineItemCreate): Wire<LineItemCreate> {
  return {
    ...item,
    quantity: toWireNumber(item.quantity),
    amountIncludingTax: toWireNumber(item.amountIncludingTax),
    taxes: item.taxes?.map((tax) => ({ ...tax, rate: toWireNumber(tax.rate) })),
  };
}

type WithNumbers = "lineItems" | "allowedPaymentMethodConfigurations" | "token";
type ContentNumbers = { readonly [K in WithNumbers]: Wire<TransactionContent>[K] };

function toContentNumbers(content: TransactionContent): ContentNumbers {
  return {
    lineItems: content.lineItems?.map(toLineItemBody),
    allowedPaymentMethodConfigurations: content.allowedPaymentMethodConfigurations?.map(toWireNumber),
    token: ifGiven(content.token, toWireNumber),
  };
}
