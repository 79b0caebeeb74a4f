import * as sdk from "postfinancecheckout";
import { describe, expect, it } from "vitest";
import { beginning, create, immediate, openSdk, pay, refusal, space, user } from "./testing/official-sdk.ts";

describe("a payment that a person checks, by the official SDK", () => {
  const checked = { switches: { delivery: "manualCheck" } };

  it("is accepted, shipped with its documents, and refunded", async () => {
    const official = await openSdk();
    const { shop, transactions, deliveries, invoices, refunds } = official;
    const id = await create(official, { ...immediate, merchantReference: "ORDER-1001" });
    await shop.control("POST", `/transactions/${id}`, checked);
    await pay(official, id);
    expect((await transactions.getPaymentTransactionsId({ space, id })).state).toBe(sdk.TransactionState.Completed);

    const query = `linkedTransaction:${id} state:${sdk.DeliveryIndicationState.ManualCheckRequired}`;
    const [waiting = {}] = (await deliveries.getPaymentDeliveryIndicationsSearch({ space, query })).data ?? [];
    const { id: deliveryId = 0 } = waiting;
    expect(waiting.manualDecisionTimeoutOn?.getTime()).toBeGreaterThan(waiting.createdOn?.getTime() ?? Infinity);
    const accepted = await deliveries.postPaymentDeliveryIndicationsIdMarkSuitable({
      space,
      id: deliveryId,
      expand: new Set(["transaction", "completion"]),
    });
    expect(accepted).toMatchObject({
      state: sdk.DeliveryIndicationState.Suitable,
      manuallyDecidedBy: user,
      transaction: { id, state: sdk.TransactionState.Fulfill },
      completion: { mode: sdk.TransactionCompletionMode.Direct, state: sdk.TransactionCompletionState.Successful },
    });
    expect(accepted.manuallyDecidedOn).toBeInstanceOf(Date);
    expect((await deliveries.getPaymentDeliveryIndications({ space })).data?.map((row) => row.id)).toEqual([
      deliveryId,
    ]);

    const found = await invoices.getPaymentTransactionsInvoicesSearch({
      space,
      query: `linkedTransaction:${id}`,
      expand: new Set(["completion"]),
    });
    const [invoice = {}] = found.data ?? [];
    expect(invoice).toMatchObject({
      state: sdk.TransactionInvoiceState.Paid,
      amount: 119.8,
      outstandingAmount: 0,
      environment: sdk.Environment.Live,
      completion: { linkedTransaction: id },
    });
    expect(invoice.paidOn).toBeInstanceOf(Date);
    const { id: invoiceId = 0 } = invoice;
    expect((await invoices.getPaymentTransactionsInvoices({ space })).data?.map((row) => row.id)).toEqual([invoiceId]);
    expect((await invoices.getPaymentTransactionsInvoicesId({ space, id: invoiceId })).lineItems?.[0]?.name).toBe(
      "Rucksack",
    );
    expect(await invoices.getPaymentTransactionsInvoicesIdCheckReplacementPossible({ space, id: invoiceId })).toBe(
      false,
    );

    const refund = await refunds.postPaymentRefunds({
      space,
      refundCreate: { transaction: id, externalId: "r-1", type: sdk.RefundType.MerchantInitiatedOnline, amount: 19.8 },
    });
    expect(refund).toMatchObject({ state: sdk.RefundState.Successful, amount: 19.8 });
    expect(refund.taxes).toEqual(new Set([expect.objectContaining({ rate: 8.1 })]));
    const again = await refunds.getPaymentRefundsId({
      space,
      id: refund.id ?? 0,
      expand: new Set(["transaction.token"]),
    });
    expect(again.transaction).toMatchObject({ id, refundedAmount: 19.8, state: sdk.TransactionState.Fulfill });
    expect(again.succeededOn).toBeInstanceOf(Date);
    expect(
      (await refunds.getPaymentRefunds({ space, order: sdk.SortingOrder.Asc })).data?.map((row) => row.id),
    ).toEqual([refund.id]);

    const documents = [
      await transactions.getPaymentTransactionsIdInvoiceDocument({ space, id }),
      await invoices.getPaymentTransactionsInvoicesIdDocument({ space, id: invoiceId }),
      await transactions.getPaymentTransactionsIdPackingSlipDocument({ space, id }),
      await refunds.getPaymentRefundsIdDocument({ space, id: refund.id ?? 0 }),
    ];
    expect(documents.map(beginning)).toEqual(["%PDF-", "%PDF-", "%PDF-", "%PDF-"]);
    expect(documents.map(({ mimeType }) => mimeType)).toEqual(documents.map(() => "application/pdf"));
    expect(documents[2]?.title).toContain("packing slip");
  });

  it("is refused, and its money goes back", async () => {
    const official = await openSdk();
    const { shop, transactions, deliveries, refunds } = official;
    const id = await create(official, immediate);
    await shop.control("POST", `/transactions/${id}`, {
      switches: { ...checked.switches, refundOutcome: "manualCheck" },
    });
    await pay(official, id);
    const [waiting = {}] = (await deliveries.getPaymentDeliveryIndications({ space })).data ?? [];
    const deliveryId = waiting.id ?? 0;
    await deliveries.postPaymentDeliveryIndicationsIdMarkNotSuitable({ space, id: deliveryId });
    const refused = await deliveries.getPaymentDeliveryIndicationsId({ space, id: deliveryId });
    expect(refused.state).toBe(sdk.DeliveryIndicationState.NotSuitable);
    expect((await transactions.getPaymentTransactionsId({ space, id })).state).toBe(sdk.TransactionState.Decline);
    await expect(transactions.getPaymentTransactionsIdPackingSlipDocument({ space, id })).rejects.toMatchObject(
      refusal(422),
    );

    const refundCreate = { transaction: id, type: sdk.RefundType.MerchantInitiatedOnline, amount: 119.8 };
    const checkedRefund = await refunds.postPaymentRefunds({
      space,
      refundCreate: { ...refundCreate, externalId: "r-1" },
    });
    expect(checkedRefund.state).toBe(sdk.RefundState.ManualCheck);
    const failed = await refunds.postPaymentRefundsIdMarkFailed({
      space,
      id: checkedRefund.id ?? 0,
      expand: new Set(["failureReason"]),
    });
    expect(failed.state).toBe(sdk.RefundState.Failed);
    expect(failed.failedOn).toBeInstanceOf(Date);
    const second = await refunds.postPaymentRefunds({ space, refundCreate: { ...refundCreate, externalId: "r-2" } });
    const done = await refunds.postPaymentRefundsIdMarkSucceeded({ space, id: second.id ?? 0 });
    expect(done.state).toBe(sdk.RefundState.Successful);
    const query = `transaction.id:${id} state:${sdk.RefundState.Successful}`;
    expect((await refunds.getPaymentRefundsSearch({ space, query })).data?.map((row) => row.id)).toEqual([done.id]);
  });

  it("is paid by an invoice that is replaced, then paid or written off", async () => {
    const official = await openSdk();
    const { methods, invoices } = official;
    const [method = {}] =
      (await methods.getPaymentMethodConfigurationsSearch({ space, query: "name:Invoice" })).data ?? [];
    const openInvoice = async () => {
      const id = await create(official, immediate);
      await pay(official, id, { action: "pay", methodConfiguration: method.id });
      const query = `linkedTransaction:${id} state:${sdk.TransactionInvoiceState.Open}`;
      const [invoice = {}] = (await invoices.getPaymentTransactionsInvoicesSearch({ space, query })).data ?? [];
      expect(invoice).toMatchObject({ linkedTransaction: id, outstandingAmount: 119.8 });
      expect(invoice.dueOn).toBeInstanceOf(Date);
      return invoice.id ?? 0;
    };
    const first = await openInvoice();
    expect(await invoices.getPaymentTransactionsInvoicesIdCheckReplacementPossible({ space, id: first })).toBe(true);
    const dueOn = new Date("2030-01-31T00:00:00.000Z");
    const replaced = await invoices.postPaymentTransactionsInvoicesIdReplace({
      space,
      id: first,
      transactionInvoiceReplacement: {
        externalId: "i-1",
        dueOn,
        merchantReference: "R-1",
        sentToCustomer: true,
        billingAddress: { givenName: "Anna", familyName: "Muster", country: "CH", city: "Bern" },
        lineItems: [
          {
            uniqueId: "sku-1",
            name: "Rucksack",
            type: sdk.LineItemType.Product,
            quantity: 1,
            amountIncludingTax: 59.9,
          },
        ],
      },
    });
    expect(replaced).toMatchObject({
      state: sdk.TransactionInvoiceState.Open,
      externalId: "i-1",
      merchantReference: "R-1",
      amount: 59.9,
      dueOn,
      billingAddress: { givenName: "Anna", familyName: "Muster", country: "CH", city: "Bern" },
    });
    expect((await invoices.getPaymentTransactionsInvoicesId({ space, id: first })).state).toBe(
      sdk.TransactionInvoiceState.Canceled,
    );
    const paid = await invoices.postPaymentTransactionsInvoicesIdMarkPaid({ space, id: replaced.id ?? 0 });
    expect(paid).toMatchObject({ state: sdk.TransactionInvoiceState.Paid, outstandingAmount: 0 });

    const derecognized = await invoices.postPaymentTransactionsInvoicesIdDerecognize({
      space,
      id: await openInvoice(),
    });
    expect(derecognized).toMatchObject({ state: sdk.TransactionInvoiceState.Derecognized, derecognizedBy: user });
    expect(derecognized.derecognizedOn).toBeInstanceOf(Date);
  });
});
