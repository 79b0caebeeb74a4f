import { describe, expect, it } from "vitest";
import { listenTo, openReceiver, openShop, type Shop } from "../testing/shop.ts";

const path = "/payment/transactions";
const lineItems = [
  {
    uniqueId: "sku-1",
    name: "Rucksack",
    type: "PRODUCT",
    quantity: 2,
    amountIncludingTax: 119.8,
    taxes: [{ title: "MwSt.", rate: 8.1 }],
  },
  { uniqueId: "shipping", name: "Versand", type: "SHIPPING", quantity: 1, amountIncludingTax: 7 },
  { uniqueId: "coupon", name: "Gutschein", type: "DISCOUNT", quantity: 1, amountIncludingTax: -10 },
];

async function openPaid(shop: Shop, changes: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const { id } = await shop.create({ lineItems, ...changes });
  const answered = await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay", card: "success" });
  if (answered.body.step !== "paid") throw new Error(answered.text);
  return id;
}
const openAuthorized = (shop: Shop) => openPaid(shop, { completionBehavior: "COMPLETE_DEFERRED" });
const post = (shop: Shop, where: string, body?: unknown) =>
  shop.call("POST", where, body === undefined ? {} : { body });
const switches = (shop: Shop, values: Readonly<Record<string, unknown>>) =>
  shop.control("PATCH", "/spaces/70001", { switches: values });
const list = async (shop: Shop, where: string) => (await shop.call("GET", where)).body.data;

