import { describe, expect, it } from "vitest";
import { isSignedRight, listenTo, openReceiver, openShop, type Shop, untilPerforming } from "../testing/shop.ts";

const terminal = 380001;
const path = `/payment/terminals/${terminal}`;

/** Asks the terminal; answers once it does. The request itself goes on. */
async function ask(shop: Shop, id: unknown, where = path) {
  const answer = shop.call("POST", `${where}/perform-transaction?transactionId=${id}&language=de-CH`);
  answer.catch(() => undefined);
  await untilPerforming(shop, id);
  return { answer };
}
const act = (shop: Shop, action: object, id: unknown = terminal) => shop.control("POST", `/terminals/${id}`, action);

describe("a payment at a terminal", () => {
  it("waits for the buyer and answers the transaction as a terminal leaves it", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const { answer } = await ask(shop, id);
    expect(await shop.read(id)).toMatchObject({ state: "PROCESSING", terminal: { id: terminal } });
    await act(shop, { action: "pay", tip: 2.05 });
    const { status, body } = await answer;
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      state: "FULFILL",
      terminal: { id: terminal },
      customersPresence: "PHYSICAL_PRESENT",
      userInterfaceType: "CLOUD_TILL_INTERFACE",
      authorizationSalesChannel: 1582819151330,
      authorizationAmount: 39,
      completedAmount: 39,
    });
    expect(body.lineItems.at(-1)).toMatchObject({ type: "TIP", amountIncludingTax: 2.05 });
    const attempts = await shop.call("GET", `/payment/charge-attempts/search?query=linkedTransaction:${id}`);
    expect(attempts.body.data).toMatchObject([{ state: "SUCCESSFUL", salesChannel: 1582819151330 }]);
  });

  it.each([
    ["decline", "Declined"],
    ["removeCard", "Card removed"],
    ["stop", "Cancelled"],
  ])("fails when the device says %s", async (action, name) => {
    const shop = await openShop();
    const { id } = await shop.create();
    const { answer } = await ask(shop, id, "/payment/terminals/by-identifier/30012345");
    await act(shop, { action });
    expect((await answer).body).toMatchObject({ state: "FAILED" });
    const read = await shop.call("GET", `/payment/transactions/${id}?expand=failureReason`);
    expect(read.body.failureReason.name["en-US"]).toBe(name);
    expect((await shop.control("GET", "/terminals")).body.data[0].performing).toBeNull();
  });

  it("is resumed by the same request after the service gave up, also by two at once", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const { answer } = await ask(shop, id);
    await shop.advance("PT90S");
    expect(await answer).toMatchObject({ status: 543, body: { code: "terminal_timeout" } });
    const again = [await ask(shop, id), await ask(shop, id)];
    await act(shop, { action: "pay" });
    for (const { answer: resumed } of again) expect((await resumed).body).toMatchObject({ id, state: "FULFILL" });
    // And once more after it is over.
    expect((await shop.call("POST", `${path}/perform-transaction?transactionId=${id}`)).body.state).toBe("FULFILL");
    const attempts = await shop.call("GET", `/payment/charge-attempts/search?query=linkedTransaction:${id}`);
    expect(attempts.body.data).toHaveLength(1);
  });

  it("is given up by the device when nobody does anything", async () => {
    const shop = await openShop();
    await shop.control("PATCH", "/spaces/70001", { switches: { terminalPoll: "PT10M" } });
    const { id } = await shop.create();
    const { answer } = await ask(shop, id);
    await shop.advance("PT5M");
    expect((await answer).body).toMatchObject({ id, state: "FAILED" });
  });

  it("takes one transaction at a time", async () => {
    const shop = await openShop();
    const [one, other] = [await shop.create(), await shop.create()];
    await ask(shop, one.id);
    const busy = await shop.call("POST", `${path}/perform-transaction?transactionId=${other.id}`);
    expect(busy).toMatchObject({ status: 409, body: { code: "terminal_busy" } });
    expect((await shop.read(other.id)).state).toBe("PENDING");
    expect((await shop.call("POST", `${path}/trigger-final-balance`)).status).toBe(409);
    expect((await shop.call("POST", `${path}/unlink`)).status).toBe(409);
    await shop.control("PATCH", "/spaces/70001", { switches: { terminalBusy: "422" } });
    expect((await shop.call("POST", `${path}/perform-transaction?transactionId=${other.id}`)).status).toBe(422);
  });

  it("says what is wrong with a terminal, and leaves the transaction as it was", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const perform = (which: string, transaction: unknown = id) =>
      shop.call("POST", `/payment/terminals/${which}/perform-transaction?transactionId=${transaction}`);
    expect(await perform("1")).toMatchObject({ status: 404, body: { code: "resource_missing" } });
    expect(await perform("by-identifier/1")).toMatchObject({ status: 404, body: { code: "resource_missing" } });
    expect(await perform(String(terminal), 1)).toMatchObject({ status: 404 });
    await act(shop, { action: "offline" });
    expect(await perform(String(terminal))).toMatchObject({ status: 422, body: { code: "terminal_offline" } });
    await act(shop, { action: "online" });
    await shop.call("POST", `${path}/unlink`);
    expect(await perform(String(terminal))).toMatchObject({ status: 422, body: { code: "terminal_not_active" } });
    const euro = await shop.create({ currency: "EUR" });
    await shop.call("POST", `${path}/link?serialNumber=1`);
    expect(await perform(String(terminal), euro.id)).toMatchObject({ status: 422, body: { code: "wrong_currency" } });
    expect((await shop.read(id)).state).toBe("PENDING");
    expect((await shop.call("POST", `${path}/perform-transaction`)).status).toBe(400);
  });

  it("wants a confirmed transaction where the switch says so", async () => {
    const shop = await openShop();
    await shop.control("PATCH", "/spaces/70001", { switches: { terminalTakes: "confirmed" } });
    const { id } = await shop.create();
    const perform = () => shop.call("POST", `${path}/perform-transaction?transactionId=${id}`);
    expect(await perform()).toMatchObject({ status: 422, body: { code: "transaction_not_confirmed" } });
    await shop.call("POST", `/payment/transactions/${id}/confirm`, { body: { version: 1 } });
    const { answer } = await ask(shop, id);
    await act(shop, { action: "pay" });
    expect((await answer).body.state).toBe("FULFILL");
  });

  it("waits for a device without network where the switch says so", async () => {
    const shop = await openShop();
    await shop.control("PATCH", "/spaces/70001", { switches: { terminalOffline: "waits" } });
    await act(shop, { action: "offline" });
    const { id } = await shop.create();
    const { answer } = await ask(shop, id);
    expect((await act(shop, { action: "pay" })).body.code).toBe("terminal_offline");
    await act(shop, { action: "online" });
    await act(shop, { action: "pay", card: "mastercard" });
    expect((await answer).body.state).toBe("FULFILL");
  });

  it("has slips for the merchant and the buyer, and none of a payment that no terminal took", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const receipts = (format: string, width: number) =>
      shop.call("GET", `/payment/transactions/${id}/terminal-receipts?format=${format}&width=${width}`);
    expect((await receipts("TXT", 32)).body.data).toEqual([]);
    const { answer } = await ask(shop, id);
    await act(shop, { action: "pay" });
    await answer;
    const { data } = (await receipts("TXT", 32)).body;
    expect(data.map((one: { receiptType: { name: unknown } }) => one.receiptType.name)).toEqual([
      { "en-US": "Merchant" },
      { "en-US": "Customer" },
    ]);
    const text = Buffer.from(data[0].data, "base64").toString();
    expect(text).toContain("Total                  CHF 36.95");
    expect(text.split("\n").every((line) => line.length <= 32)).toBe(true);
    const pdf = (await receipts("PDF", 80)).body.data[1];
    expect(pdf).toMatchObject({ mimeType: "application/pdf", printed: false });
    expect(Buffer.from(pdf.data, "base64").subarray(0, 5).toString()).toBe("%PDF-");
    expect((await receipts("DOC", 80)).status).toBe(400);
  });
});

