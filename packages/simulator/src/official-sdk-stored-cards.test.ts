import * as sdk from "postfinancecheckout";
import { describe, expect, it } from "vitest";
import { create, immediate, openSdk, order, pay, refusal, space } from "./testing/official-sdk.ts";

describe("a stored card, by the official SDK", () => {
  const customerId = "cust-88";
  const storing: sdk.TransactionCreate = {
    ...immediate,
    customerId,
    tokenizationMode: sdk.TokenizationMode.ForceCreationWithOneClickPayment,
  };

  it("is listed, charged without its buyer and deleted", async () => {
    const official = await openSdk();
    const { transactions, tokens, tokenVersions, attempts } = official;
    const first = await create(official, storing);
    await pay(official, first);
    expect(await transactions.getPaymentTransactionsIdCheckTokenCreationPossible({ space, id: first })).toBe(true);

    const query = `customerId:"${customerId}" state:ACTIVE`;
    const [token = {}] = (await tokens.getPaymentTokensSearch({ space, query })).data ?? [];
    const { id: tokenId = 0 } = token;
    expect(token).toMatchObject({ state: sdk.CreationEntityState.Active, customerId, enabledForOneClickPayment: true });
    expect(token.createdOn).toBeInstanceOf(Date);
    const listed = await tokens.getPaymentTokens({ space, limit: 100, order: sdk.SortingOrder.Desc });
    expect(listed).toMatchObject({ data: [{ id: tokenId }], hasMore: false, limit: 100 });
    expect((await transactions.getPaymentTransactionsId({ space, id: first })).token?.id).toBe(tokenId);

    const card = await tokens.getPaymentTokensIdActiveVersion({
      space,
      id: tokenId,
      expand: new Set(["token", "paymentMethod", "paymentMethodBrand", "paymentConnectorConfiguration"]),
    });
    expect(card).toMatchObject({
      state: sdk.TokenVersionState.Active,
      retryStrategy: sdk.TokenVersionRetryStrategy.NoRetry,
      environment: sdk.ChargeAttemptEnvironment.Production,
      token: { id: tokenId, customerId },
      paymentMethodBrand: { paymentMethod: card.paymentMethod?.id },
    });
    expect(card.expiresOn?.getTime()).toBeGreaterThan(card.activatedOn?.getTime() ?? Number.POSITIVE_INFINITY);
    expect(card.paymentMethod?.dataCollectionTypes).toEqual(new Set([sdk.DataCollectionType.Onsite]));

    const recurring = { ...immediate, customerId, token: tokenId, customersPresence: sdk.CustomersPresence.NotPresent };
    const second = await create(official, recurring);
    expect(await transactions.postPaymentTransactionsIdProcessWithoutInteraction({ space, id: second })).toMatchObject({
      state: sdk.TransactionState.Fulfill,
      completedAmount: 119.8,
      customersPresence: sdk.CustomersPresence.NotPresent,
    });
    const third = await create(official, recurring);
    const expand = new Set(["transaction"]);
    const charge = await transactions.postPaymentTransactionsIdProcessWithToken({ space, id: third, expand });
    expect(charge).toMatchObject({
      state: sdk.ChargeState.Successful,
      type: sdk.ChargeType.Token,
      transaction: { id: third, state: sdk.TransactionState.Fulfill },
    });
    const charged = await attempts.getPaymentChargeAttemptsSearch({
      space,
      query: `linkedTransaction:${third}`,
      expand: new Set(["charge", "tokenVersion"]),
    });
    expect(charged.data).toMatchObject([{ charge: { id: charge.id }, tokenVersion: { id: card.id, name: card.name } }]);

    await tokens.deletePaymentTokensId({ space, id: tokenId });
    expect((await tokens.getPaymentTokensSearch({ space, query })).data).toEqual([]);
    await expect(tokens.getPaymentTokensIdActiveVersion({ space, id: tokenId })).rejects.toMatchObject(refusal(404));
    const obsolete = await tokenVersions.getPaymentTokenVersionsId({ space, id: card.id ?? 0 });
    expect(obsolete.state).toBe(sdk.TokenVersionState.Obsolete);
    expect(obsolete.obsoletedOn).toBeInstanceOf(Date);
    const versions = await tokenVersions.getPaymentTokenVersionsSearch({ space, query: `token.id:${tokenId}` });
    expect(versions.data).toMatchObject([{ id: card.id, state: sdk.TokenVersionState.Obsolete }]);
    expect((await tokenVersions.getPaymentTokenVersions({ space })).data?.map((row) => row.id)).toEqual([card.id]);
    const fourth = await create(official, recurring);
    await expect(transactions.postPaymentTransactionsIdProcessWithToken({ space, id: fourth })).rejects.toMatchObject(
      refusal(422),
    );
  });

  it("tells why it was declined before it was charged", async () => {
    const official = await openSdk();
    const { attempts } = official;
    const id = await create(official, storing);
    await pay(official, id, { action: "pay", card: "declined" });
    await pay(official, id);
    const search = (state: sdk.ChargeAttemptState, order: string) =>
      attempts.getPaymentChargeAttemptsSearch({
        space,
        query: `linkedTransaction:${id} state:${state}`,
        order,
        expand: new Set(["charge", "failureReason", "invocation", "labels.descriptor", "connectorConfiguration"]),
      });
    const [failed = {}] = (await search(sdk.ChargeAttemptState.Failed, "failedOn:DESC")).data ?? [];
    expect(failed).toMatchObject({
      state: sdk.ChargeAttemptState.Failed,
      failureReason: { category: sdk.FailureCategory.EndUser },
      charge: { state: sdk.ChargeState.Failed, type: sdk.ChargeType.Synchronous },
      invocation: { stage: sdk.ConnectorInvocationStage.Authorization, transaction: id },
      connectorConfiguration: { state: sdk.CreationEntityState.Active },
      customersPresence: sdk.CustomersPresence.VirtualPresent,
      completionBehavior: sdk.TransactionCompletionBehavior.CompleteImmediately,
    });
    expect(failed.failedOn).toBeInstanceOf(Date);
    expect(failed.userFailureMessage).not.toBe("");
    const [succeeded = {}] = (await search(sdk.ChargeAttemptState.Successful, "succeededOn:DESC")).data ?? [];
    const labels = [...(succeeded.labels ?? [])].map(({ descriptor, contentAsString }) => [
      descriptor?.name?.["en-US"],
      contentAsString,
    ]);
    expect(labels).toContainEqual(["Masked card number", "411111******1111"]);
    const listed = await attempts.getPaymentChargeAttempts({ space, after: failed.id ?? 0 });
    expect(listed.data?.map((row) => row.id)).toEqual([succeeded.id]);
    const read = await attempts.getPaymentChargeAttemptsId({ space, id: succeeded.id ?? 0 });
    expect(read.timeoutOn?.getTime()).toBeGreaterThan(read.createdOn?.getTime() ?? Number.POSITIVE_INFINITY);
  });

  it("is filled by a payment made for it, and lent to the buyer who comes back", async () => {
    const official = await openSdk();
    const { transactions, tokens } = official;
    const tokenCreate = { externalId: "tok-1", customerId, state: sdk.CreationEntityState.Active };
    const shell = await tokens.postPaymentTokens({ space, tokenCreate });
    const { id: tokenId = 0 } = shell;
    expect((await tokens.postPaymentTokens({ space, tokenCreate })).id).toBe(tokenId);
    const update = { version: shell.version ?? 0, enabledForOneClickPayment: true, tokenReference: "Annas Karte" };
    expect(await tokens.patchPaymentTokensId({ space, id: tokenId, tokenUpdate: update })).toMatchObject({
      tokenReference: "Annas Karte",
      enabledForOneClickPayment: true,
    });
    const filling = await tokens.postPaymentTokensIdCreateTransactionForTokenUpdate({ space, id: tokenId });
    const { lineItems = [], currency = "" } = order;
    await transactions.patchPaymentTransactionsId({
      space,
      id: filling.id ?? 0,
      transactionPending: { version: filling.version ?? 0, currency, lineItems },
    });
    await pay(official, filling.id ?? 0);
    expect((await tokens.getPaymentTokensIdActiveVersion({ space, id: tokenId })).token?.id).toBe(tokenId);

    const id = await create(official, { ...immediate, customerId });
    const credentials = await transactions.getPaymentTransactionsIdCredentials({ space, id });
    const offered = await transactions.getPaymentTransactionsByCredentialsCredentialsOneClickTokens({
      space,
      credentials,
    });
    expect(offered.data?.map(({ token }) => token?.id)).toEqual([tokenId]);
    const methods = await transactions.getPaymentTransactionsByCredentialsCredentialsPaymentMethodConfigurations({
      space,
      credentials,
      integrationMode: "iframe",
    });
    expect(methods.data?.map(({ oneClickPaymentMode }) => oneClickPaymentMode)).toContain(
      sdk.OneClickPaymentMode.Allow,
    );
    const next = await transactions.postPaymentTransactionsByCredentialsCredentialsOneClickTokensIdProcess({
      space,
      credentials,
      id: tokenId,
    });
    expect(next).toBe(order.successUrl);
    const paid = await transactions.getPaymentTransactionsByCredentialsCredentials({ space, credentials });
    expect(paid.state).toBe(sdk.TransactionState.Fulfill);
    await transactions.deletePaymentTransactionsByCredentialsCredentialsOneClickTokensId({
      space,
      credentials,
      id: tokenId,
    });
    expect((await tokens.getPaymentTokensId({ space, id: tokenId })).state).toBe(sdk.CreationEntityState.Deleted);
  });
});