describe("completions", () => {
  it("takes a part, repeats by externalId, and completes with the last", async () => {
    const shop = await openShop();
    const id = await openAuthorized(shop);
    const part = {
      externalId: "cap-1",
      lastCompletion: false,
      lineItems: [{ uniqueId: "sku-1", quantity: 1, amount: 59.9 }],
    };
    const first = await post(shop, `${path}/${id}/complete-partially-online`, part);
    expect(first).toMatchObject({
      status: 200,
      body: {
        state: "SUCCESSFUL",
        mode: "ONLINE",
        amount: 59.9,
        taxAmount: 4.48834413,
        lastCompletion: false,
        linkedTransaction: id,
        externalId: "cap-1",
      },
    });
    expect(first.body.remainingLineItems).toMatchObject([
      { uniqueId: "sku-1", quantity: 1, amountIncludingTax: 59.9 },
      { uniqueId: "shipping", amountIncludingTax: 7 },
      { uniqueId: "coupon", amountIncludingTax: -10 },
    ]);
    expect((await post(shop, `${path}/${id}/complete-partially-online`, part)).body.id).toBe(first.body.id);
    expect(await shop.read(id)).toMatchObject({ state: "AUTHORIZED", completedAmount: 59.9 });
    const last = await post(shop, `${path}/${id}/complete-partially-online`, { externalId: "cap-2" });
    expect(last.body).toMatchObject({ amount: 56.9, lastCompletion: true });
    expect(await shop.read(id)).toMatchObject({ state: "FULFILL", completedAmount: 116.8 });
    expect(await list(shop, `${path}/completions`)).toHaveLength(2);
    expect(await list(shop, `${path}/invoices`)).toMatchObject([
      { state: "PAID", amount: 59.9 },
      { state: "PAID", amount: 56.9 },
    ]);
  });

  it.each([
    ["an unknown line", [{ uniqueId: "x", quantity: 1, amount: 1 }], "lineItems[0].uniqueId"],
    ["too many", [{ uniqueId: "sku-1", quantity: 3, amount: 1 }], "lineItems[0].quantity"],
    ["too much", [{ uniqueId: "sku-1", quantity: 2, amount: 119.81 }], "lineItems[0].amount"],
    ["more discount than there is", [{ uniqueId: "coupon", quantity: 1, amount: -11 }], "lineItems[0].amount"],
    ["less than nothing", [{ uniqueId: "coupon", quantity: 1, amount: -10 }], "lineItems"],
  ])("refuses %s", async (_what, lines, field) => {
    const shop = await openShop();
    const id = await openAuthorized(shop);
    const { status, body } = await post(shop, `${path}/${id}/complete-partially-online`, {
      externalId: "a",
      lineItems: lines,
    });
    expect(status).toBe(422);
    expect(Object.keys(body.errors)).toEqual([field]);
    expect((await shop.read(id)).completedAmount).toBe(0);
  });

  it("completes at once, offline too, and answers the old completion of a fulfilled transaction", async () => {
    const shop = await openShop();
    const id = await openAuthorized(shop);
    const first = await post(shop, `${path}/${id}/complete-online`);
    expect(first.body).toMatchObject({ state: "SUCCESSFUL", amount: 116.8, lastCompletion: true });
    expect((await shop.read(id)).state).toBe("FULFILL");
    expect((await post(shop, `${path}/${id}/complete-online`)).body.id).toBe(first.body.id);
    const other = await openAuthorized(shop);
    expect((await post(shop, `${path}/${other}/complete-offline`)).body.mode).toBe("OFFLINE");
  });

  it("waits, lets no second one in, and stays authorized when it fails", async () => {
    const shop = await openShop();
    await switches(shop, { completionDelay: "PT1H", completionOutcome: "failed" });
    const id = await openAuthorized(shop);
    const pending = await post(shop, `${path}/${id}/complete-online`);
    expect(pending.body).toMatchObject({ state: "PENDING", nextUpdateOn: "2026-02-03T10:00:00.000Z" });
    expect((await post(shop, `${path}/${id}/void-online`)).status).toBe(422);
    await switches(shop, { whileInProgress: "409" });
    expect((await post(shop, `${path}/${id}/complete-online`)).status).toBe(409);
    await shop.advance("PT1H");
    const { body } = await shop.call("GET", `${path}/completions/${pending.body.id}?expand=failureReason`);
    expect(body).toMatchObject({ state: "FAILED", failureReason: { category: "TEMPORARY_ISSUE" }, nextUpdateOn: null });
    expect((await shop.read(id)).state).toBe("AUTHORIZED");
    await switches(shop, { completionDelay: "PT0S", completionOutcome: "successful" });
    expect((await post(shop, `${path}/${id}/complete-online`)).body.state).toBe("SUCCESSFUL");
  });

  it("is refused while nothing is authorized, and without lines where told so", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    expect((await post(shop, `${path}/${id}/complete-online`)).status).toBe(422);
    await switches(shop, { outsideAuthorized: "409", completionWithoutLines: "refused" });
    expect((await post(shop, `${path}/${id}/complete-online`)).status).toBe(409);
    const authorized = await openAuthorized(shop);
    expect((await post(shop, `${path}/${authorized}/complete-partially-online`, { externalId: "a" })).status).toBe(422);
  });

  it("follows the newest version of the line items", async () => {
    const shop = await openShop();
    const id = await openAuthorized(shop);
    const changed = [{ ...lineItems[0], quantity: 1, amountIncludingTax: 59.9 }];
    const version = { externalId: "v-1", transaction: id, lineItems: changed };
    const created = await post(shop, `${path}/line-item-versions`, version);
    expect(created).toMatchObject({ status: 201, body: { amount: 59.9, state: "SUCCESSFUL", version: 1 } });
    expect((await post(shop, `${path}/line-item-versions`, version)).body.id).toBe(created.body.id);
    expect((await shop.call("GET", `${path}/${id}/latest-line-item-version`)).body.id).toBe(created.body.id);
    const tooMuch = { ...version, externalId: "v-2", lineItems: [{ ...lineItems[0], amountIncludingTax: 116.81 }] };
    expect((await post(shop, `${path}/line-item-versions`, tooMuch)).status).toBe(422);
    const { body } = await shop.call("POST", `${path}/${id}/complete-online?expand=lineItemVersion`);
    expect(body).toMatchObject({ amount: 59.9, lineItemVersion: { id: created.body.id, externalId: "v-1" } });
    expect(await shop.read(id)).toMatchObject({ authorizationAmount: 116.8, completedAmount: 59.9 });
  });
});

