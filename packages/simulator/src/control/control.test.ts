import { describe, expect, it } from "vitest";
import { listenTo, openReceiver, openShop } from "../testing/shop.ts";

describe("the control door", () => {
  it("tells the time and what comes next", async () => {
    const shop = await openShop();
    await shop.create();
    const { body } = await shop.control("GET", "/clock");
    expect(body).toEqual({ kind: "virtual", now: "2026-02-03T09:00:00.000Z", next: "2026-02-04T09:00:00.000Z" });
    const later = await shop.control("POST", "/clock/advance", { duration: "PT1H" });
    expect(later.body.now).toBe("2026-02-03T10:00:00.000Z");
    expect((await shop.control("POST", "/clock/advance", { duration: "1 hour" })).status).toBe(400);
  });

  it("shows and changes the switches of a space, and names a switch that does not exist", async () => {
    const shop = await openShop();
    const changed = await shop.control("PATCH", "/spaces/70001", {
      switches: { abort: "staysOpen", requestLimit: 100 },
    });
    expect(changed.body.switches).toMatchObject({ abort: "staysOpen", requestLimit: 100, completion: "immediate" });
    const unknown = await shop.control("PATCH", "/spaces/70001", { switches: { abrot: "fails" } });
    expect(unknown.status).toBe(400);
    expect(unknown.body.message).toContain("switches.abrot is not a switch");
    expect((await shop.control("PATCH", "/spaces/70001", { switches: { abort: "maybe" } })).status).toBe(400);
    const { data } = (await shop.control("GET", "/switches")).body;
    expect(data.abort).toMatchObject({ row: null, values: ["fails", "staysOpen"] });
  });

  it("sets all the other answers at once", async () => {
    const shop = await openShop();
    const { body } = await shop.control("PATCH", "/spaces/70001", { preset: "otherAnswers" });
    expect(body.switches).toMatchObject({ unexpanded: "null", outsidePending: "409", versionNumbers: "echoed" });
    const back = await shop.control("PATCH", "/spaces/70001", { preset: "lenient" });
    expect(back.body.switches).toMatchObject({ versionCheck: "lenient", nullMeans: "unchanged" });
  });

  it("gives a space up to 23 methods, and their ids stay", async () => {
    const shop = await openShop();
    const { body } = await shop.control("GET", "/spaces/70001");
    const twint = body.methods.find((row: { method: string }) => row.method === "twint");
    const methods = ["twint", "payPal", "ideal"];
    const changed = await shop.control("PATCH", "/spaces/70001", { methods });
    expect(changed.body.methods).toEqual(expect.arrayContaining([twint]));
    expect(changed.body.methods.map((row: { method: string }) => row.method).toSorted()).toEqual(methods.toSorted());
    expect((await shop.control("PATCH", "/spaces/70001", { methods: ["cash"] })).status).toBe(400);
  });

  it("forgets everything at a reset but the ids it has given out", async () => {
    const shop = await openShop();
    const receiver = await openReceiver();
    await listenTo(shop, receiver, 1472041829003, ["CONFIRMED"]);
    const { id } = await shop.create();
    await shop.control("PATCH", "/spaces/70001", { switches: { abort: "staysOpen" } });
    await shop.control("POST", "/faults", [
      { on: "request", kind: "cutBefore", path: "/nothing" },
      { on: "request", kind: "lateCreate" },
    ]);
    await expect(shop.create()).rejects.toThrow("fetch failed");
    expect((await shop.control("POST", "/reset")).status).toBe(204);
    expect((await shop.call("GET", `/payment/transactions/${id}`)).status).toBe(404);
    expect((await shop.call("GET", "/webhooks/listeners")).body.data).toEqual([]);
    expect((await shop.control("GET", "/transactions")).body.data).toEqual([]);
    expect((await shop.control("GET", "/faults")).body.data).toEqual([]);
    expect((await shop.control("GET", "/spaces/70001")).body.switches.abort).toBe("fails");
    expect((await shop.create()).id).toBeGreaterThan(id);
  });

  it("answers 404 and 400 to what it does not understand", async () => {
    const shop = await openShop();
    expect((await shop.control("GET", "/nothing")).status).toBe(404);
    expect((await shop.control("POST", "/transactions/1/buyer", { action: "pay" })).status).toBe(404);
    const { id } = await shop.create();
    expect((await shop.control("POST", `/transactions/${id}/buyer`, { action: "steal" })).status).toBe(400);
    const unknown = await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay", card: "gold" });
    expect(unknown.body.message).toContain("threeDSecureAsked");
    expect(
      (await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay", methodConfiguration: 1 })).status,
    ).toBe(422);
  });
});