describe("a terminal", () => {
  it("is set up, linked, unlinked and removed, and tells it", async () => {
    const shop = await openShop();
    const receiver = await openReceiver();
    const states = ["PREPARING", "ACTIVE", "INACTIVE", "DECOMMISSIONED"];
    await listenTo(shop, receiver, 1582966575099, states);
    const body = { externalId: "till-3", type: 1, name: "Kasse 3", identifier: "30012346" };
    const created = await shop.call("POST", "/payment/terminals", { body });
    expect(created).toMatchObject({ status: 201, body: { state: "PREPARING", deviceSerialNumber: null, version: 1 } });
    const { id } = created.body;
    expect((await shop.call("POST", "/payment/terminals", { body })).body.id).toBe(id);
    const at = `/payment/terminals/${id}`;
    expect((await shop.call("POST", `${at}/link?serialNumber=1850012345`)).status).toBe(204);
    expect((await shop.call("POST", `${path}/link?serialNumber=1850012345`)).status).toBe(422);
    const renamed = await shop.call("PATCH", at, { body: { version: 2, name: "Kasse 4" } });
    expect(renamed.body).toMatchObject({ name: "Kasse 4", state: "ACTIVE", deviceSerialNumber: "1850012345" });
    expect((await shop.call("PATCH", at, { body: { version: 1 } })).status).toBe(409);
    const order = await shop.create();
    const credentials = await shop.call("GET", `${at}/till-connection-credentials?transactionId=${order.id}`);
    expect(credentials).toMatchObject({ status: 200 });
    expect((await shop.call("POST", `${at}/unlink`)).status).toBe(204);
    expect((await shop.call("DELETE", at)).status).toBe(204);
    expect((await shop.call("GET", "/payment/terminals/search?query=name:%22Kasse+4%22")).body.data).toMatchObject([
      { id, state: "DECOMMISSIONED" },
    ]);
    await shop.control("POST", "/webhooks/deliver");
    expect(receiver.arrived.map((one) => one.body.state)).toEqual(states);
    for (const one of receiver.arrived) expect(await isSignedRight(shop, one)).toBe(true);
  });

  it("ends its day once for each payment", async () => {
    const shop = await openShop();
    for (const tip of [undefined, 2]) {
      const { answer } = await ask(shop, (await shop.create()).id);
      await act(shop, { action: "pay", ...(tip === undefined ? {} : { tip }) });
      await answer;
    }
    const { status, body } = await shop.call("POST", `${path}/trigger-final-balance`);
    expect(status).toBe(201);
    expect(body).toMatchObject({ terminalId: terminal, terminalIdentifier: "30012345" });
    const summaries = "/payment/terminals/transaction-summaries";
    expect((await shop.call("GET", `${summaries}/${body.id}`)).body).toMatchObject({
      paymentTerminal: terminal,
      numberOfTransactions: 2,
      balanceAmountPerCurrency: { CHF: 75.9 },
      transactionSums: [{ brand: "Visa", transactionCount: 2, transactionAmount: 75.9, transactionTipAmount: 2 }],
    });
    const slip = await shop.call("GET", `${summaries}/${body.id}/receipt?format=TXT&width=40`);
    expect(Buffer.from(slip.body.data, "base64").toString()).toContain("2 x Visa");
    const next = await shop.call("POST", "/payment/terminals/by-identifier/30012345/trigger-final-balance");
    expect((await shop.call("GET", `${summaries}/${next.body.id}`)).body.numberOfTransactions).toBe(0);
    const found = await shop.call("GET", `${summaries}/search?query=paymentTerminal:${terminal}`);
    expect(found.body.data.map((one: { reference: number }) => one.reference)).toEqual([1, 2]);
  });

  it("has a page with the keys of the device", async () => {
    const shop = await openShop();
    const { id } = await shop.create();
    const { answer } = await ask(shop, id);
    const page = `${shop.url}/terminal/${terminal}`;
    expect(await (await fetch(page)).text()).toContain("CHF");
    const pressed = await fetch(page, { method: "POST", body: new URLSearchParams({ action: "pay" }) });
    expect(await pressed.text()).toContain("Ready");
    expect((await answer).body.state).toBe("FULFILL");
    const late = await fetch(page, { method: "POST", body: new URLSearchParams({ action: "pay" }) });
    expect(late.status).toBe(422);
    expect(await (await fetch(shop.url)).text()).toContain(`/terminal/${terminal}`);
  });

  it("ends every waiting at a reset", async () => {
    const shop = await openShop();
    const { answer } = await ask(shop, (await shop.create()).id);
    await shop.control("POST", "/reset");
    expect((await answer).status).toBe(503);
    expect((await shop.control("GET", "/terminals")).body.data[0].performing).toBeNull();
  });
});
