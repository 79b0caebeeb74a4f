import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestShop, shopUrl, startGateway, type TestGateway, tell, toPayment } from "../testing.ts";

let gateway: TestGateway;
let shop: ReturnType<typeof createTestShop>;
beforeEach(async () => {
  gateway = await startGateway();
  shop = createTestShop(gateway.url);
});
afterEach(() => gateway.close());

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: Record<string, unknown> }> {
  const text = body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "content-type": "application/json" };
  const response = await shop.fetch(new Request(new URL(path, shopUrl), { method, headers, body: text }));
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}
const mugs = { lines: [{ product: "enamel-mug", quantity: 2 }], shipping: "economy" };

describe("the JSON door", () => {
  it("places an order, leads to its payment, and shows what became of it", async () => {
    const placed = await call("POST", "/api/orders", mugs);
    expect(placed.status).toBe(201);
    expect(placed.json).toMatchObject({ number: "BF-10001", state: "unpaid", total: { minor: 5500, currency: "CHF" } });
    const path = `/api/orders/${placed.json.id}`;
    expect(await call("POST", `${path}/pay`)).toEqual({
      status: 200,
      json: { kind: "redirect", url: "http://pay.test/1" },
    });
    await tell(shop, toPayment(String(placed.json.id)));
    expect((await call("GET", path)).json).toMatchObject({ state: "paid", payment: { standing: "paid", revision: 1 } });
    expect((await call("POST", `${path}/pay`)).json).toEqual({ kind: "nothingToDo" });
    expect(gateway.commands).toHaveLength(1);
  });

  it("adds up lines of the same product, so that each line has its own id", async () => {
    const { json } = await call("POST", "/api/orders", { lines: [...mugs.lines, ...mugs.lines] });
    expect(json.lines).toMatchObject([{ id: "enamel-mug", quantity: 4, total: { minor: 9600 } }]);
  });

  it.each([
    ["no JSON", "{", /expected object/],
    ["no lines", {}, /lines/],
    ["a negative quantity", { lines: [{ product: "enamel-mug", quantity: -1 }] }, /quantity/],
    ["a price of its own", { lines: [{ product: "enamel-mug", quantity: 1, price: 1 }] }, /price/],
    ["an unknown product", { lines: [{ product: "yeti", quantity: 1 }] }, /no product .*yeti/],
    ["an unknown code", { ...mugs, discountCode: "FREE" }, /discountCode/],
  ])("refuses %s and says why", async (_name, body, text) => {
    const { status, json } = await call("POST", "/api/orders", body);
    expect(status).toBe(400);
    expect(JSON.stringify(json)).toMatch(text);
    expect(shop.orders.list()).toEqual([]);
  });

  it("sells no more than there is", async () => {
    const { status, json } = await call("POST", "/api/orders", { lines: [{ product: "camp-lantern", quantity: 4 }] });
    expect([status, json]).toEqual([409, { error: { code: "soldOut", message: 'There are 3 of "camp-lantern".' } }]);
  });

  it("knows no order that is not there", async () => {
    expect((await call("GET", "/api/orders/none")).status).toBe(404);
    expect((await call("POST", "/api/orders/none/pay")).status).toBe(404);
  });

  it("tells a refusal from a gateway that does not answer", async () => {
    const { json } = await call("POST", "/api/orders", mugs);
    gateway.answer = () => "silence";
    expect(await call("POST", `/api/orders/${json.id}/pay`)).toMatchObject({
      status: 503,
      json: { error: { code: "cut" } },
    });
    const failure = {
      code: "configuration",
      publicMessage: "Sorry.",
      merchantMessage: "Secret.",
      serviceReason: null,
    } as const;
    gateway.answer = () => ({ kind: "failed", failure, payment: null });
    expect(await call("POST", `/api/orders/${json.id}/pay`)).toEqual({
      status: 409,
      json: { error: { code: "configuration", message: "Sorry." } },
    });
  });
});
