import { describe, expect, it } from "vitest";
import { exampleOrder, openShop, type Shop } from "../testing/shop.ts";

const path = "/payment/transactions";
const fault = (shop: Shop, body: Readonly<Record<string, unknown>>) =>
  shop.control("POST", "/faults", { on: "request", ...body });
const count = async (shop: Shop) => (await shop.control("GET", "/transactions")).body.data.length;
const create = (shop: Shop) => shop.call("POST", path, { body: exampleOrder });

describe("requests that go wrong", () => {
  it.each([
    [409, undefined],
    [429, 7],
    [500, undefined],
    [503, 30],
  ])("status %i instead of the effect, once", async (status, retryAfter) => {
    const shop = await openShop();
    await fault(shop, { kind: "status", status, retryAfter, method: "POST", path });
    const answered = await create(shop);
    expect(answered.status).toBe(status);
    expect(answered.headers.get("retry-after")).toBe(retryAfter === undefined ? null : String(retryAfter));
    expect(await count(shop)).toBe(0);
    expect((await create(shop)).status).toBe(201);
  });

  it("cut before the effect: the connection breaks, nothing happened", async () => {
    const shop = await openShop();
    await fault(shop, { kind: "cutBefore", path });
    await expect(create(shop)).rejects.toThrow("fetch failed");
    expect(await count(shop)).toBe(0);
    const log = await shop.control("GET", "/requests");
    expect(log.body.data).toMatchObject([{ method: "POST", path, status: null }]);
  });

  it("cut after the effect: the connection breaks, the transaction is there", async () => {
    const shop = await openShop();
    await fault(shop, { kind: "cutAfter", path });
    await expect(create(shop)).rejects.toThrow("fetch failed");
    expect(await count(shop)).toBe(1);
  });

  it("rejects in process as it does over a socket", async () => {
    const shop = await openShop();
    await fault(shop, { kind: "cutBefore" });
    const request = new Request(`${shop.url}/api/v2.0/spaces`);
    await expect(shop.simulator.fetch(request)).rejects.toThrow(TypeError);
  });

  it("late create: cut, and done after the next request", async () => {
    const shop = await openShop();
    await fault(shop, { kind: "lateCreate" });
    await expect(create(shop)).rejects.toThrow("fetch failed");
    expect(await count(shop)).toBe(0);
    const second = await create(shop);
    const { body } = await shop.control("GET", "/transactions");
    expect(body.data.map((row: { id: number }) => row.id)).toEqual([second.body.id, expect.any(Number)]);
  });

  it("late create: cut, and done when its time has come", async () => {
    const shop = await openShop();
    await fault(shop, { kind: "lateCreate", duration: "PT30M" });
    await expect(create(shop)).rejects.toThrow("fetch failed");
    await shop.advance("PT29M");
    expect(await count(shop)).toBe(0);
    await shop.advance("PT1M");
    expect(await count(shop)).toBe(1);
    await shop.call("GET", path);
    expect(await count(shop)).toBe(1);
  });

  it("delay: the answer waits for the clock, the effect too", async () => {
    const shop = await openShop();
    await fault(shop, { kind: "delay", duration: "PT20S", method: "POST" });
    const answer = create(shop);
    await expect.poll(async () => (await shop.control("GET", "/faults")).body.data.length).toBe(0);
    expect(await count(shop)).toBe(0);
    await shop.advance("PT20S");
    expect((await answer).status).toBe(201);
  });

  it.each(["hangBefore", "hangAfter"])("%s: no answer, and the effect or none", async (kind) => {
    const shop = await openShop();
    await fault(shop, { kind, method: "POST", path });
    let isAnswered = false;
    const answer = create(shop).then(() => {
      isAnswered = true;
    });
    answer.catch(() => undefined); // the server is closed before it would answer
    await expect.poll(async () => (await shop.control("GET", "/faults")).body.data.length).toBe(0);
    await shop.advance("PT1H");
    expect([isAnswered, await count(shop)]).toEqual([false, kind === "hangAfter" ? 1 : 0]);
  });

  it.each(["truncated", "empty"])("%s: the effect, and an answer that is no JSON", async (kind) => {
    const shop = await openShop();
    await fault(shop, { kind, method: "POST", path });
    await expect(create(shop)).rejects.toThrow(SyntaxError);
    expect(await count(shop)).toBe(1);
  });

  it.each([
    ["webPage", "text/html", /^<!doctype html>/],
    ["wrongType", "application/json", /"seven"/],
  ])("%s: the effect, and an answer that says nothing", async (kind, type, said) => {
    const shop = await openShop();
    await fault(shop, { kind, method: "POST", path });
    const { headers, text } = await create(shop);
    expect([headers.get("content-type"), text]).toEqual([type, expect.stringMatching(said)]);
    expect(await count(shop)).toBe(1);
  });

  it.each(["huge", "drip"])("%s: the whole answer, in the end", async (kind) => {
    const shop = await openShop();
    await fault(shop, { kind, method: "POST", path });
    const { status, body } = await create(shop);
    expect([status, body.state]).toEqual([201, "PENDING"]);
  });

  it("twice: the effect happens twice", async () => {
    const shop = await openShop();
    await fault(shop, { kind: "twice", method: "POST", path });
    expect((await create(shop)).status).toBe(201);
    expect(await count(shop)).toBe(2);
  });

  it("stale: a reading is answered as the time before", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const read = async () => (await shop.call("GET", `${path}/${id}`)).body.state;
    expect(await read()).toBe("PENDING");
    await shop.call("POST", `${path}/${id}/confirm`, { body: { version: 1 } });
    await fault(shop, { kind: "stale" });
    expect([await read(), await read()]).toEqual(["PENDING", "CONFIRMED"]);
  });

  it("hits only what it is meant for, as often as it is told", async () => {
    const shop = await openShop();
    const a = await shop.create();
    const b = await shop.create();
    await fault(shop, { kind: "status", status: 500, times: 2, path: `${path}/*/confirm`, transaction: b.id });
    const confirm = (id: number) => shop.call("POST", `${path}/${id}/confirm`, { body: { version: 1 } });
    expect((await confirm(a.id)).status).toBe(200);
    expect((await confirm(b.id)).status).toBe(500);
    expect((await shop.control("GET", "/faults")).body.data).toMatchObject([{ times: 1, status: 500 }]);
    expect((await confirm(b.id)).status).toBe(500);
    expect((await confirm(b.id)).status).toBe(200);
  });

  it.each([
    [{ on: "request", kind: "explode" }, 400],
    [{ on: "request", kind: "drop" }, 422],
    [{ on: "webhook", kind: "cutBefore" }, 422],
    [{ on: "request", kind: "status" }, 422],
    [{ kind: "delay" }, 400],
  ])("refuses %j", async (body, status) => {
    const shop = await openShop();
    expect((await shop.control("POST", "/faults", body)).status).toBe(status);
  });
});
