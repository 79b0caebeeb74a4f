import { describe, expect, it } from "vitest";
import { exampleOrder, openShop } from "../testing/shop.ts";

const path = "/payment/transactions";
const line = { uniqueId: "a", name: "A", type: "PRODUCT", quantity: 1, amountIncludingTax: 10 };

describe("transactions", () => {
  it("creates one as the service documents it", async () => {
    const shop = await openShop();
    const { status, body, text } = await shop.call("POST", path, { body: exampleOrder });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: 900001,
      linkedSpaceId: 70001,
      version: 1,
      state: "PENDING",
      currency: "CHF",
      authorizationAmount: 36.95,
      completedAmount: 0,
      refundedAmount: 0,
      merchantReference: "ORDER-1001",
      autoConfirmationEnabled: true,
      chargeRetryEnabled: true,
      completionBehavior: "USE_CONFIGURATION",
      environmentSelectionStrategy: "USE_CONFIGURATION",
      metaData: { orderId: "1001" },
      createdOn: "2026-02-03T09:00:00.000Z",
      createdBy: 12345,
      authorizedOn: null,
      authorizationTimeoutOn: null,
      group: { id: 900002 },
      paymentConnectorConfiguration: null,
    });
    expect(text).toContain('"authorizationAmount":36.95,');
  });

  it("derives the values of a line item to eight digits", async () => {
    const shop = await openShop();
    const lineItems = [
      {
        ...line,
        quantity: 2,
        amountIncludingTax: 119.8,
        taxes: [{ title: "MwSt.", rate: 8.1 }],
        attributes: { color: { label: "Farbe", value: "Blau" } },
      },
    ];
    const { lineItems: shown } = await shop.create({ lineItems });
    expect(shown[0]).toMatchObject({
      unitPriceIncludingTax: 59.9,
      unitPriceExcludingTax: 55.41165587,
      amountExcludingTax: 110.82331175,
      taxAmount: 8.97668825,
      taxAmountPerUnit: 4.48834413,
      aggregatedTaxRate: 8.1,
      undiscountedAmountIncludingTax: 119.8,
      attributes: { color: { label: "Farbe", value: "Blau" } },
    });
  });

  it("takes the id as merchant reference and the space's currency and language where they are left out", async () => {
    const shop = await openShop();
    const { body } = await shop.call("POST", path, { body: { lineItems: [line] } });
    expect(body).toMatchObject({ merchantReference: "900001", currency: "CHF", language: "de-CH" });
  });

  it("gives out ids that a JavaScript number cannot hold", async () => {
    const shop = await openShop({ firstId: "9007199254740993" });
    const { text } = await shop.call("POST", path, { body: exampleOrder });
    expect(text).toContain('"id":9007199254740993,');
    const read = await shop.call("GET", `${path}/9007199254740993`);
    expect(read.text).toContain('"id":9007199254740993,');
    const rounded = await shop.call("GET", `${path}/9007199254740992`);
    expect(rounded.status).toBe(404);
  });

  it.each([
    ["lineItems", {}, 400, "lineItems"],
    ["a list", { lineItems: {} }, 400, "lineItems"],
    ["at least one line", { lineItems: [] }, 422, "lineItems"],
    ["a name", { lineItems: [{ ...line, name: "" }] }, 422, "lineItems[0].name"],
    ["a short name", { lineItems: [{ ...line, name: "x".repeat(151) }] }, 422, "lineItems[0].name"],
    ["a unique id", { lineItems: [line, line] }, 422, "lineItems[1].uniqueId"],
    ["a quantity above 0", { lineItems: [{ ...line, quantity: 0 }] }, 422, "lineItems[0].quantity"],
    ["a number", { lineItems: [{ ...line, amountIncludingTax: "10" }] }, 400, "lineItems[0].amountIncludingTax"],
    [
      "eight digits",
      { lineItems: [{ ...line, amountIncludingTax: 0.123456789 }] },
      422,
      "lineItems[0].amountIncludingTax",
    ],
    ["a known type", { lineItems: [{ ...line, type: "GIFT_CARD" }] }, 400, "lineItems[0].type"],
    [
      "a tax title of two characters",
      { lineItems: [{ ...line, taxes: [{ title: "M", rate: 8 }] }] },
      422,
      "lineItems[0].taxes[0].title",
    ],
    [
      "a tax up to 100",
      { lineItems: [{ ...line, taxes: [{ title: "MwSt", rate: 101 }] }] },
      422,
      "lineItems[0].taxes[0].rate",
    ],
    [
      "a sum that is not negative",
      { lineItems: [{ ...line, type: "DISCOUNT", amountIncludingTax: -1 }] },
      422,
      "lineItems",
    ],
    ["a currency", { lineItems: [line], currency: "ZZZ" }, 422, "currency"],
    ["an ASCII reference", { lineItems: [line], merchantReference: "Zürich" }, 422, "merchantReference"],
    ["a successUrl", { lineItems: [line], successUrl: "/return" }, 422, "successUrl"],
    ["a long session id", { lineItems: [line], deviceSessionIdentifier: "short" }, 422, "deviceSessionIdentifier"],
    [
      "a street of 300",
      { lineItems: [line], billingAddress: { street: "x".repeat(301) } },
      422,
      "billingAddress.street",
    ],
  ])("asks for %s", async (_what, body, status, field) => {
    const shop = await openShop();
    const answered = await shop.call("POST", path, { body });
    expect(answered.status).toBe(status);
    expect(Object.keys(answered.body.errors)).toContain(field);
    expect(answered.body).toMatchObject({
      code: expect.any(String),
      message: expect.any(String),
      id: expect.any(String),
      date: "2026-02-03T09:00:00.000Z",
    });
  });

  it("names every field at fault at once", async () => {
    const shop = await openShop();
    const { body } = await shop.call("POST", path, {
      body: { lineItems: [{ ...line, name: "" }], customerEmailAddress: "x".repeat(255) },
    });
    expect(Object.keys(body.errors)).toEqual(["lineItems[0].name", "customerEmailAddress"]);
  });

  it("minds the digits of the currency and the limits of metaData only when it is strict", async () => {
    const shop = await openShop();
    const body = {
      lineItems: [{ ...line, amountIncludingTax: 10.005 }],
      metaData: { "order id": "1", note: "x".repeat(513) },
    };
    expect((await shop.call("POST", path, { body })).status).toBe(201);
    await shop.control("PATCH", "/spaces/70001", { preset: "strict" });
    const refused = await shop.call("POST", path, { body });
    expect(refused.status).toBe(422);
    expect(Object.keys(refused.body.errors)).toEqual([
      "lineItems[0].amountIncludingTax",
      "metaData.order id",
      "metaData.note",
    ]);
    const yen = { lineItems: [{ ...line, amountIncludingTax: 10.5 }], currency: "JPY" };
    expect((await shop.call("POST", path, { body: yen })).status).toBe(422);
  });

  it("counts versions from 1, one more per update, two per confirmation, and refuses older ones", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const patched = await shop.call("PATCH", `${path}/${id}`, { body: { version: 2, merchantReference: "B" } });
    expect(patched.body).toMatchObject({ version: 2, merchantReference: "B", customerId: null });
    const old = await shop.call("PATCH", `${path}/${id}`, { body: { version: 1, merchantReference: "C" } });
    expect(old.status).toBe(409);
    expect(old.body.message).toContain("version 2");
    const confirmed = await shop.call("POST", `${path}/${id}/confirm`, { body: { version: 2 } });
    expect(confirmed.body).toMatchObject({
      version: 4,
      state: "CONFIRMED",
      confirmedBy: 12345,
      confirmedOn: "2026-02-03T09:00:00.000Z",
    });
    expect((await shop.read(id)).merchantReference).toBe("B");
  });

  it("refuses a newer version too when it is strict", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    await shop.control("PATCH", "/spaces/70001", { switches: { versionCheck: "strict" } });
    expect((await shop.call("PATCH", `${path}/${id}`, { body: { version: 2 } })).status).toBe(409);
    expect((await shop.call("PATCH", `${path}/${id}`, { body: { version: 1 } })).status).toBe(200);
  });

  it("can repeat the version it was sent", async () => {
    const shop = await openShop();
    await shop.control("PATCH", "/spaces/70001", { switches: { versionNumbers: "echoed" } });
    const { id, version } = await shop.create();
    expect(version).toBe(2);
    expect((await shop.call("PATCH", `${path}/${id}`, { body: { version: 2 } })).body.version).toBe(2);
    expect((await shop.read(id)).version).toBe(3);
    expect((await shop.call("POST", `${path}/${id}/confirm`, { body: { version: 3 } })).body.version).toBe(4);
  });

  it("changes only what an update names, and nothing once it is confirmed", async () => {
    const shop = await openShop();
    const { id } = await shop.create({ customerId: "c1" });
    const lineItems = [{ ...line, amountIncludingTax: 5 }];
    const patched = await shop.call("PATCH", `${path}/${id}`, { body: { version: 1, lineItems, customerId: null } });
    expect(patched.body).toMatchObject({ authorizationAmount: 5, customerId: "c1", metaData: { orderId: "1001" } });
    await shop.call("POST", `${path}/${id}/confirm`, { body: { version: 2 } });
    const late = await shop.call("PATCH", `${path}/${id}`, { body: { version: 4, lineItems } });
    expect(late.status).toBe(422);
    await shop.control("PATCH", "/spaces/70001", { switches: { outsidePending: "409" } });
    expect((await shop.call("PATCH", `${path}/${id}`, { body: { version: 4, lineItems } })).status).toBe(409);
  });

  it("clears by null and merges lists where it is told to", async () => {
    const shop = await openShop();
    await shop.control("PATCH", "/spaces/70001", { switches: { nullMeans: "clear", listUpdates: "merge" } });
    const { id } = await shop.create({ customerId: "c1" });
    const body = {
      version: 1,
      customerId: null,
      metaData: { more: "1" },
      lineItems: [{ ...line, uniqueId: "sku-1", amountIncludingTax: 1 }],
    };
    const patched = await shop.call("PATCH", `${path}/${id}`, { body });
    expect(patched.body).toMatchObject({
      customerId: null,
      metaData: { orderId: "1001", more: "1" },
      authorizationAmount: 8,
    });
  });

  it("lists by cursor, in both directions", async () => {
    const shop = await openShop();
    const ids: number[] = [];
    for (let count = 0; count < 12; count++) ids.push((await shop.create()).id);
    const first = await shop.call("GET", path);
    expect(first.body).toMatchObject({ hasMore: true, limit: 10 });
    expect(first.body.data.map((row: { id: number }) => row.id)).toEqual(ids.slice(0, 10));
    const rest = await shop.call("GET", `${path}?after=${ids[9]}&order=ASC&limit=100`);
    expect(rest.body).toMatchObject({ hasMore: false, data: [{ id: ids[10] }, { id: ids[11] }] });
    const newest = await shop.call("GET", `${path}?order=DESC&limit=2&before=${ids[11]}`);
    expect(newest.body.data.map((row: { id: number }) => row.id)).toEqual([ids[10], ids[9]]);
    expect((await shop.call("GET", `${path}?limit=101`)).status).toBe(400);
    expect((await shop.call("GET", path, { space: "70002" })).body.data).toEqual([]);
  });

  it("searches by fields, comparisons, or, not and quotes", async () => {
    const shop = await openShop();
    const a = await shop.create({ merchantReference: "A 1" });
    const b = await shop.create({ merchantReference: "B 2", currency: "EUR" });
    const search = async (query: string) => {
      const answered = await shop.call(
        "GET",
        `${path}/search?query=${encodeURIComponent(query).replaceAll("'", "%27")}&order=id%3AASC`,
      );
      return answered.status === 200 ? answered.body.data.map((row: { id: number }) => row.id) : answered.status;
    };
    expect(await search('merchantReference:"A 1"')).toEqual([a.id]);
    expect(await search("merchantReference:~B")).toEqual([b.id]);
    expect(await search(`id:>=${a.id} currency:EUR`)).toEqual([b.id]);
    expect(await search(`-id:${a.id}`)).toEqual([b.id]);
    expect(await search(`currency:EUR OR (currency:CHF AND state:PENDING)`)).toEqual([a.id, b.id]);
    expect(await search("paymentConnectorConfiguration:*")).toEqual([a.id, b.id]);
    expect(await search(`group.id:${a.group.id}`)).toEqual([a.id]);
    expect(await search("createdOn:<'2026-01-15'")).toEqual([]);
    expect(await search("currency:")).toBe(400);
    expect((await shop.call("GET", `${path}/search?order=id%20ASC`)).status).toBe(400);
    expect((await shop.call("GET", `${path}/search?offset=10001`)).status).toBe(416);
  });

  it("shows references as stubs, as null, or whole, nested too", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay" });
    const read = async (query: string) => (await shop.call("GET", `${path}/${id}${query}`)).body;
    const stub = await read("");
    expect(Object.keys(stub.paymentConnectorConfiguration)).toEqual(["id"]);
    expect(Object.keys(stub.group)).toEqual(["id"]);
    const nested = await read("?expand=group&expand=paymentConnectorConfiguration.paymentMethodConfiguration");
    expect(nested.group.state).toBe("SUCCESSFUL");
    expect(nested.paymentConnectorConfiguration.paymentMethodConfiguration.resolvedTitle["de-DE"]).toBe(
      "PostFinance Pay",
    );
    expect(Object.keys(nested.paymentConnectorConfiguration.processorConfiguration)).toEqual(["id"]);
    await shop.control("PATCH", "/spaces/70001", { switches: { unexpanded: "null", unsetValues: "absent" } });
    const bare = await read("");
    expect(bare).not.toHaveProperty("group");
    expect(bare).not.toHaveProperty("failedOn");
  });

  it("tells where the buyer pays, and hands out credentials that expire", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const text = async (what: string) => {
      const answered = await shop.call("GET", `${path}/${id}/${what}`);
      expect(answered.headers.get("content-type")).toContain("text/plain");
      return answered.text;
    };
    expect(await text("payment-page-url")).toMatch(
      new RegExp(`^${shop.url}/s/70001/payment/transaction/pay/${id}\\?securityToken=[\\w-]+$`),
    );
    const query = `\\?spaceId=70001&transactionId=${id}&securityToken=[\\w-]+$`;
    expect(await text("iframe-javascript-url")).toMatch(
      new RegExp(`/assets/payment/iframe-checkout-handler.js${query}`),
    );
    expect(await text("lightbox-javascript-url")).toMatch(
      new RegExp(`/assets/payment/lightbox-checkout-handler.js${query}`),
    );
    const credentials = await text("credentials");
    expect(credentials).toMatch(new RegExp(`^70001-${id}-`));
    const byCredentials = () => shop.call("GET", `${path}/by-credentials/${credentials}`);
    expect((await byCredentials()).body.id).toBe(id);
    expect((await shop.call("GET", `${path}/by-credentials/70001-${id}-wrong`)).status).toBe(403);
    await shop.advance("PT16M");
    expect((await byCredentials()).status).toBe(403);
  });

  it("lists the methods that the transaction allows", async () => {
    const shop = await openShop();
    const { id } = await shop.create({ allowedPaymentMethodConfigurations: [340002] });
    const list = (mode: string) =>
      shop.call("GET", `${path}/${id}/payment-method-configurations?integrationMode=${mode}`);
    expect((await list("iframe")).body.data).toMatchObject([
      { id: 340002, dataCollectionType: "ONSITE", paymentMethod: { id: 1457546097597 } },
    ]);
    expect((await list("nonsense")).status).toBe(400);
    const all = await shop.create();
    const answered = await shop.call(
      "GET",
      `${path}/${all.id}/payment-method-configurations?integrationMode=payment_page`,
    );
    expect(answered.body.data.map((row: { name: string }) => row.name)).toEqual([
      "PostFinance Pay",
      "Credit / Debit Card",
      "TWINT",
      "Invoice",
    ]);
  });
});
