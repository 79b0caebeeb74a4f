import * as sdk from "postfinancecheckout";
import { describe, expect, it } from "vitest";
import { openSdk, order, space } from "./testing/official-sdk.ts";
import { openReceiver, untilPerforming } from "./testing/shop.ts";

describe("the official SDK", () => {
  it("lives a payment: create, update, confirm, pay, complete, refund", async () => {
    const { shop, transactions, completions, refunds } = await openSdk();
    const created = await transactions.postPaymentTransactions({ space, transactionCreate: order });
    const id = created.id ?? 0;
    expect(created).toMatchObject({ state: sdk.TransactionState.Pending, authorizationAmount: 119.8, version: 1 });
    expect(created.createdOn).toBeInstanceOf(Date);
    const updated = await transactions.patchPaymentTransactionsId({
      space,
      id,
      transactionPending: { version: 1, merchantReference: "ORDER-1001" },
    });
    expect(updated).toMatchObject({ version: 2, merchantReference: "ORDER-1001" });
    const methods = await transactions.getPaymentTransactionsIdPaymentMethodConfigurations({
      space,
      id,
      integrationMode: "payment_page",
    });
    expect(methods.data?.map(({ name }) => name)).toContain("TWINT");
    const confirmed = await transactions.postPaymentTransactionsIdConfirm({
      space,
      id,
      transactionPending: { version: 2 },
    });
    expect(confirmed.state).toBe(sdk.TransactionState.Confirmed);
    const url = await transactions.getPaymentTransactionsIdPaymentPageUrl({ space, id });
    expect(url).toContain(`/s/${space}/payment/transaction/pay/${id}?securityToken=`);
    expect(await transactions.getPaymentTransactionsIdCredentials({ space, id })).toMatch(
      new RegExp(`^${space}-${id}-`),
    );

    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay", card: "success" });
    const expand = new Set(["paymentConnectorConfiguration.paymentMethodConfiguration", "group"]);
    const read = await transactions.getPaymentTransactionsId({ space, id, expand });
    expect(read).toMatchObject({
      state: sdk.TransactionState.Authorized,
      authorizationEnvironment: sdk.ChargeAttemptEnvironment.Production,
    });
    expect(read.paymentConnectorConfiguration?.paymentMethodConfiguration?.name).toBe("Credit / Debit Card");
    expect(read.lineItems?.[0]?.taxes).toEqual(new Set([expect.objectContaining({ rate: 8.1 })]));

    const completion = await transactions.postPaymentTransactionsIdCompletePartiallyOnline({
      space,
      id,
      transactionCompletionDetails: {
        externalId: "c-1",
        lastCompletion: true,
        lineItems: [{ uniqueId: "sku-1", quantity: 2, amount: 119.8 }],
      },
    });
    expect(completion).toMatchObject({
      state: sdk.TransactionCompletionState.Successful,
      amount: 119.8,
      linkedTransaction: id,
    });
    const found = await completions.getPaymentTransactionsCompletionsSearch({
      space,
      query: `linkedTransaction:${id}`,
    });
    expect(found.data?.map((row) => row.id)).toEqual([completion.id]);

    const refund = await refunds.postPaymentRefunds({
      space,
      expand: new Set(["transaction"]),
      refundCreate: {
        transaction: id,
        externalId: "r-1",
        type: sdk.RefundType.MerchantInitiatedOnline,
        reductions: [{ lineItemUniqueId: "sku-1", quantityReduction: 1, unitPriceReduction: 0 }],
      },
    });
    expect(refund).toMatchObject({
      state: sdk.RefundState.Successful,
      amount: 59.9,
      transaction: { id, refundedAmount: 59.9, state: "FULFILL" },
    });
    const document = await transactions.getPaymentTransactionsIdInvoiceDocument({ space, id });
    expect(document.mimeType).toContain("pdf");
    expect(document.title).toContain("invoice");
  });

  it("searches with quotes, and voids", async () => {
    const { shop, transactions } = await openSdk();
    const { id = 0 } = await transactions.postPaymentTransactions({
      space,
      transactionCreate: { ...order, autoConfirmationEnabled: true, merchantReference: "it's mine" },
    });
    const found = await transactions.getPaymentTransactionsSearch({
      space,
      query: `merchantReference:"it's mine"`,
      order: "id:DESC",
    });
    expect(found.data?.map((row) => row.id)).toEqual([id]);
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay" });
    const voided = await transactions.postPaymentTransactionsIdVoidOnline({
      space,
      id,
      expand: new Set(["transaction"]),
    });
    expect(voided).toMatchObject({ state: sdk.TransactionVoidState.Successful, transaction: { state: "VOIDED" } });
  });

  it("is told 409 and 404 as its own errors", async () => {
    const { transactions } = await openSdk();
    const { id = 0 } = await transactions.postPaymentTransactions({ space, transactionCreate: order });
    const pending = { space, id, transactionPending: { version: 1, merchantReference: "B" } };
    await transactions.patchPaymentTransactionsId(pending);
    await expect(transactions.patchPaymentTransactionsId(pending)).rejects.toMatchObject({ response: { status: 409 } });
    await expect(transactions.getPaymentTransactionsId({ space, id: 1 })).rejects.toMatchObject({
      response: { status: 404 },
    });
  });

  it("verifies our webhooks with its own means", async () => {
    const { shop, transactions, urls, listeners, keys } = await openSdk();
    const receiver = await openReceiver();
    const url = await urls.postWebhooksUrls({
      space,
      webhookUrlCreate: { name: "Shop", url: receiver.url, state: sdk.CreationEntityState.Active },
    });
    const listener = await listeners.postWebhooksListeners({
      space,
      webhookListenerCreate: {
        name: "Shop",
        entity: 1472041829003,
        entityStates: new Set(["CONFIRMED"]),
        notifyEveryChange: false,
        state: sdk.CreationEntityState.Active,
        url: url.id ?? 0,
      },
    });
    expect(listener).toMatchObject({ enablePayloadSignatureAndState: true, state: "ACTIVE" });
    const { id = 0 } = await transactions.postPaymentTransactions({ space, transactionCreate: order });
    await transactions.postPaymentTransactionsIdConfirm({ space, id, transactionPending: { version: 1 } });
    await shop.control("POST", "/webhooks/deliver");
    const { raw, signature } = receiver.arrived[0] ?? {};
    const content = String(raw);
    expect(await keys.isContentValid(signature ?? "", content)).toBe(true);
    expect(await keys.isContentValid(signature ?? "", content.replace("CONFIRMED", "FULFILL"))).toBe(false);
  });

  it("takes a payment at a terminal, prints its slips and ends its day", async () => {
    const { shop, transactions, terminals, summaries } = await openSdk();
    const { id = 0 } = await transactions.postPaymentTransactions({
      space,
      transactionCreate: {
        ...order,
        autoConfirmationEnabled: true,
        customersPresence: sdk.CustomersPresence.PhysicalPresent,
        completionBehavior: sdk.TransactionCompletionBehavior.CompleteImmediately,
      },
    });
    const [terminal] = (await terminals.getPaymentTerminals({ space })).data ?? [];
    expect(terminal).toMatchObject({ state: sdk.PaymentTerminalState.Active, identifier: "30012345" });
    const performed = terminals.postPaymentTerminalsByIdentifierIdentifierPerformTransaction({
      space,
      identifier: "30012345",
      transactionId: id,
      expand: new Set(["terminal"]),
    });
    performed.catch(() => undefined);
    await untilPerforming(shop, id);
    await shop.control("POST", `/terminals/${terminal?.id}`, { action: "pay" });
    expect(await performed).toMatchObject({ id, state: "FULFILL", terminal: { identifier: "30012345" } });
    const slips = await transactions.getPaymentTransactionsIdTerminalReceipts({
      space,
      id,
      format: sdk.TerminalReceiptFormat.Txt,
      width: 40,
    });
    expect(slips.data).toHaveLength(2);
    const balance = await terminals.postPaymentTerminalsIdTriggerFinalBalance({ space, id: terminal?.id ?? 0 });
    const summary = await summaries.getPaymentTerminalsTransactionSummariesId({ space, id: balance.id ?? 0 });
    expect(summary).toMatchObject({ numberOfTransactions: 1, balanceAmountPerCurrency: { CHF: 119.8 } });
  });
});
