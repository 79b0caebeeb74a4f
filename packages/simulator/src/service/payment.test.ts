import { describe, expect, it } from "vitest";
import { openShop, type Shop } from "../testing/shop.ts";

const path = "/payment/transactions";
const buyer = async (shop: Shop, id: number, action: Readonly<Record<string, unknown>>) => {
  const answered = await shop.control("POST", `/transactions/${id}/buyer`, action);
  return answered.status === 200 ? answered.body : answered;
};
const switches = (shop: Shop, values: Readonly<Record<string, unknown>>) =>
  shop.control("PATCH", "/spaces/70001", { switches: values });

describe("the life of a transaction", () => {
  it("goes to FULFILL in one step where completion is immediate", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const paid = await buyer(shop, id, { action: "pay" });
    expect(paid).toMatchObject({ step: "paid", redirectUrl: "https://shop.example.ch/return?r=ok" });
    expect(await shop.read(id)).toMatchObject({
      state: "FULFILL",
      authorizationEnvironment: "PRODUCTION",
      completedAmount: 36.95,
      confirmedOn: "2026-02-03T09:00:00.000Z",
      processingOn: "2026-02-03T09:00:00.000Z",
      authorizedOn: "2026-02-03T09:00:00.000Z",
      completedOn: "2026-02-03T09:00:00.000Z",
      deliveryDecisionMadeOn: "2026-02-03T09:00:00.000Z",
      authorizationTimeoutOn: "2026-02-03T10:00:00.000Z",
      completionTimeoutOn: "2026-02-08T09:00:00.000Z",
      endOfLife: "2026-05-14T09:00:00.000Z",
      metaData: { orderId: "1001" },
      failureReason: null,
    });
  });

  it("waits in AUTHORIZED where completion is deferred, and completes by itself after five days", async () => {
    const shop = await openShop();
    const { id } = await shop.create({ completionBehavior: "COMPLETE_DEFERRED" });
    await buyer(shop, id, { action: "pay" });
    expect(await shop.read(id)).toMatchObject({ state: "AUTHORIZED", completedAmount: 0, completedOn: null });
    await shop.advance("P4DT23H59M59S");
    expect((await shop.read(id)).state).toBe("AUTHORIZED");
    await shop.advance("PT1S");
    expect(await shop.read(id)).toMatchObject({ state: "FULFILL", completedOn: "2026-02-08T09:00:00.000Z" });
  });

  it.each([
    ["the space's", "deferred", "USE_CONFIGURATION", "AUTHORIZED"],
    ["its own immediate", "deferred", "COMPLETE_IMMEDIATELY", "FULFILL"],
  ])("follows %s completion", async (_whose, completion, completionBehavior, state) => {
    const shop = await openShop();
    await switches(shop, { completion });
    const { id } = await shop.create({ completionBehavior });
    await buyer(shop, id, { action: "pay" });
    expect((await shop.read(id)).state).toBe(state);
  });

  it.each([
    ["70001", "USE_CONFIGURATION", "PRODUCTION"],
    ["70002", "USE_CONFIGURATION", "TEST"],
    ["70001", "FORCE_TEST_ENVIRONMENT", "TEST"],
    ["70002", "FORCE_PRODUCTION_ENVIRONMENT", "PRODUCTION"],
  ])("takes the money of space %s with %s in %s", async (space, environmentSelectionStrategy, expected) => {
    const shop = await openShop();
    const lineItems = [{ uniqueId: "a", name: "A", type: "PRODUCT", quantity: 1, amountIncludingTax: 1 }];
    const { body } = await shop.call("POST", path, { space, body: { lineItems, environmentSelectionStrategy } });
    await buyer(shop, body.id, { action: "pay" });
    const read = await shop.call("GET", `${path}/${body.id}`, { space });
    expect(read.body.authorizationEnvironment).toBe(expected);
  });

  it("cannot be paid before it is confirmed where it does not confirm itself", async () => {
    const shop = await openShop();
    const { id } = await shop.create({ autoConfirmationEnabled: false });
    expect(await buyer(shop, id, { action: "pay" })).toMatchObject({
      status: 422,
      body: { code: "transaction_not_confirmed" },
    });
    await shop.call("POST", `${path}/${id}/confirm`, { body: { version: 1 } });
    expect((await buyer(shop, id, { action: "pay" })).step).toBe("paid");
    expect(await buyer(shop, id, { action: "pay" })).toMatchObject({
      status: 422,
      body: { code: "transaction_not_payable" },
    });
  });

  it("lets the buyer try again after a decline, unless the shop forbids it", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    expect(await buyer(shop, id, { action: "decline", card: "declined" })).toMatchObject({
      step: "declined",
      redirectUrl: null,
    });
    expect(await shop.read(id)).toMatchObject({ state: "PROCESSING", failedOn: null });
    expect((await buyer(shop, id, { action: "pay", card: "4111 1111 1111 1111" })).step).toBe("paid");
    expect(await shop.read(id)).toMatchObject({ state: "FULFILL", failureReason: null, userFailureMessage: null });

    const once = await shop.create({ chargeRetryEnabled: false });
    const failed = await buyer(shop, once.id, { action: "pay", card: "insufficientFunds" });
    expect(failed).toMatchObject({ step: "failed", redirectUrl: "https://shop.example.ch/return?r=ko" });
    const { body } = await shop.call("GET", `${path}/${once.id}?expand=failureReason`);
    expect(body).toMatchObject({
      state: "FAILED",
      failedOn: "2026-02-03T09:00:00.000Z",
      failureReason: { category: "END_USER", name: { "en-US": "Insufficient funds" } },
      userFailureMessage: "Das Guthaben oder die Limite reicht nicht aus. Bitte wählen Sie ein anderes Zahlungsmittel.",
    });
  });

  it.each([
    ["fr-CH", "Le paiement a été refusé"],
    ["it-CH", "Il pagamento è stato rifiutato"],
    ["en-US", "The payment was declined"],
    ["rm-CH", "The payment was declined"],
  ])("tells the buyer why in %s", async (language, message) => {
    const shop = await openShop();
    const { id } = await shop.create({ language, chargeRetryEnabled: false });
    await buyer(shop, id, { action: "decline" });
    expect((await shop.read(id)).userFailureMessage).toContain(message);
  });

  it.each([
    ["success", "paid"],
    ["mastercard", "paid"],
    ["threeDSecurePassed", "paid"],
    ["threeDSecureAsked", "asked"],
    ["declined", "failed"],
    ["insufficientFunds", "failed"],
    ["expired", "failed"],
    ["threeDSecureFailed", "failed"],
  ])("test card %s ends %s", async (card, step) => {
    const shop = await openShop();
    const { id } = await shop.create({ chargeRetryEnabled: false });
    expect((await buyer(shop, id, { action: "pay", card })).step).toBe(step);
  });

  it.each([
    ["confirm", "paid", "FULFILL"],
    ["refuse", "failed", "FAILED"],
  ])("waits for the buyer's answer at the bank: %s", async (action, step, state) => {
    const shop = await openShop();
    const { id } = await shop.create({ chargeRetryEnabled: false });
    expect(await buyer(shop, id, { action })).toMatchObject({ status: 422, body: { code: "nothing_to_answer" } });
    await buyer(shop, id, { action: "pay", card: "threeDSecureAsked" });
    expect((await shop.read(id)).state).toBe("PROCESSING");
    expect((await buyer(shop, id, { action })).step).toBe(step);
    expect((await shop.read(id)).state).toBe(state);
  });

  it.each([
    ["fails", "FAILED"],
    ["staysOpen", "PENDING"],
  ])("that the buyer cancels %s", async (abort, state) => {
    const shop = await openShop();
    await switches(shop, { abort });
    const { id } = await shop.create();
    expect(await buyer(shop, id, { action: "abort" })).toMatchObject({
      step: "aborted",
      redirectUrl: "https://shop.example.ch/return?r=ko",
    });
    expect((await shop.read(id)).state).toBe(state);
  });

  it("fails when nobody pays for a day, and an hour after the buyer began", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const begun = await shop.create();
    await buyer(shop, begun.id, { action: "pay", card: "threeDSecureAsked" });
    await shop.advance("PT1H");
    expect((await shop.read(begun.id)).state).toBe("FAILED");
    expect((await shop.read(id)).state).toBe("PENDING");
    await shop.advance("PT23H");
    expect(await shop.read(id)).toMatchObject({
      state: "FAILED",
      failedOn: "2026-02-04T09:00:00.000Z",
      userFailureMessage: "Die Zeit für diese Zahlung ist abgelaufen.",
    });
  });

  it("takes its time where it is told to", async () => {
    const shop = await openShop();
    await switches(shop, { authorizationDelay: "PT2S", completionDelay: "PT3S", deliveryDelay: "PT10S" });
    const { id } = await shop.create();
    const paid = await buyer(shop, id, { action: "pay" });
    expect(paid).toMatchObject({ step: "processing", redirectUrl: "https://shop.example.ch/return?r=ok" });
    const states = [];
    for (const wait of ["PT0S", "PT2S", "PT3S", "PT7S"]) {
      await shop.advance(wait);
      states.push((await shop.read(id)).state);
    }
    expect(states).toEqual(["PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL"]);
  });

  it.each([
    ["notSuitable", "atAuthorization", "DECLINE"],
    ["notSuitable", "atCompletion", "DECLINE"],
    ["manualCheck", "atAuthorization", "COMPLETED"],
  ])("with delivery %s, decided %s, ends %s", async (delivery, deliveryDecided, state) => {
    const shop = await openShop();
    const { id } = await shop.create();
    await shop.control("POST", `/transactions/${id}`, { switches: { delivery, deliveryDecided } });
    await buyer(shop, id, { action: "pay" });
    expect((await shop.read(id)).state).toBe(state);
    const other = await shop.create();
    await buyer(shop, other.id, { action: "pay" });
    expect((await shop.read(other.id)).state).toBe("FULFILL");
  });

  it("decides by itself when nobody checks for three days", async () => {
    const shop = await openShop();
    await switches(shop, { delivery: "manualCheck", manualDecision: "notSuitable" });
    const { id } = await shop.create();
    await buyer(shop, id, { action: "pay" });
    await shop.advance("P3D");
    expect((await shop.read(id)).state).toBe("DECLINE");
  });

  it("is changed behind the shop's back", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    await shop.control("POST", `/transactions/${id}`, {
      amount: 1.5,
      currency: "EUR",
      metaData: { orderId: "666" },
      environment: "TEST",
    });
    const changed = await shop.read(id);
    expect(changed).toMatchObject({
      authorizationAmount: 1.5,
      currency: "EUR",
      metaData: { orderId: "666" },
      authorizationEnvironment: "TEST",
      version: 2,
    });
    expect(changed.lineItems.at(-1)).toMatchObject({ uniqueId: "changed-elsewhere", amountIncludingTax: -35.45 });
  });
});
