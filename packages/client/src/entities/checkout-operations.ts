import type { CallOptions } from "../client.ts";
import type { ServiceId } from "../ids.ts";
import { jsonAnswer, toPage, urlAnswer } from "../wire/answers.ts";
import { collectList } from "../wire/paging.ts";
import type { Send } from "../wire/send.ts";
import { type PaymentMethodConfiguration, toPaymentMethodConfiguration } from "./payment-method-configuration.ts";
import { toTransaction, transactionExpand } from "./to-transaction.ts";
import type { Transaction } from "./transaction.ts";

export type IntegrationMode = "payment_page" | "iframe" | "lightbox";

/** What the buyer's browser needs, and charging without a buyer. */
export interface CheckoutOperations {
  /** The address of the payment page. It carries a security token: for the buyer's browser, not for logs. */
  readPaymentPageUrl(transaction: ServiceId, options?: CallOptions): Promise<string>;
  /** The address of the script that puts the form into a page. It carries a security token; a new one per transaction. */
  readIframeScriptUrl(transaction: ServiceId, options?: CallOptions): Promise<string>;
  /** The address of the script that opens the overlay. It carries a security token; a new one per transaction. */
  readLightboxScriptUrl(transaction: ServiceId, options?: CallOptions): Promise<string>;
  /** The methods that this transaction can be paid with, in the merchant's order; only while PENDING. */
  listPaymentMethods(
    transaction: ServiceId,
    mode: IntegrationMode,
    options?: CallOptions,
  ): Promise<readonly PaymentMethodConfiguration[]>;
  /** All methods set up in the space, in whatever state, with their currencies, to the end of the list. */
  listPaymentMethodConfigurations(options?: CallOptions): Promise<readonly PaymentMethodConfiguration[]>;
  /** Charges the transaction's token. Never retried after an unknown outcome: read the transaction. */
  processWithoutInteraction(transaction: ServiceId, options?: CallOptions): Promise<Transaction>;
}

export function createCheckoutOperations(send: Send): CheckoutOperations {
  const readUrl = (transaction: ServiceId, what: string, options: CallOptions | undefined) =>
    send({ method: "GET", path: `/payment/transactions/${transaction}/${what}`, read: urlAnswer }, options);
  return {
    readPaymentPageUrl: (transaction, options) => readUrl(transaction, "payment-page-url", options),
    readIframeScriptUrl: (transaction, options) => readUrl(transaction, "iframe-javascript-url", options),
    readLightboxScriptUrl: (transaction, options) => readUrl(transaction, "lightbox-javascript-url", options),
    listPaymentMethods: (transaction, integrationMode, options) => {
      const path = `/payment/transactions/${transaction}/payment-method-configurations`;
      // One page by nature: the endpoint takes no cursor.
      const read = jsonAnswer((fields) => toPage(fields).items.map(toPaymentMethodConfiguration), "list");
      return send({ method: "GET", path, query: { integrationMode }, read }, options);
    },
    listPaymentMethodConfigurations: (options) => {
      const query = { expand: ["paymentMethod"] };
      return collectList(send, "/payment/method-configurations", toPaymentMethodConfiguration, query, options);
    },
    processWithoutInteraction: (transaction, options) => {
      const path = `/payment/transactions/${transaction}/process-without-interaction`;
      const read = jsonAnswer(toTransaction, "Transaction");
      return send({ method: "POST", path, query: { expand: transactionExpand }, read }, options);
    },
  };
}