describe("voids", () => {
  it("lets the money go, once", async () => {
    const shop = await openShop();
    const id = await openAuthorized(shop);
    const { body } = await shop.call("POST", `${path}/${id}/void-online?expand=transaction`);
    expect(body).toMatchObject({
      state: "SUCCESSFUL",
      mode: "ONLINE",
      linkedTransaction: id,
      transaction: { id, state: "VOIDED" },
    });
    expect((await post(shop, `${path}/${id}/void-online`)).status).toBe(422);
    expect(await list(shop, `${path}/voids/search?query=linkedTransaction:${id}`)).toHaveLength(1);
  });

  it("waits, and may fail", async () => {
    const shop = await openShop();
    await switches(shop, { voidDelay: "PT10M", voidOutcome: "failed" });
    const id = await openAuthorized(shop);
    const { body } = await post(shop, `${path}/${id}/void-online`);
    expect(body.state).toBe("PENDING");
    await shop.advance("PT10M");
    expect((await shop.call("GET", `${path}/voids/${body.id}`)).body.state).toBe("FAILED");
    expect((await shop.read(id)).state).toBe("AUTHORIZED");
  });

  it("is refused once a part was taken", async () => {
    const shop = await openShop();
    const id = await openAuthorized(shop);
    await post(shop, `${path}/${id}/complete-partially-online`, {
      lastCompletion: false,
      lineItems: [{ uniqueId: "shipping", quantity: 1, amount: 7 }],
    });
    expect((await post(shop, `${path}/${id}/void-online`)).body.code).toBe("partially_completed");
  });
});

