import { describe, expect, it } from "vitest";
import { isSignedRight, listenTo, openReceiver, openShop, type Receiver, type Shop } from "../testing/shop.ts";

const transaction = 1472041829003;
const states = ["CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE", "FAILED", "VOIDED"];

async function openBoth(): Promise<{ shop: Shop; receiver: Receiver; pay: () => Promise<number> }> {
  const shop = await openShop();
  const receiver = await openReceiver();
  await listenTo(shop, receiver, transaction, states);
  return {
    shop,
    receiver,
    async pay() {
      const { id } = await shop.create();
      await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay" });
      return id;
    },
  };
}
const told = (receiver: Receiver) => receiver.arrived.map(({ body }) => body.state);
const fault = (shop: Shop, body: Readonly<Record<string, unknown>>) =>
  shop.control("POST", "/faults", { on: "webhook", ...body });

describe("webhooks", () => {
  it("tell every state entered, signed, in the service's own form", async () => {
    const { shop, receiver, pay } = await openBoth();
    const id = await pay();
    expect(receiver.arrived).toEqual([]);
    await shop.advance("PT1S");
    expect(told(receiver)).toEqual(["CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL"]);
    const [first] = receiver.arrived;
    const { webhookListenerId } = first?.body ?? {};
    expect(first?.raw.toString()).toBe(
      `{"entityId":${id},"eventId":1,"listenerEntityId":1472041829003,"listenerEntityTechnicalName":"Transaction","spaceId":70001,"state":"CONFIRMED","timestamp":"2026-02-03T09:00:00+0000","webhookListenerId":${webhookListenerId}}`,
    );
    for (const arrived of receiver.arrived) expect(await isSignedRight(shop, arrived)).toBe(true);
    expect(new Set(receiver.arrived.map(({ body }) => body.eventId)).size).toBe(5);
  });

  it("are delivered at once on demand", async () => {
    const { shop, receiver, pay } = await openBoth();
    await pay();
    const { body } = await shop.control("POST", "/webhooks/deliver");
    expect(body).toEqual({ tried: 5 });
    expect(told(receiver)).toHaveLength(5);
    expect((await shop.control("POST", "/webhooks/deliver")).body).toEqual({ tried: 0 });
  });

  it("are repeated after 1 min, 5 min, 30 min, 2 h and 12 h with the same event id, then given up", async () => {
    const { shop, receiver } = await openBoth();
    await shop.create();
    const { id } = await shop.create();
    receiver.answers.push(...Array.from({ length: 6 }, () => 500));
    await shop.call("POST", `/payment/transactions/${id}/confirm`, { body: { version: 1 } });
    const counts = [];
    for (const wait of ["PT1S", "PT1M", "PT5M", "PT30M", "PT2H", "PT12H"]) {
      await shop.advance(wait);
      counts.push(receiver.arrived.length);
    }
    expect(counts).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(receiver.arrived.map(({ body }) => body.eventId)).size).toBe(1);
    const { body } = await shop.control("GET", "/webhooks");
    expect(body.data).toMatchObject([
      { state: "failed", transaction: id, attempts: Array(6).fill({ status: 500, signature: "right" }) },
    ]);
  });

  it("stop being repeated once they are acknowledged; by 200 only, and with new ids, where told to", async () => {
    const { shop, receiver } = await openBoth();
    await shop.control("PATCH", "/spaces/70001", {
      switches: { webhookSuccess: "only200", retryEventId: "new", webhookRetries: ["PT1M", "PT1M"] },
    });
    const { id } = await shop.create();
    receiver.answers.push(204);
    await shop.call("POST", `/payment/transactions/${id}/confirm`, { body: { version: 1 } });
    await shop.advance("PT1H");
    expect(receiver.arrived).toHaveLength(2);
    expect(new Set(receiver.arrived.map(({ body }) => body.eventId)).size).toBe(2);
  });

  it("tell every change to a listener that asks for it, and nothing once it is deleted", async () => {
    const { shop, receiver } = await openBoth();
    const { data } = (await shop.call("GET", "/webhooks/listeners")).body;
    const [listener] = data;
    await shop.call("PATCH", `/webhooks/listeners/${listener.id}`, { body: { version: 1, notifyEveryChange: true } });
    const { id } = await shop.create();
    await shop.call("PATCH", `/payment/transactions/${id}`, { body: { version: 1, merchantReference: "B" } });
    await shop.control("POST", "/webhooks/deliver");
    expect(told(receiver)).toEqual(["PENDING", "PENDING"]);
    expect((await shop.call("DELETE", `/webhooks/listeners/${listener.id}`)).status).toBe(204);
    expect((await shop.call("GET", `/webhooks/listeners/${listener.id}`)).body.state).toBe("DELETED");
    await shop.call("POST", `/payment/transactions/${id}/confirm`, { body: { version: 2 } });
    expect((await shop.control("POST", "/webhooks/deliver")).body.tried).toBe(0);
  });

  it("carry neither signature nor state for listeners of the old kind", async () => {
    const shop = await openShop();
    const receiver = await openReceiver();
    await shop.control("PATCH", "/spaces/70001", { switches: { webhookSignature: "unsigned" } });
    const listener = await listenTo(shop, receiver, transaction, ["CONFIRMED"]);
    expect(listener.enablePayloadSignatureAndState).toBe(false);
    const { id } = await shop.create();
    await shop.call("POST", `/payment/transactions/${id}/confirm`, { body: { version: 1 } });
    await shop.control("POST", "/webhooks/deliver");
    expect(receiver.arrived[0]).toMatchObject({ signature: null, body: { entityId: id } });
    expect(receiver.arrived[0]?.body).not.toHaveProperty("state");
  });

  it("find listeners and URLs by name, and refuse what cannot be listened to", async () => {
    const { shop } = await openBoth();
    const found = await shop.call("GET", "/webhooks/urls/search?query=name%3AShop");
    expect(found.body.data).toMatchObject([{ name: "Shop", state: "ACTIVE" }]);
    const url = found.body.data[0].id;
    const expanded = await shop.call("GET", `/webhooks/listeners/search?query=url.id:${url}&expand=url`);
    expect(expanded.body.data[0].url.name).toBe("Shop");
    expect((await shop.call("POST", "/webhooks/listeners", { body: { entity: 1, url } })).status).toBe(422);
    expect((await shop.call("POST", "/webhooks/listeners", { body: { entity: transaction, url: 1 } })).status).toBe(
      404,
    );
    expect(
      (await shop.call("POST", "/webhooks/urls", { body: { name: "x".repeat(51), url: "https://x.ch/" } })).status,
    ).toBe(422);
  });
});

