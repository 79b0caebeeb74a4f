import * as sdk from "postfinancecheckout";
import { describe, expect, it } from "vitest";
import { automatic, beginning, create, immediate, openSdk, space, user } from "./testing/official-sdk.ts";
import { untilPerforming } from "./testing/shop.ts";

describe("what a shop sets up with, by the official SDK", () => {
  it("is the user, the space, its methods and the scripts of the payment page", async () => {
    const official = await openSdk();
    const { shop, users, spaces, methods, transactions } = official;
    expect(await users.getApplicationUsersId({ id: user })).toMatchObject({
      id: user,
      state: sdk.CreationEntityState.Active,
      userType: sdk.UserType.ApplicationUser,
    });
    const read = await spaces.getSpacesId({ id: space, expand: new Set(["account"]) });
    expect(read).toMatchObject({
      id: space,
      state: sdk.CreationEntityState.Active,
      active: true,
      primaryCurrency: "CHF",
      account: { state: sdk.AccountState.Active, type: sdk.AccountType.Regular },
    });
    expect(read.technicalContactAddresses).toEqual(new Set());
    const all = (await spaces.getSpaces({ order: sdk.SortingOrder.Asc })).data?.map((row) => row.id) ?? [];
    expect(all).toContain(space);
    expect((await spaces.getSpacesSearch({ query: `id:${space}` })).data?.map((row) => row.id)).toEqual([space]);
    const rest = await spaces.getSpaces({ after: all[0] ?? 0, limit: 100 });
    expect(rest).toMatchObject({ data: all.slice(1).map((id) => ({ id })), limit: 100 });

    const list = await methods.getPaymentMethodConfigurations({ space, expand: new Set(["paymentMethod"]) });
    const card = list.data?.find(({ name }) => name === "Credit / Debit Card");
    expect(card).toMatchObject({
      state: sdk.CreationEntityState.Active,
      dataCollectionType: sdk.DataCollectionType.Onsite,
      oneClickPaymentMode: sdk.OneClickPaymentMode.Allow,
      spaceId: space,
      paymentMethod: { name: { "de-DE": "Kredit-/Debitkarte" } },
    });
    expect(card?.paymentMethod?.dataCollectionTypes).toEqual(new Set([sdk.DataCollectionType.Onsite]));
    const one = await methods.getPaymentMethodConfigurationsId({ space, id: card?.id ?? 0 });
    expect(one.resolvedTitle).toEqual(card?.resolvedTitle);

    const id = await create(official, automatic);
    const scripts = {
      iframe: await transactions.getPaymentTransactionsIdIframeJavascriptUrl({ space, id }),
      lightbox: await transactions.getPaymentTransactionsIdLightboxJavascriptUrl({ space, id }),
    };
    for (const [kind, script] of Object.entries(scripts)) {
      expect(script).toContain(
        `${shop.url}/assets/payment/${kind}-checkout-handler.js?spaceId=${space}&transactionId=${id}&securityToken=`,
      );
      const answer = await fetch(script);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("javascript")]);
    }
  });

  it("is a webhook that is changed and taken away", async () => {
    const { urls, listeners } = await openSdk();
    const active = sdk.CreationEntityState.Active;
    const webhookUrlCreate = { name: "Shop", url: "https://shop.example.ch/hook", state: active };
    const { id: url = 0, version = 0 } = await urls.postWebhooksUrls({ space, webhookUrlCreate });
    const moved = await urls.patchWebhooksUrlsId({
      space,
      id: url,
      webhookUrlUpdate: { version, url: "https://shop.example.ch/new" },
    });
    expect(moved).toMatchObject({ name: "Shop", url: "https://shop.example.ch/new", state: active });
    expect((await urls.getWebhooksUrlsId({ space, id: url })).version).toBe(moved.version);
    const named = { space, query: 'name:"Shop"' };
    expect((await urls.getWebhooksUrlsSearch(named)).data?.map((row) => row.id)).toEqual([url]);
    expect((await urls.getWebhooksUrls({ space })).data?.map((row) => row.id)).toEqual([url]);

    const listener = await listeners.postWebhooksListeners({
      space,
      expand: new Set(["url"]),
      webhookListenerCreate: {
        name: "Shop",
        entity: 1472041829003,
        entityStates: new Set(["FULFILL"]),
        notifyEveryChange: false,
        state: active,
        url,
      },
    });
    expect(listener).toMatchObject({ entity: 1472041829003, url: { id: url, url: "https://shop.example.ch/new" } });
    const { id = 0 } = listener;
    const changed = await listeners.patchWebhooksListenersId({
      space,
      id,
      webhookListenerUpdate: { version: listener.version ?? 0, entityStates: new Set(["FULFILL", "DECLINE"]) },
    });
    expect(changed.entityStates).toEqual(new Set(["FULFILL", "DECLINE"]));
    expect((await listeners.getWebhooksListenersSearch(named)).data?.map((row) => row.id)).toEqual([id]);
    expect((await listeners.getWebhooksListeners({ space })).data?.map((row) => row.id)).toEqual([id]);

    await listeners.deleteWebhooksListenersId({ space, id });
    expect((await listeners.getWebhooksListenersId({ space, id })).state).toBe(sdk.CreationEntityState.Deleted);
    await urls.deleteWebhooksUrlsId({ space, id: url });
    expect((await urls.getWebhooksUrlsId({ space, id: url })).state).toBe(sdk.CreationEntityState.Deleted);
  });

  it("is a terminal, from its device to its last balance", async () => {
    const official = await openSdk();
    const { shop, terminals, summaries } = official;
    const created = await terminals.postPaymentTerminals({
      space,
      expand: new Set(["type"]),
      paymentTerminalCreate: { externalId: "till-9", type: 1457000000201, name: "Kasse 9", identifier: "30019999" },
    });
    expect(created).toMatchObject({ state: sdk.PaymentTerminalState.Preparing, type: { id: 1457000000201 } });
    const { id = 0, version = 0 } = created;
    const paymentTerminalUpdate = { version, name: "Kasse im Hof" };
    expect((await terminals.patchPaymentTerminalsId({ space, id, paymentTerminalUpdate })).name).toBe("Kasse im Hof");
    await terminals.postPaymentTerminalsIdLink({ space, id, serialNumber: "1850012345" });
    expect(await terminals.getPaymentTerminalsId({ space, id })).toMatchObject({
      state: sdk.PaymentTerminalState.Active,
      deviceSerialNumber: "1850012345",
    });
    const query = "identifier:30019999";
    expect((await terminals.getPaymentTerminalsSearch({ space, query })).data?.map((row) => row.id)).toEqual([id]);

    const transactionId = await create(official, immediate);
    const credentials = await terminals.getPaymentTerminalsIdTillConnectionCredentials({ space, id, transactionId });
    expect(credentials).not.toBe("");
    const performed = terminals.postPaymentTerminalsIdPerformTransaction({
      space,
      id,
      transactionId,
      language: "de-CH",
    });
    performed.catch(() => undefined);
    await untilPerforming(shop, transactionId);
    await shop.control("POST", `/terminals/${id}`, { action: "pay" });
    expect(await performed).toMatchObject({
      state: sdk.TransactionState.Fulfill,
      customersPresence: sdk.CustomersPresence.PhysicalPresent,
      terminal: { id },
    });

    const balance = await terminals.postPaymentTerminalsByIdentifierIdentifierTriggerFinalBalance({
      space,
      identifier: "30019999",
    });
    expect(balance).toMatchObject({ terminalId: id, terminalIdentifier: "30019999" });
    const summary = { space, id: balance.id ?? 0 };
    const read = await summaries.getPaymentTerminalsTransactionSummariesId(summary);
    expect(read.transactionSums).toMatchObject([{ transactionCount: 1, transactionCurrency: "CHF" }]);
    expect(read.endedOn).toBeInstanceOf(Date);
    const format = sdk.TerminalReceiptFormat.Pdf;
    const slip = await summaries.getPaymentTerminalsTransactionSummariesIdReceipt({ ...summary, format, width: 80 });
    expect([slip.mimeType, beginning(slip)]).toEqual(["application/pdf", "%PDF-"]);
    const ofTerminal = { space, query: `paymentTerminal:${id}` };
    const found = await summaries.getPaymentTerminalsTransactionSummariesSearch(ofTerminal);
    expect(found.data?.map((row) => row.id)).toEqual([balance.id]);
    const all = await summaries.getPaymentTerminalsTransactionSummaries({ space });
    expect(all.data?.map((row) => row.id)).toEqual([balance.id]);

    await terminals.postPaymentTerminalsIdUnlink({ space, id });
    expect((await terminals.getPaymentTerminalsId({ space, id })).state).toBe(sdk.PaymentTerminalState.Inactive);
    await terminals.deletePaymentTerminalsId({ space, id });
    expect((await terminals.getPaymentTerminalsId({ space, id })).state).toBe(sdk.PaymentTerminalState.Decommissioned);
  });
});
