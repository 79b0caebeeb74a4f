import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { Payment, PaymentReference } from "@checkout-plugins/core";
import { afterEach, describe, expect, it } from "vitest";
import { checkOrdersApi, compareOrders } from "./index.ts";

/** Its default is not where every loader looks for one. */
const { default: WooCommerceRestApi } = createRequire(import.meta.url)(
  "@woocommerce/woocommerce-rest-api",
) as typeof import("@woocommerce/woocommerce-rest-api");
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
});

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** WooCommerce's REST interface as the wire shows it, and a client for it. */
async function aShop(answer: (query: URLSearchParams) => Answer) {
  const asked: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://shop.test");
    expect(pathname).toBe("/wp-json/wc/v3/orders");
    asked.push(searchParams);
    const { status, body } = answer(searchParams);
    response.writeHead(status, { "content-type": "application/json", connection: "close" }).end(JSON.stringify(body));
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as { readonly port: number };
  const url = `http://127.0.0.1:${port}`;
  const orders = new WooCommerceRestApi({ url, consumerKey: "ck_1", consumerSecret: "cs_1", version: "wc/v3" });
  return { orders, asked };
}

const anOrder = (id: number, status: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  id,
  status,
  payment_method: "checkout_plugins_postfinance",
  meta_data: [{ id: 1, key: "_checkout_plugins_reference", value: `order-${id}` }],
  total: "209.00",
  ...changes,
});
const aPayment = (standing: Payment["standing"], mayShip = standing === "paid") => ({ standing, mayShip }) as Payment;

async function compare(rows: readonly unknown[], payments: Readonly<Record<number, Payment>>) {
  const { orders, asked } = await aShop((query) => {
    const [size, page] = [Number(query.get("per_page")), Number(query.get("page"))];
    return { status: 200, body: rows.slice(size * (page - 1), size * page) };
  });
  const readPayment = async (reference: PaymentReference) => payments[Number(reference.slice(6))] ?? null;
  return { differences: await compareOrders({ orders, readPayment, since: "2026-02-01T00:00:00" }), asked };
}

describe("compareOrders", () => {
  it("finds orders that wait for money that is there, and that count as paid without it", async () => {
    const { differences } = await compare(
      [
        anOrder(1, "processing"),
        anOrder(2, "pending"),
        anOrder(3, "failed"),
        anOrder(4, "on-hold"),
        anOrder(5, "on-hold"),
        anOrder(6, "processing"),
        anOrder(7, "completed"),
        anOrder(8, "cancelled"),
      ],
      {
        1: aPayment("paid"),
        2: aPayment("paid"),
        3: aPayment("authorized"),
        4: aPayment("paid"),
        5: aPayment("authorized"),
        6: aPayment("failed"),
        8: aPayment("voided"),
      },
    );
    expect(differences).toEqual([
      { kind: "missed", reference: "order-2", status: "pending", standing: "paid" },
      { kind: "missed", reference: "order-3", status: "failed", standing: "authorized" },
      { kind: "missed", reference: "order-4", status: "on-hold", standing: "paid" },
      { kind: "unpaid", reference: "order-6", status: "processing", standing: "failed" },
      { kind: "unpaid", reference: "order-7", status: "completed", standing: null },
    ]);
  });

  it("looks at orders of ours only", async () => {
    const copied = [{ id: 1, key: "_checkout_plugins_reference", value: "order-1" }];
    const rows = [
      anOrder(1, "processing", { payment_method: "bacs" }),
      anOrder(2, "processing", { meta_data: [] }),
      anOrder(3, "processing", { meta_data: copied }),
    ];
    expect((await compare(rows, {})).differences).toEqual([]);
  });

  it("reads every page, signed", async () => {
    const rows = Array.from({ length: 230 }, (_, index) => anOrder(index + 1, "processing"));
    const { differences, asked } = await compare(rows, {});
    expect(differences).toHaveLength(230);
    expect(asked.map((query) => query.get("page"))).toEqual(["1", "2", "3"]);
    for (const query of asked) {
      expect(query.get("after")).toBe("2026-02-01T00:00:00");
      expect(query.get("oauth_signature")).not.toBeNull();
    }
  });
});

describe("checkOrdersApi", () => {
  it.each([
    [200, [], null],
    [401, { code: "woocommerce_rest_cannot_view" }, /key is not taken \(401\)/],
    [404, { code: "rest_no_route" }, /Set permalinks/],
    [500, "the database is gone", /answered 500/],
    [200, "<title>Log in</title>", /Something else/],
  ])("of a shop that answers %i %j says %s", async (status, body, text) => {
    const { orders } = await aShop(() => ({ status, body }));
    const said = await checkOrdersApi(orders);
    if (text === null) expect(said).toBeNull();
    else expect(said).toMatch(text);
  });

  it("of a shop that is away says so", async () => {
    const { orders } = await aShop(() => ({ status: 200, body: [] }));
    await new Promise((done) => servers.pop()?.close(done));
    expect(await checkOrdersApi(orders)).toBe("The shop gave no answer.");
  });
});