describe("webhooks that go wrong", () => {
  it.each([
    [
      "delay",
      { state: "CONFIRMED", duration: "PT1M" },
      ["PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL", "CONFIRMED"],
    ],
    ["duplicate", { state: "FULFILL" }, ["CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED", "FULFILL", "FULFILL"]],
    ["reorder", { state: "PROCESSING" }, ["CONFIRMED", "AUTHORIZED", "PROCESSING", "COMPLETED", "FULFILL"]],
    ["drop", { state: "FULFILL" }, ["CONFIRMED", "PROCESSING", "AUTHORIZED", "COMPLETED"]],
  ])("%s", async (kind, match, expected) => {
    const { shop, receiver, pay } = await openBoth();
    await fault(shop, { kind, ...match });
    await pay();
    await shop.advance("PT2M");
    if (kind === "reorder") expect(told(receiver).toSorted()).toEqual(expected.toSorted());
    else expect(told(receiver)).toEqual(expected);
    if (kind === "reorder")
      expect(told(receiver).indexOf("PROCESSING")).toBeGreaterThan(told(receiver).indexOf("AUTHORIZED"));
    expect((await shop.control("GET", "/faults")).body.data).toEqual([]);
  });

  it.each([
    ["wrongSignature", "wrong"],
    ["unknownKey", "unknownKey"],
    ["unsigned", "none"],
  ])("%s fails the check of a shop; its repetition is right", async (kind, signature) => {
    const { shop, receiver } = await openBoth();
    const { id } = await shop.create();
    await fault(shop, { kind, transaction: id });
    receiver.answers.push(401);
    await shop.call("POST", `/payment/transactions/${id}/confirm`, { body: { version: 1 } });
    await shop.advance("PT2M");
    const verdicts = [];
    for (const arrived of receiver.arrived) verdicts.push(await isSignedRight(shop, arrived));
    expect(verdicts).toEqual([false, true]);
    const { body } = await shop.control("GET", "/webhooks");
    expect(body.data[0].attempts).toMatchObject([
      { signature, status: 401 },
      { signature: "right", status: 200 },
    ]);
  });

  it("can go wrong for ever, and only for one transaction", async () => {
    const { shop, receiver, pay } = await openBoth();
    const { id } = await shop.create();
    await fault(shop, { kind: "drop", times: "always", transaction: id });
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay" });
    await pay();
    await shop.advance("P1D");
    expect(receiver.arrived).toHaveLength(5);
    expect(receiver.arrived.every(({ body }) => body.entityId !== id)).toBe(true);
    await shop.control("DELETE", "/faults");
    expect((await shop.control("GET", "/faults")).body.data).toEqual([]);
  });
});
