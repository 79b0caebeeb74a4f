import * as sdk from "postfinancecheckout";
import { exampleKey } from "../settings.ts";
import { createRunningClock } from "../time/clock.ts";
import { openShop, type Shop } from "./shop.ts";
import { understood } from "./understood.ts";

/** The example space. */
export const space = 70001;

/** The application user whose key {@link openSdk} signs with. */
export const user = 12345;

/** An order of CHF 119.80, confirmed and completed by hand. */
export const order: sdk.TransactionCreate = {
  currency: "CHF",
  language: "de-CH",
  autoConfirmationEnabled: false,
  customersPresence: sdk.CustomersPresence.VirtualPresent,
  completionBehavior: sdk.TransactionCompletionBehavior.CompleteDeferred,
  successUrl: "https://shop.example.ch/ok",
  failedUrl: "https://shop.example.ch/ko",
  metaData: { orderId: "1001" },
  lineItems: [
    {
      uniqueId: "sku-1",
      name: "Rucksack",
      type: sdk.LineItemType.Product,
      quantity: 2,
      amountIncludingTax: 119.8,
      taxes: new Set([{ title: "MwSt.", rate: 8.1 }]),
    },
  ],
};

/** The order, confirmed by itself. */
export const automatic: sdk.TransactionCreate = { ...order, autoConfirmationEnabled: true };

/** The order, confirmed and completed by itself. */
export const immediate: sdk.TransactionCreate = {
  ...automatic,
  completionBehavior: sdk.TransactionCompletionBehavior.CompleteImmediately,
};

export interface OfficialSdk {
  readonly shop: Shop;
  readonly transactions: sdk.TransactionsService;
  readonly completions: sdk.TransactionCompletionsService;
  readonly voids: sdk.TransactionVoidsService;
  readonly lineItemVersions: sdk.TransactionLineItemVersionsService;
  readonly invoices: sdk.TransactionInvoicesService;
  readonly refunds: sdk.RefundsService;
  readonly deliveries: sdk.DeliveryIndicationsService;
  readonly attempts: sdk.ChargeAttemptsService;
  readonly tokens: sdk.TokensService;
  readonly tokenVersions: sdk.TokenVersionsService;
  readonly methods: sdk.PaymentMethodConfigurationsService;
  readonly spaces: sdk.SpacesService;
  readonly users: sdk.ApplicationUsersService;
  readonly urls: sdk.WebhookURLsService;
  readonly listeners: sdk.WebhookListenersService;
  readonly keys: sdk.WebhookEncryptionKeysService;
  readonly terminals: sdk.PaymentTerminalsService;
  readonly summaries: sdk.PaymentTerminalTransactionSummariesService;
}

/**
 * The service's own SDK, unmodified: what it can live, we did not invent. Each of its answers is held against what came
 * over the wire, so that a property its models do not know fails the test.
 */
export async function openSdk(): Promise<OfficialSdk> {
  const shop = await openShop({ clock: createRunningClock(), now: Date.now });
  const configuration = new sdk.Configuration({
    httpBearerAuth: new sdk.HttpBearerAuth(user, exampleKey),
    basePath: `${shop.url}/api/v2.0`,
  });
  return {
    shop,
    transactions: understood(new sdk.TransactionsService(configuration)),
    completions: understood(new sdk.TransactionCompletionsService(configuration)),
    voids: understood(new sdk.TransactionVoidsService(configuration)),
    lineItemVersions: understood(new sdk.TransactionLineItemVersionsService(configuration)),
    invoices: understood(new sdk.TransactionInvoicesService(configuration)),
    refunds: understood(new sdk.RefundsService(configuration)),
    deliveries: understood(new sdk.DeliveryIndicationsService(configuration)),
    attempts: understood(new sdk.ChargeAttemptsService(configuration)),
    tokens: understood(new sdk.TokensService(configuration)),
    tokenVersions: understood(new sdk.TokenVersionsService(configuration)),
    methods: understood(new sdk.PaymentMethodConfigurationsService(configuration)),
    spaces: understood(new sdk.SpacesService(configuration)),
    users: understood(new sdk.ApplicationUsersService(configuration)),
    urls: understood(new sdk.WebhookURLsService(configuration)),
    listeners: understood(new sdk.WebhookListenersService(configuration)),
    keys: understood(new sdk.WebhookEncryptionKeysService(configuration)),
    terminals: understood(new sdk.PaymentTerminalsService(configuration)),
    summaries: understood(new sdk.PaymentTerminalTransactionSummariesService(configuration)),
  };
}

/** Creates the transaction; answers its id. */
export async function create({ transactions }: OfficialSdk, transactionCreate: sdk.TransactionCreate): Promise<number> {
  const { id } = await transactions.postPaymentTransactions({ space, transactionCreate });
  if (id === undefined) throw new TypeError("The created transaction has no id");
  return id;
}

/** What the buyer does on the payment page. */
export async function pay(
  { shop }: OfficialSdk,
  id: number,
  action: object = { action: "pay", card: "success" },
): Promise<void> {
  const { status, text } = await shop.control("POST", `/transactions/${id}/buyer`, action);
  if (status !== 200) throw new Error(text);
}

/** What a rendered document begins with: `%PDF-`. */
export function beginning({ data = "" }: { readonly data?: string }): string {
  return Buffer.from(data, "base64").subarray(0, 5).toString();
}

/** The SDK's error of an answer with this status, as far as it tells one. */
export function refusal(status: number): object {
  return { response: { status } };
}