describe("refunds", () => {
  const refund = (transaction: number, externalId: string, rest: Readonly<Record<string, unknown>>) => ({
    transaction,
    externalId,
    type: "MERCHANT_INITIATED_ONLINE",
    ...rest,
  });
  const one = { lineItemUniqueId: "sku-1", quantityReduction: 1, unitPriceReduction: 0 };

  it("gives back a piece, then part of a price, and tells what stays sold", async () => {
    const shop = await openShop();
    const id = await openPaid(shop);
    const first = await shop.call("POST", "/payment/refunds?expand=transaction", {
      body: refund(id, "r-1", { reductions: [one] }),
    });
    expect(first).toMatchObject({
      status: 201,
      body: {
        state: "SUCCESSFUL",
        amount: 59.9,
        reductions: [one],
        lineItems: [{ uniqueId: "sku-1", quantity: 1, amountIncludingTax: 59.9 }],
        taxes: [{ title: "MwSt.", rate: 8.1 }],
        transaction: { id, state: "FULFILL", refundedAmount: 59.9 },
      },
    });
    expect(first.body.reducedLineItems).toMatchObject([
      { uniqueId: "sku-1", quantity: 1, amountIncludingTax: 59.9 },
      { uniqueId: "shipping" },
      { uniqueId: "coupon" },
    ]);
    const cut = { lineItemUniqueId: "sku-1", quantityReduction: 0, unitPriceReduction: 9.95 };
    const second = await post(shop, "/payment/refunds", refund(id, "r-2", { reductions: [cut] }));
    expect(second.body).toMatchObject({ amount: 9.95 });
    expect(second.body.reducedLineItems[0]).toMatchObject({
      uniqueId: "sku-1",
      quantity: 1,
      amountIncludingTax: 49.95,
    });
    expect((await shop.read(id)).refundedAmount).toBe(69.85);
  });

  it("repeats by externalId, and never gives back more than was taken", async () => {
    const shop = await openShop();
    const id = await openPaid(shop);
    const first = await post(shop, "/payment/refunds", refund(id, "r-1", { amount: 100 }));
    const again = await post(shop, "/payment/refunds", refund(id, "r-1", { amount: 100 }));
    expect(again.body.id).toBe(first.body.id);
    expect((await shop.read(id)).refundedAmount).toBe(100);
    expect((await post(shop, "/payment/refunds", refund(id, "r-2", { amount: 16.81 }))).body.errors).toEqual({
      amount: "must be above 0 and at most 16.8",
    });
    expect((await post(shop, "/payment/refunds", refund(id, "r-3", { amount: 16.8 }))).status).toBe(201);
    expect((await post(shop, "/payment/refunds", refund(id, "r-4", { amount: 0.05 }))).status).toBe(422);
  });

  it.each([
    ["nothing", {}, "amount"],
    ["an unknown line", { reductions: [{ ...one, lineItemUniqueId: "x" }] }, "reductions[0].lineItemUniqueId"],
    ["a discount", { reductions: [{ ...one, lineItemUniqueId: "coupon" }] }, "reductions[0]"],
    ["too many pieces", { reductions: [{ ...one, quantityReduction: 3 }] }, "reductions[0].quantityReduction"],
    [
      "too much of a price",
      { reductions: [{ ...one, unitPriceReduction: 59.91 }] },
      "reductions[0].unitPriceReduction",
    ],
    ["an amount that is not that of the reductions", { amount: 59.92, reductions: [one] }, "amount"],
    ["a completion of another transaction", { amount: 1, completion: 5 }, "completion"],
  ])("refuses %s", async (_what, rest, field) => {
    const shop = await openShop();
    const id = await openPaid(shop);
    const { status, body } = await post(shop, "/payment/refunds", refund(id, "r-1", rest));
    expect(status).toBe(422);
    expect(Object.keys(body.errors)).toEqual([field]);
  });

  it("believes the reductions where told so, and accepts both within a cent", async () => {
    const shop = await openShop();
    const id = await openPaid(shop);
    const close = await post(shop, "/payment/refunds", refund(id, "r-1", { amount: 59.89, reductions: [one] }));
    expect(close.body.amount).toBe(59.9);
    await switches(shop, { refundWithBoth: "reductionsWin" });
    const cut = { lineItemUniqueId: "sku-1", quantityReduction: 0, unitPriceReduction: 9.95 };
    const far = await post(shop, "/payment/refunds", refund(id, "r-2", { amount: 1, reductions: [cut] }));
    expect(far.body.amount).toBe(9.95);
  });

  it("is refused before the money was taken", async () => {
    const shop = await openShop();
    const id = await openAuthorized(shop);
    expect((await post(shop, "/payment/refunds", refund(id, "r-1", { amount: 1 }))).body.code).toBe(
      "transaction_not_refundable",
    );
  });

  it("waits alone for its outcome", async () => {
    const shop = await openShop();
    await switches(shop, { refundDelay: "PT1H" });
    const id = await openPaid(shop);
    const first = await post(shop, "/payment/refunds", refund(id, "r-1", { amount: 10 }));
    expect(first.body).toMatchObject({ state: "PENDING", nextUpdateOn: "2026-02-03T10:00:00.000Z" });
    expect((await post(shop, "/payment/refunds", refund(id, "r-2", { amount: 10 }))).body.code).toBe(
      "operation_in_progress",
    );
    expect((await shop.read(id)).refundedAmount).toBe(0);
    await shop.advance("PT1H");
    expect((await shop.read(id)).refundedAmount).toBe(10);
    const after = await list(shop, `/payment/refunds?after=${first.body.id - 1}&order=ASC`);
    expect(after).toMatchObject([{ id: first.body.id, state: "SUCCESSFUL", transaction: { id } }]);
  });

  it.each([
    ["mark-succeeded", "SUCCESSFUL", 10],
    ["mark-failed", "FAILED", 0],
  ])("waits for a person: %s", async (mark, state, refundedAmount) => {
    const shop = await openShop();
    await switches(shop, { refundOutcome: "manualCheck" });
    const id = await openPaid(shop);
    const { body } = await post(shop, "/payment/refunds", refund(id, "r-1", { amount: 10 }));
    expect(body.state).toBe("MANUAL_CHECK");
    expect((await post(shop, `/payment/refunds/${body.id}/${mark}`)).body.state).toBe(state);
    expect((await post(shop, `/payment/refunds/${body.id}/${mark}`)).status).toBe(422);
    expect((await shop.read(id)).refundedAmount).toBe(refundedAmount);
  });

  it("fails where it is told to, but not offline", async () => {
    const shop = await openShop();
    await switches(shop, { refundOutcome: "failed" });
    const id = await openPaid(shop);
    expect((await post(shop, "/payment/refunds", refund(id, "r-1", { amount: 10 }))).body).toMatchObject({
      state: "FAILED",
      failedOn: "2026-02-03T09:00:00.000Z",
    });
    const offline = { ...refund(id, "r-2", { amount: 10 }), type: "MERCHANT_INITIATED_OFFLINE" };
    expect((await post(shop, "/payment/refunds", offline)).body.state).toBe("SUCCESSFUL");
  });

  it("comes from the back office and from the buyer's bank, and tells the shop", async () => {
    const shop = await openShop();
    const receiver = await openReceiver();
    await listenTo(shop, receiver, 1472041839405, ["SUCCESSFUL"]);
    const id = await openPaid(shop);
    await shop.control("POST", `/transactions/${id}/back-office`, { action: "refund", amount: 16.8 });
    await shop.control("POST", `/transactions/${id}/back-office`, { action: "chargeback" });
    expect(await list(shop, "/payment/refunds")).toMatchObject([
      { amount: 16.8, type: "MERCHANT_INITIATED_ONLINE" },
      { amount: 100, type: "CUSTOMER_INITIATED_AUTOMATIC" },
    ]);
    await shop.control("POST", "/webhooks/deliver");
    expect(receiver.arrived.map(({ body }) => body.listenerEntityTechnicalName)).toEqual(["Refund", "Refund"]);
  });
});

