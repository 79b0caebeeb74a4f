import * as sdk from "postfinancecheckout";
import { describe, expect, it } from "vitest";
import { automatic, create, openSdk, pay, space, user } from "./testing/official-sdk.ts";

describe("a deferred payment, by the official SDK", () => {
  it("has its lines changed and is completed in two parts", async () => {
    const official = await openSdk();
    const { transactions, lineItemVersions, completions } = official;
    const id = await create(official, automatic);
    await pay(official, id);
    const authorized = await transactions.getPaymentTransactionsIdLatestLineItemVersion({ space, id });
    expect(authorized).toMatchObject({ state: sdk.TransactionLineItemVersionState.Successful, amount: 119.8 });

    const line = { uniqueId: "sku-1", name: "Rucksack", type: sdk.LineItemType.Product };
    const version = await lineItemVersions.postPaymentTransactionsLineItemVersions({
      space,
      expand: new Set(["transaction"]),
      transactionLineItemVersionCreate: {
        externalId: "v-1",
        transaction: id,
        lineItems: [{ ...line, quantity: 2, amountIncludingTax: 100, taxes: new Set([{ title: "MwSt.", rate: 8.1 }]) }],
      },
    });
    expect(version).toMatchObject({
      amount: 100,
      linkedTransaction: id,
      createdBy: user,
      transaction: { state: sdk.TransactionState.Authorized },
    });
    expect(version.succeededOn).toBeInstanceOf(Date);
    const { id: versionId = 0 } = version;
    expect((await transactions.getPaymentTransactionsIdLatestLineItemVersion({ space, id })).id).toBe(versionId);
    const read = await lineItemVersions.getPaymentTransactionsLineItemVersionsId({ space, id: versionId });
    expect(read.lineItems?.[0]).toMatchObject({ unitPriceIncludingTax: 50, type: sdk.LineItemType.Product });
    const query = `linkedTransaction:${id}`;
    const versions = await lineItemVersions.getPaymentTransactionsLineItemVersionsSearch({
      space,
      query,
      order: "id:DESC",
    });
    expect(versions.data?.map((row) => row.id)).toEqual([versionId, authorized.id]);
    const listed = await lineItemVersions.getPaymentTransactionsLineItemVersions({ space, before: versionId });
    expect(listed.data?.map((row) => row.id)).toEqual([authorized.id]);

    const complete = (transactionCompletionDetails: sdk.TransactionCompletionDetails) =>
      transactions.postPaymentTransactionsIdCompletePartiallyOnline({
        space,
        id,
        transactionCompletionDetails,
        expand: new Set(["lineItemVersion"]),
      });
    const part: sdk.TransactionCompletionDetails = {
      externalId: "c-1",
      lastCompletion: false,
      invoiceMerchantReference: "R-1",
      statementDescriptor: "Shop Bern",
      metaData: { parcel: "1" },
      lineItems: [{ uniqueId: "sku-1", quantity: 1, amount: 50 }],
    };
    const first = await complete(part);
    expect(first).toMatchObject({
      state: sdk.TransactionCompletionState.Successful,
      mode: sdk.TransactionCompletionMode.Online,
      amount: 50,
      lastCompletion: false,
      metaData: { parcel: "1" },
      lineItemVersion: { id: versionId, externalId: "v-1" },
      remainingLineItems: [{ quantity: 1, amountIncludingTax: 50 }],
    });
    expect((await complete(part)).id).toBe(first.id);
    expect(await transactions.getPaymentTransactionsId({ space, id })).toMatchObject({
      state: sdk.TransactionState.Authorized,
      completedAmount: 50,
    });
    const last = await complete({ externalId: "c-2", lastCompletion: true });
    expect(last).toMatchObject({ amount: 50, lastCompletion: true, remainingLineItems: [] });
    expect(last.succeededOn).toBeInstanceOf(Date);
    expect(await transactions.getPaymentTransactionsId({ space, id })).toMatchObject({
      state: sdk.TransactionState.Fulfill,
      authorizationAmount: 119.8,
      completedAmount: 100,
    });
    const both = await completions.getPaymentTransactionsCompletions({ space, order: sdk.SortingOrder.Asc });
    expect(both.data?.map((row) => row.id)).toEqual([first.id, last.id]);
    const again = await completions.getPaymentTransactionsCompletionsId({ space, id: first.id ?? 0 });
    expect(again).toMatchObject({ statementDescriptor: "Shop Bern", baseLineItems: [{ amountIncludingTax: 100 }] });
  });

  it("is completed at once, online or in the books only", async () => {
    const official = await openSdk();
    const { transactions, completions } = official;
    const ids = [
      await create(official, automatic),
      await create(official, automatic),
      await create(official, automatic),
    ];
    for (const id of ids) await pay(official, id);
    const [whole = 0, booked = 0, part = 0] = ids;
    const online = await transactions.postPaymentTransactionsIdCompleteOnline({ space, id: whole });
    expect(online).toMatchObject({ mode: sdk.TransactionCompletionMode.Online, amount: 119.8, lastCompletion: true });
    expect((await transactions.postPaymentTransactionsIdCompleteOnline({ space, id: whole })).id).toBe(online.id);
    const offline = await transactions.postPaymentTransactionsIdCompleteOffline({ space, id: booked });
    expect(offline).toMatchObject({ mode: sdk.TransactionCompletionMode.Offline, linkedTransaction: booked });
    const lineItems = [{ uniqueId: "sku-1", quantity: 1, amount: 59.9 }];
    const partly = await transactions.postPaymentTransactionsIdCompletePartiallyOffline({
      space,
      id: part,
      transactionCompletionDetails: { externalId: "c-1", lastCompletion: true, lineItems },
    });
    expect(partly).toMatchObject({ mode: sdk.TransactionCompletionMode.Offline, amount: 59.9 });
    const newest = await completions.getPaymentTransactionsCompletions({
      space,
      order: sdk.SortingOrder.Desc,
      limit: 2,
    });
    expect(newest).toMatchObject({ data: [{ id: partly.id }, { id: offline.id }], hasMore: true });
    const states = (await transactions.getPaymentTransactions({ space, before: part })).data?.map(({ state }) => state);
    expect(states).toEqual([sdk.TransactionState.Fulfill, sdk.TransactionState.Fulfill]);
  });

  it("is let go", async () => {
    const official = await openSdk();
    const { transactions, voids } = official;
    const online = await create(official, automatic);
    const offline = await create(official, automatic);
    for (const id of [online, offline]) await pay(official, id);
    const first = await transactions.postPaymentTransactionsIdVoidOnline({ space, id: online });
    const second = await transactions.postPaymentTransactionsIdVoidOffline({ space, id: offline });
    expect(first).toMatchObject({ mode: sdk.TransactionVoidMode.Online, transaction: { id: online } });
    const read = await voids.getPaymentTransactionsVoidsId({
      space,
      id: first.id ?? 0,
      expand: new Set(["transaction"]),
    });
    expect(read).toMatchObject({
      state: sdk.TransactionVoidState.Successful,
      linkedTransaction: online,
      createdBy: user,
      transaction: { state: sdk.TransactionState.Voided },
    });
    expect(read.succeededOn).toBeInstanceOf(Date);
    const query = `linkedTransaction:${offline}`;
    expect((await voids.getPaymentTransactionsVoidsSearch({ space, query })).data).toMatchObject([
      { id: second.id, mode: sdk.TransactionVoidMode.Offline },
    ]);
    const listed = await voids.getPaymentTransactionsVoids({ space, order: sdk.SortingOrder.Desc, limit: 1 });
    expect(listed).toMatchObject({ data: [{ id: second.id }], hasMore: true, limit: 1 });
  });
});
