import type { ServiceId, TransactionContent, TransactionCreate } from "@checkout-plugins/client";
import { toAddressCreate, toEmail, toMerchantReference } from "./address.ts";
import type { AttemptId, ChargeCommand, PaymentId, ShopOrder, TerminalCommand } from "./contract/index.ts";
import { toLineItems } from "./line-items.ts";
import { attemptMark } from "./snapshot.ts";
import { completionBehaviors, type Terms, toTermsContent } from "./terms.ts";

type Content = TransactionContent & Pick<TransactionCreate, "lineItems">;

/** What ties a transaction to its attempt and payment. */
export interface Marks {
  readonly payment: PaymentId;
  readonly attempt: AttemptId;
}

/** What of an order goes to the service: on creation, and when the cart changes before the buyer confirms. */
export function toTransactionContent(order: ShopOrder): Content {
  const billingAddress = toAddressCreate(order.billing);
  const shippingAddress = toAddressCreate(order.shipping);
  const merchantReference = toMerchantReference(order.merchantReference);
  const customerEmailAddress = toEmail(order.customer.email);
  return {
    lineItems: toLineItems(order),
    currency: order.total.currency,
    language: order.language,
    ...(billingAddress && { billingAddress }),
    ...(shippingAddress && { shippingAddress }),
    ...(merchantReference && { merchantReference, invoiceMerchantReference: merchantReference }),
    ...(order.customer.id !== null && { customerId: order.customer.id }),
    ...(customerEmailAddress && { customerEmailAddress }),
  };
}

function toBase(order: ShopOrder, test: boolean, marks: Marks) {
  return {
    ...toTransactionContent(order),
    autoConfirmationEnabled: true,
    ...(test && { environmentSelectionStrategy: "FORCE_TEST_ENVIRONMENT" as const }),
    metaData: { [attemptMark]: marks.attempt, checkoutPluginsPayment: marks.payment },
  };
}

/** A transaction that the service confirms by itself when the buyer pays, so that nothing is asked in between. */
export function toTransactionCreate(
  order: ShopOrder,
  terms: Terms | null,
  test: boolean,
  marks: Marks,
): TransactionCreate {
  const { allowedPaymentMethodConfigurations: allowed = [], ...content } = toTermsContent(terms, order);
  return {
    ...toBase(order, test, marks),
    customersPresence: "VIRTUAL_PRESENT",
    ...content,
    ...(allowed.length > 0 && { allowedPaymentMethodConfigurations: allowed }),
  };
}

/** A transaction for a terminal, whose first failure is its last: nobody is there to choose another way. */
export function toTerminalCreate({ order, completion, test }: TerminalCommand, marks: Marks): TransactionCreate {
  return {
    ...toBase(order, test, marks),
    customersPresence: "PHYSICAL_PRESENT",
    chargeRetryEnabled: false,
    completionBehavior: completionBehaviors[completion],
  };
}

/** A transaction over stored means, which nobody is there to confirm: its first failure is its last. */
export function toChargeCreate({ order, means, completion, test }: ChargeCommand, marks: Marks): TransactionCreate {
  return {
    ...toBase(order, test, marks),
    customersPresence: "NOT_PRESENT",
    chargeRetryEnabled: false,
    token: means as string as ServiceId,
    completionBehavior: completionBehaviors[completion],
  };
}