describe("invoices", () => {
  const payByInvoice = async (shop: Shop) => {
    const { body } = await shop.control("GET", "/spaces/70001");
    const { id: methodConfiguration } = body.methods.find((row: { method: string }) => row.method === "invoice");
    const { id } = await shop.create({ lineItems });
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay", methodConfiguration });
    const [invoice] = await list(shop, `${path}/invoices/search?query=linkedTransaction:${id}`);
    return { id, invoice };
  };

  it("is open when the buyer pays later, overdue after the term, and paid by a person's mark", async () => {
    const shop = await openShop();
    const { invoice } = await payByInvoice(shop);
    expect(invoice).toMatchObject({
      state: "OPEN",
      outstandingAmount: 116.8,
      dueOn: "2026-03-05T09:00:00.000Z",
      paidOn: null,
    });
    await shop.advance("P30D");
    expect((await shop.call("GET", `${path}/invoices/${invoice.id}`)).body.state).toBe("OVERDUE");
    expect((await post(shop, `${path}/invoices/${invoice.id}/mark-paid`)).body).toMatchObject({
      state: "PAID",
      outstandingAmount: 0,
    });
    expect((await post(shop, `${path}/invoices/${invoice.id}/derecognize`)).status).toBe(422);
  });

  it("asks for less after a refund, and for nothing after a whole one", async () => {
    const shop = await openShop();
    const { id, invoice } = await payByInvoice(shop);
    const refund = (externalId: string, amount: number) =>
      post(shop, "/payment/refunds", { transaction: id, externalId, type: "MERCHANT_INITIATED_ONLINE", amount });
    expect((await refund("r-1", 16.8)).body.updatedInvoice).toBe(invoice.id);
    expect((await shop.call("GET", `${path}/invoices/${invoice.id}`)).body).toMatchObject({
      state: "OPEN",
      outstandingAmount: 100,
    });
    await refund("r-2", 100);
    expect((await shop.call("GET", `${path}/invoices/${invoice.id}`)).body).toMatchObject({
      state: "DERECOGNIZED",
      outstandingAmount: 0,
    });
  });

  it("is replaced while it is open", async () => {
    const shop = await openShop();
    const { invoice } = await payByInvoice(shop);
    expect((await shop.call("GET", `${path}/invoices/${invoice.id}/check-replacement-possible`)).body).toBe(true);
    const billingAddress = { familyName: "Muster", city: "Bern" };
    const body = { externalId: "new", lineItems: [{ ...lineItems[0], amountIncludingTax: 50 }], billingAddress };
    const replaced = await post(shop, `${path}/invoices/${invoice.id}/replace`, body);
    expect(replaced.body).toMatchObject({ state: "OPEN", amount: 50, externalId: "new", billingAddress });
    expect((await shop.call("GET", `${path}/invoices/${invoice.id}`)).body.state).toBe("CANCELED");
    expect((await shop.call("GET", `${path}/invoices/${invoice.id}/check-replacement-possible`)).body).toBe(false);
  });
});

