import type {
  AddressCreate,
  CompletionBehavior,
  TransactionContent,
  TransactionCreate,
} from "@checkout-plugins/client";
import { toAddress, toMerchantReference } from "./address.ts";
import type { AttemptId, PaymentId, ShopOrder, StartCommand } from "./contract/index.ts";
import { toLineItems } from "./line-items.ts";
import { attemptMark } from "./snapshot.ts";

const completions = {
  immediate: "COMPLETE_IMMEDIATELY",
  deferred: "COMPLETE_DEFERRED",
  configured: "USE_CONFIGURATION",
} as const satisfies Record<StartCommand["completion"], CompletionBehavior>;

/** What of an order goes to the service: on creation, and when the cart changes before the buyer confirms. */
export function toTransactionContent(order: ShopOrder): TransactionContent & Pick<TransactionCreate, "lineItems"> {
  const addresses: { billingAddress?: AddressCreate; shippingAddress?: AddressCreate } = {
    ...(order.billing && { billingAddress: toAddress(order.billing) }),
    ...(order.shipping && { shippingAddress: toAddress(order.shipping) }),
  };
  const reference = order.merchantReference === null ? null : toMerchantReference(order.merchantReference);
  return {
    lineItems: toLineItems(order),
    currency: order.total.currency,
    language: order.language,
    ...addresses,
    ...(reference !== null && { merchantReference: reference, invoiceMerchantReference: reference }),
    ...(order.customer.id !== null && { customerId: order.customer.id }),
    ...(order.customer.email !== null && { customerEmailAddress: order.customer.email }),
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
