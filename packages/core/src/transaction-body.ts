import type { CompletionBehavior, TransactionContent, TransactionCreate } from "@checkout-plugins/client";
import { toAddressCreate, toEmail, toMerchantReference } from "./address.ts";
import type { AttemptId, PaymentId, ShopOrder, StartCommand } from "./contract/index.ts";
import { toLineItems } from "./line-items.ts";
import { attemptMark } from "./snapshot.ts";

const completions = {
  immediate: "COMPLETE_IMMEDIATELY",
  deferred: "COMPLETE_DEFERRED",
  configured: "USE_CONFIGURATION",
} as const satisfies Record<StartCommand["completion"], CompletionBehavior>;

type Content = TransactionContent & Pick<TransactionCreate, "lineItems">;

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

/** A transaction that the service confirms by itself when the buyer pays, so that nothing is asked in between. */
export function toTransactionCreate(command: StartCommand, payment: PaymentId, attempt: AttemptId): TransactionCreate {
  return {
    ...toTransactionContent(command.order),
    autoConfirmationEnabled: true,
    customersPresence: "VIRTUAL_PRESENT",
    completionBehavior: completions[command.completion],
    ...(command.test && { environmentSelectionStrategy: "FORCE_TEST_ENVIRONMENT" }),
    ...(command.method !== null && { allowedPaymentMethodConfigurations: [command.method as string as never] }),
    ...(command.store && command.order.customer.id !== null && { tokenizationMode: "ALLOW_ONE_CLICK_PAYMENT" }),
    ...(command.returnUrl !== null && { successUrl: command.returnUrl }),
    ...((command.cancelUrl ?? command.returnUrl) !== null && {
      failedUrl: command.cancelUrl ?? command.returnUrl ?? "",
    }),
    metaData: { [attemptMark]: attempt, checkoutPluginsPayment: payment },
  };
}