describe("documents", () => {
  it("are PDF files, once there is something to document", async () => {
    const shop = await openShop();
    const id = await openAuthorized(shop);
    expect((await shop.call("GET", `${path}/${id}/invoice-document`)).status).toBe(422);
    await switches(shop, { documentNotReady: "404" });
    expect((await shop.call("GET", `${path}/${id}/packing-slip-document`)).status).toBe(404);
    await post(shop, `${path}/${id}/complete-online`);
    const { body } = await shop.call("GET", `${path}/${id}/invoice-document`);
    expect(body).toMatchObject({ mimeType: "application/pdf", title: "invoice ORDER-1001" });
    const file = Buffer.from(body.data, "base64").toString("latin1");
    expect(file.slice(0, 8)).toBe("%PDF-1.4");
    expect(file).toContain("(Rechnung ORDER-1001)");
    expect(file).toContain("(116.80)");
    const start = Number(/startxref\n(\d+)/.exec(file)?.[1]);
    expect(file.slice(start, start + 4)).toBe("xref");
    for (const [place = "", index] of [...file.matchAll(/^(\d{10}) 00000 n/gm)].map(
      (match, at) => [match[1], at] as const,
    )) {
      expect(file.slice(Number(place))).toMatch(new RegExp(`^${index + 1} 0 obj\n`));
    }
    expect((await shop.call("GET", `${path}/${id}/packing-slip-document`)).body.title).toContain("packing slip");
    const refund = await post(shop, "/payment/refunds", {
      transaction: id,
      externalId: "r",
      type: "MERCHANT_INITIATED_ONLINE",
      amount: 5,
    });
    expect((await shop.call("GET", `/payment/refunds/${refund.body.id}/document`)).body.mimeType).toContain("pdf");
  });
});

describe("delivery indications", () => {
  it.each([
    ["mark-suitable", "SUITABLE", "FULFILL"],
    ["mark-not-suitable", "NOT_SUITABLE", "DECLINE"],
  ])("waits for a person: %s", async (mark, state, ends) => {
    const shop = await openShop();
    await switches(shop, { delivery: "manualCheck" });
    const id = await openPaid(shop);
    const [indication] = await list(shop, `/payment/delivery-indications/search?query=linkedTransaction:${id}`);
    expect(indication).toMatchObject({
      state: "MANUAL_CHECK_REQUIRED",
      manualDecisionTimeoutOn: "2026-02-06T09:00:00.000Z",
    });
    expect(indication).not.toHaveProperty("version");
    const marked = await post(shop, `/payment/delivery-indications/${indication.id}/${mark}`);
    expect(marked.body).toMatchObject({ state, manuallyDecidedBy: 12345 });
    expect((await shop.read(id)).state).toBe(ends);
    expect((await post(shop, `/payment/delivery-indications/${indication.id}/${mark}`)).status).toBe(422);
  });
});

describe("charge attempts", () => {
  it("tell of every try, with its labels and its reason", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay", card: "insufficientFunds" });
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay", card: "mastercard" });
    const query = `/payment/charge-attempts/search?query=charge.transaction.id:${id}&order=createdOn:ASC&expand=failureReason&expand=charge&expand=labels.descriptor`;
    const [failed, successful] = await list(shop, query);
    expect(failed).toMatchObject({
      state: "FAILED",
      linkedTransaction: id,
      failureReason: { category: "END_USER" },
      userFailureMessage: expect.stringContaining("Limite"),
      charge: { state: "FAILED", type: "SYNCHRONOUS" },
    });
    expect(successful.state).toBe("SUCCESSFUL");
    expect(successful.labels[0]).toMatchObject({
      contentAsString: "555555******4444",
      descriptor: { id: 1456765125779, name: { "en-US": "Masked card number" } },
    });
  });
});

describe("tokens", () => {
  const customer = { customerId: "cust-88", customerEmailAddress: "anna@example.ch" };
  const keep = async (shop: Shop, changes: Readonly<Record<string, unknown>>, isKept = false) => {
    const { id } = await shop.create({ ...customer, ...changes });
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay", card: "success", keep: isKept });
    return (await shop.call("GET", `${path}/${id}?expand=token`)).body.token;
  };

  it.each([
    ["FORCE_CREATION", false, { state: "ACTIVE", enabledForOneClickPayment: false }],
    ["FORCE_CREATION_WITH_ONE_CLICK_PAYMENT", false, { enabledForOneClickPayment: true, customerId: "cust-88" }],
    ["ALLOW_ONE_CLICK_PAYMENT", true, { enabledForOneClickPayment: true }],
    ["ALLOW_ONE_CLICK_PAYMENT", false, null],
  ])("with %s and the box ticked %s", async (tokenizationMode, isKept, expected) => {
    const shop = await openShop();
    const token = await keep(shop, { tokenizationMode }, isKept);
    if (expected === null) expect(token).toBeNull();
    else expect(token).toMatchObject(expected);
  });

  it("keeps nothing for guests or where nobody asked", async () => {
    const shop = await openShop();
    expect(await keep(shop, {})).toBeNull();
    const { id } = await shop.create({ tokenizationMode: "FORCE_CREATION" });
    await shop.control("POST", `/transactions/${id}/buyer`, { action: "pay", card: "success" });
    expect((await shop.read(id)).token).toBeNull();
  });

  it("charges without the buyer, until the token is deleted", async () => {
    const shop = await openShop();
    const token = await keep(shop, { tokenizationMode: "FORCE_CREATION" });
    const version = await shop.call("GET", `/payment/tokens/${token.id}/active-version?expand=paymentMethodBrand`);
    expect(version.body).toMatchObject({
      state: "ACTIVE",
      name: "4111 11** **** 1111",
      expiresOn: "2028-12-31T23:59:59.000Z",
      paymentMethodBrand: { name: { "en-US": "Visa" } },
    });
    const charge = async (changes = {}) => {
      const { id } = await shop.create({ ...customer, token: token.id, ...changes });
      return shop.call("POST", `${path}/${id}/process-without-interaction`);
    };
    expect((await charge()).body).toMatchObject({ state: "FULFILL", customerId: "cust-88" });
    expect((await charge({ customerId: "other" })).status).toBe(422);
    await switches(shop, { storedMeans: "declined" });
    expect((await charge()).body).toMatchObject({
      state: "FAILED",
      userFailureMessage: expect.stringContaining("abgelehnt"),
    });
    await switches(shop, { storedMeans: "asksBuyer" });
    expect((await charge()).body.state).toBe("FAILED");
    expect((await shop.call("DELETE", `/payment/tokens/${token.id}`)).status).toBe(204);
    expect((await charge()).body.code).toBe("token_not_usable");
    expect((await shop.call("GET", `/payment/tokens/${token.id}`)).body.state).toBe("DELETED");
  });

  it("answers the charge of process-with-token, and goes on processing without a token", async () => {
    const shop = await openShop();
    const token = await keep(shop, { tokenizationMode: "FORCE_CREATION" });
    const { id } = await shop.create({ ...customer, token: token.id });
    const { body } = await shop.call("POST", `${path}/${id}/process-with-token?expand=transaction`);
    expect(body).toMatchObject({ state: "SUCCESSFUL", type: "TOKEN", transaction: { id, state: "FULFILL" } });
    const bare = await shop.create();
    expect((await post(shop, `${path}/${bare.id}/process-without-interaction`)).body.state).toBe("PROCESSING");
    expect((await post(shop, `${path}/${bare.id}/process-with-token`)).body.code).toBe("token_missing");
  });

  it("pays with one click, and forgets on demand", async () => {
    const shop = await openShop();
    const token = await keep(shop, { tokenizationMode: "FORCE_CREATION_WITH_ONE_CLICK_PAYMENT" });
    const { id } = await shop.create(customer);
    const credentials = (await shop.call("GET", `${path}/${id}/credentials`)).text;
    const where = `${path}/by-credentials/${credentials}/one-click-tokens`;
    expect(await list(shop, `${where}?expand=token`)).toMatchObject([
      { token: { id: token.id, customerId: "cust-88" } },
    ]);
    const redirect = await post(shop, `${where}/${token.id}/process`);
    expect(redirect.text).toBe("https://shop.example.ch/return?r=ok");
    expect(await shop.read(id)).toMatchObject({ state: "FULFILL", token: { id: token.id } });
    const stranger = await shop.create({ customerId: "other" });
    const other = (await shop.call("GET", `${path}/${stranger.id}/credentials`)).text;
    expect(await list(shop, `${path}/by-credentials/${other}/one-click-tokens`)).toEqual([]);
    expect((await shop.call("DELETE", `${path}/by-credentials/${other}/one-click-tokens/${token.id}`)).status).toBe(
      422,
    );
    expect((await shop.call("DELETE", `${where}/${token.id}`)).status).toBe(204);
    expect(await list(shop, where)).toEqual([]);
  });

  it("is filled and renewed by a transaction made for it", async () => {
    const shop = await openShop();
    const token = await post(shop, "/payment/tokens", {
      externalId: "tok-1",
      customerId: "cust-88",
      enabledForOneClickPayment: true,
    });
    expect(token.status).toBe(201);
    expect((await post(shop, "/payment/tokens", { externalId: "tok-1" })).body.id).toBe(token.body.id);
    expect((await shop.call("GET", `/payment/tokens/${token.body.id}/active-version`)).status).toBe(404);
    const renew = async () => {
      const { body } = await post(shop, `/payment/tokens/${token.body.id}/create-transaction-for-token-update`);
      const patched = await shop.call("PATCH", `${path}/${body.id}`, {
        body: { version: 2, lineItems, currency: "CHF" },
      });
      expect(patched.body).toMatchObject({ customerId: "cust-88", token: { id: token.body.id } });
      await shop.control("POST", `/transactions/${body.id}/buyer`, { action: "pay", card: "mastercard" });
    };
    await renew();
    await renew();
    expect(await list(shop, "/payment/token-versions")).toMatchObject([
      { state: "OBSOLETE" },
      { state: "ACTIVE", name: "5555 55** **** 4444" },
    ]);
    const updated = await shop.call("PATCH", `/payment/tokens/${token.body.id}`, {
      body: { version: 1, tokenReference: "Anna" },
    });
    expect(updated.body).toMatchObject({ tokenReference: "Anna", version: 2 });
  });

  it("tells whether a token could be made", async () => {
    const shop = await openShop();
    const id = await openPaid(shop);
    expect((await shop.call("GET", `${path}/${id}/check-token-creation-possible`)).body).toBe(true);
    const { id: open } = await shop.create();
    expect((await shop.call("GET", `${path}/${open}/check-token-creation-possible`)).body).toBe(false);
  });
});

describe("the methods of a space", () => {
  it("are listed in pages", async () => {
    const shop = await openShop();
    const first = await shop.call("GET", "/payment/method-configurations?limit=3");
    expect(first.body).toMatchObject({ hasMore: true, limit: 3 });
    const rest = await shop.call(
      "GET",
      `/payment/method-configurations?after=${first.body.data[2].id}&expand=paymentMethod`,
    );
    expect(rest.body.data).toMatchObject([{ name: "Invoice", paymentMethod: { name: { "it-IT": "Fattura" } } }]);
  });
});
