import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { SpaceClient } from "../client.ts";
import { createClient } from "../create-client.ts";
import { toDecimal, toServiceId, toSpaceId } from "../ids.ts";
import { webhookEntities } from "../webhooks/webhook-entities.ts";
import { answerJson, startTestService, testSettings } from "../wire/test-service.ts";

const answers = JSON.parse(readFileSync(new URL("__fixtures__/answers.json", import.meta.url), "utf8"));
const transaction = JSON.parse(readFileSync(new URL("__fixtures__/transaction.json", import.meta.url), "utf8"));
const list = (...data: readonly object[]) => ({ data, hasMore: false, limit: 100 });

const id = toServiceId(900001);
const terminal = toServiceId(990001);
const transactionExpand =
  "expand=failureReason&expand=paymentConnectorConfiguration&expand=paymentConnectorConfiguration.paymentMethodConfiguration";
const line = { uniqueId: "sku-1", quantity: toDecimal(1), amount: toDecimal("59.90") };
const lineItem = {
  uniqueId: "sku-1",
  type: "PRODUCT",
  name: "Rucksack",
  quantity: toDecimal(1),
  amountIncludingTax: toDecimal("59.90"),
} as const;
const completion = { externalId: "cap-1", lastCompletion: false, lineItems: [line] };
const refund = { transaction: id, externalId: "ref-1", type: "MERCHANT_INITIATED_ONLINE" } as const;
const reduction = {
  lineItemUniqueId: "sku-1",
  quantityReduction: toDecimal(1),
  unitPriceReduction: toDecimal("0.50"),
};
const listener = {
  name: "Shop Transaction",
  entity: webhookEntities.Transaction,
  entityStates: ["FULFILL"],
  notifyEveryChange: false,
  state: "ACTIVE",
  url: toServiceId(950001),
} as const;

interface Operation {
  readonly call: (space: SpaceClient) => Promise<unknown>;
  readonly line: string;
  readonly body?: string;
  readonly answer: object | string;
  readonly result: unknown;
}

const scriptUrl =
  "https://checkout.postfinance.ch/assets/payment/iframe-checkout-handler.js?spaceId=70001&securityToken=x";

const operations: Readonly<Record<string, Operation>> = {
  createTransaction: {
    call: (space) => space.createTransaction({ lineItems: [lineItem], currency: "CHF" }),
    line: `POST /payment/transactions?${transactionExpand}`,
    body: '{"lineItems":[{"uniqueId":"sku-1","type":"PRODUCT","name":"Rucksack","quantity":1,"amountIncludingTax":59.9}],"currency":"CHF"}',
    answer: transaction,
    result: { id: "900001" },
  },
  updateTransaction: {
    call: (space) => space.updateTransaction(id, { version: 1, merchantReference: "1001" }),
    line: `PATCH /payment/transactions/900001?${transactionExpand}`,
    body: '{"version":1,"merchantReference":"1001"}',
    answer: transaction,
    result: { version: 3 },
  },
  confirmTransaction: {
    call: (space) => space.confirmTransaction(id, { version: 1 }),
    line: `POST /payment/transactions/900001/confirm?${transactionExpand}`,
    body: '{"version":1}',
    answer: transaction,
    result: { id: "900001" },
  },
  processWithoutInteraction: {
    call: (space) => space.processWithoutInteraction(id),
    line: `POST /payment/transactions/900001/process-without-interaction?${transactionExpand}`,
    answer: transaction,
    result: { state: "FAILED" },
  },
  readIframeScriptUrl: {
    call: (space) => space.readIframeScriptUrl(id),
    line: "GET /payment/transactions/900001/iframe-javascript-url",
    answer: scriptUrl,
    result: scriptUrl,
  },
  readLightboxScriptUrl: {
    call: (space) => space.readLightboxScriptUrl(id),
    line: "GET /payment/transactions/900001/lightbox-javascript-url",
    answer: scriptUrl,
    result: scriptUrl,
  },
  listPaymentMethods: {
    call: (space) => space.listPaymentMethods(id, "iframe"),
    line: "GET /payment/transactions/900001/payment-method-configurations?integrationMode=iframe",
    answer: list(answers.paymentMethodConfiguration),
    result: [{ id: "340868", dataCollectionType: "ONSITE", paymentMethod: "1457546097597", sortOrder: 1 }],
  },
  listPaymentMethodConfigurations: {
    call: (space) => space.listPaymentMethodConfigurations(),
    line: "GET /payment/method-configurations?expand=paymentMethod&limit=100&order=ASC",
    answer: list(
      { ...answers.paymentMethodConfiguration, dataCollectionType: "INVENTED" },
      { ...answers.paymentMethodConfiguration, id: 7, paymentMethod: { id: 1, supportedCurrencies: ["CHF", "EUR"] } },
    ),
    result: [
      { dataCollectionType: null, resolvedTitle: { "de-DE": "Kredit-/Debitkarte" }, supportedCurrencies: [] },
      { id: "7", paymentMethod: "1", supportedCurrencies: ["CHF", "EUR"] },
    ],
  },
  completePartiallyOnline: {
    call: (space) => space.completePartiallyOnline(id, completion),
    line: "POST /payment/transactions/900001/complete-partially-online?expand=failureReason",
    body: '{"externalId":"cap-1","lastCompletion":false,"lineItems":[{"uniqueId":"sku-1","quantity":1,"amount":59.9}]}',
    answer: answers.completion,
    result: {
      id: "920001",
      transaction: "900001",
      amount: "59.9",
      lastCompletion: false,
      succeededOn: "2026-02-03T10:00:00.400Z",
      lineItems: [{ uniqueId: "sku-1", quantity: "1", amountIncludingTax: "59.9" }],
    },
  },
  readCompletion: {
    call: (space) => space.readCompletion(toServiceId(920001)),
    line: "GET /payment/transactions/completions/920001?expand=failureReason",
    answer: { ...answers.completion, state: "SCHEDULED", nextUpdateOn: "2026-02-03T10:00:30Z" },
    result: { state: "SCHEDULED", nextUpdateOn: "2026-02-03T10:00:30.000Z", failureReason: null },
  },
  voidOnline: {
    call: (space) => space.voidOnline(id),
    line: "POST /payment/transactions/900001/void-online?expand=failureReason",
    answer: answers.void,
    result: { id: "925001", transaction: "900002", state: "SUCCESSFUL", mode: "ONLINE" },
  },
  readVoid: {
    call: (space) => space.readVoid(toServiceId(925001)),
    line: "GET /payment/transactions/voids/925001?expand=failureReason",
    answer: answers.void,
    result: { version: 2 },
  },
  createRefundOfLines: {
    call: (space) => space.createRefund({ ...refund, reductions: [reduction] }),
    line: "POST /payment/refunds?expand=failureReason&expand=transaction",
    body: '{"transaction":900001,"externalId":"ref-1","type":"MERCHANT_INITIATED_ONLINE","reductions":[{"lineItemUniqueId":"sku-1","quantityReduction":1,"unitPriceReduction":0.5}]}',
    answer: answers.refund,
    result: { id: "930001", transaction: "900001", amount: "59.9", type: "MERCHANT_INITIATED_ONLINE" },
  },
  createRefundOfAmount: {
    call: (space) => space.createRefund({ ...refund, amount: toDecimal("10.00"), merchantReference: "7" }),
    line: "POST /payment/refunds?expand=failureReason&expand=transaction",
    body: '{"transaction":900001,"externalId":"ref-1","type":"MERCHANT_INITIATED_ONLINE","merchantReference":"7","amount":10}',
    answer: answers.refund,
    result: { reductions: [{ lineItemUniqueId: "sku-1", quantityReduction: "1", unitPriceReduction: "0" }] },
  },
  readRefund: {
    call: (space) => space.readRefund(toServiceId(930001)),
    line: "GET /payment/refunds/930001?expand=failureReason&expand=transaction",
    answer: { ...answers.refund, transaction: null, state: "MANUAL_CHECK" },
    result: { transaction: null, state: "MANUAL_CHECK" },
  },
  listRefunds: {
    call: (space) => collect(space.listRefunds({ after: toServiceId(929999) })),
    line: "GET /payment/refunds?expand=failureReason&expand=transaction&after=929999&limit=100&order=ASC",
    answer: list(answers.refund),
    result: [{ id: "930001" }],
  },
  readRefundDocument: {
    call: (space) => space.readRefundDocument(toServiceId(930001)),
    line: "GET /payment/refunds/930001/document",
    answer: answers.document,
    result: { title: "Invoice", mimeType: "application/pdf", data: Buffer.from("%PDF-1.7") },
  },
  createLineItemVersion: {
    call: (space) => space.createLineItemVersion({ externalId: "v-1", transaction: id, lineItems: [lineItem] }),
    line: "POST /payment/transactions/line-item-versions?expand=failureReason",
    body: '{"externalId":"v-1","transaction":900001,"lineItems":[{"uniqueId":"sku-1","type":"PRODUCT","name":"Rucksack","quantity":1,"amountIncludingTax":59.9}]}',
    answer: answers.lineItemVersion,
    result: { id: "935001", transaction: "900001", lineItems: [{ name: "Rucksack" }] },
  },
  readInvoice: {
    call: (space) => space.readInvoice(toServiceId(960001)),
    line: "GET /payment/transactions/invoices/960001",
    answer: answers.invoice,
    result: { id: "960001", transaction: "900001", completion: "920001", outstandingAmount: "0", dueOn: null },
  },
  listInvoicesOf: {
    call: (space) => space.listInvoicesOf(id),
    line: "GET /payment/transactions/invoices/search?query=linkedTransaction%3A900001&offset=0&limit=100&order=id%3AASC",
    answer: { ...list(answers.invoice), offset: 0 },
    result: [{ id: "960001" }],
  },
  readInvoiceDocument: {
    call: (space) => space.readInvoiceDocument(id),
    line: "GET /payment/transactions/900001/invoice-document",
    answer: answers.document,
    result: { mimeType: "application/pdf" },
  },
  readPackingSlip: {
    call: (space) => space.readPackingSlip(id),
    line: "GET /payment/transactions/900001/packing-slip-document",
    answer: answers.document,
    result: { mimeType: "application/pdf" },
  },
  readDeliveryIndication: {
    call: (space) => space.readDeliveryIndication(toServiceId(980001)),
    line: "GET /payment/delivery-indications/980001",
    answer: answers.deliveryIndication,
    result: { transaction: "900001", completion: "920001", manualDecisionTimeoutOn: "2026-02-05T10:00:00.000Z" },
  },
  listDeliveryIndicationsOf: {
    call: (space) => space.listDeliveryIndicationsOf(id),
    line: "GET /payment/delivery-indications/search?query=linkedTransaction%3A900001&offset=0&limit=100&order=id%3AASC",
    answer: {
      data: [{ ...answers.deliveryIndication, linkedTransaction: 1 }, answers.deliveryIndication],
      hasMore: false,
    },
    result: [{ transaction: "900001" }],
  },
  listDeliveryIndications: {
    call: (space) => collect(space.listDeliveryIndications()),
    line: "GET /payment/delivery-indications?limit=100&order=ASC",
    answer: list(answers.deliveryIndication),
    result: [{ id: "980001" }],
  },
  markSuitable: {
    call: (space) => space.markSuitable(toServiceId(980001)),
    line: "POST /payment/delivery-indications/980001/mark-suitable",
    answer: { ...answers.deliveryIndication, state: "SUITABLE" },
    result: { state: "SUITABLE" },
  },
  markNotSuitable: {
    call: (space) => space.markNotSuitable(toServiceId(980001)),
    line: "POST /payment/delivery-indications/980001/mark-not-suitable",
    answer: { ...answers.deliveryIndication, state: "NOT_SUITABLE" },
    result: { state: "NOT_SUITABLE" },
  },
  listChargeAttemptsOf: {
    call: (space) => space.listChargeAttemptsOf(id),
    line: "GET /payment/charge-attempts/search?expand=failureReason&query=linkedTransaction%3A900001&offset=0&limit=100&order=id%3AASC",
    answer: list(answers.chargeAttempt),
    result: [{ state: "FAILED", labels: [{ descriptor: "1456765125779", text: "41111111****1111" }] }],
  },
  listTokens: {
    call: (space) => space.listTokens("cust-88"),
    line: "GET /payment/tokens/search?query=customerId%3A%22cust-88%22&offset=0&limit=100&order=id%3AASC",
    answer: { data: [answers.token, { ...answers.token, id: 2, customerId: "cust-881" }], hasMore: false },
    result: [{ id: "940001", customerId: "cust-88" }],
  },
  readToken: {
    call: (space) => space.readToken(toServiceId(940001)),
    line: "GET /payment/tokens/940001",
    answer: answers.token,
    result: { enabledForOneClickPayment: true },
  },
  deleteToken: {
    call: (space) => space.deleteToken(toServiceId(940001)),
    line: "DELETE /payment/tokens/940001",
    answer: "",
    result: undefined,
  },
  readActiveTokenVersion: {
    call: (space) => space.readActiveTokenVersion(toServiceId(940001)),
    line: "GET /payment/tokens/940001/active-version?expand=paymentMethodBrand&expand=paymentConnectorConfiguration&expand=paymentConnectorConfiguration.paymentMethodConfiguration",
    answer: {
      ...answers.tokenVersion,
      paymentConnectorConfiguration: { id: 126431, paymentMethodConfiguration: { id: 340868, name: "Card" } },
    },
    result: {
      token: "940001",
      paymentMethodConfiguration: { id: "340868", name: "Card", resolvedTitle: {} },
      name: "4111 11** **** 1111",
      brand: { name: { "en-US": "Visa" } },
      retryStrategy: null,
    },
  },
  listTerminals: {
    call: (space) => space.listTerminals(),
    line: "GET /payment/terminals?limit=100&order=ASC",
    answer: list(answers.terminal, { ...answers.terminal, id: 990002, deviceSerialNumber: null }),
    result: [
      { id: "990001", identifier: "30012345", state: "ACTIVE", deviceSerialNumber: "1850012345" },
      { deviceSerialNumber: null },
    ],
  },
  readTerminal: {
    call: (space) => space.readTerminal(terminal),
    line: "GET /payment/terminals/990001",
    answer: answers.terminal,
    result: { name: "Kasse 3", defaultCurrency: "CHF" },
  },
  createTerminal: {
    call: (space) => space.createTerminal({ externalId: "till-3", type: toServiceId(1), name: "Kasse 3" }),
    line: "POST /payment/terminals",
    body: '{"externalId":"till-3","type":1,"name":"Kasse 3"}',
    answer: answers.terminal,
    result: { externalId: "till-3" },
  },
  updateTerminal: {
    call: (space) => space.updateTerminal(terminal, { version: 1, name: "Kasse 4" }),
    line: "PATCH /payment/terminals/990001",
    body: '{"version":1,"name":"Kasse 4"}',
    answer: answers.terminal,
    result: { version: 1 },
  },
  deleteTerminal: {
    call: (space) => space.deleteTerminal(terminal),
    line: "DELETE /payment/terminals/990001",
    answer: "",
    result: undefined,
  },
  linkTerminal: {
    call: (space) => space.linkTerminal(terminal, "1850012345"),
    line: "POST /payment/terminals/990001/link?serialNumber=1850012345",
    answer: "",
    result: undefined,
  },
  unlinkTerminal: {
    call: (space) => space.unlinkTerminal(terminal),
    line: "POST /payment/terminals/990001/unlink",
    answer: "",
    result: undefined,
  },
  readTillConnectionCredentials: {
    call: (space) => space.readTillConnectionCredentials(terminal, id, "de-CH"),
    line: "GET /payment/terminals/990001/till-connection-credentials?transactionId=900001&language=de-CH",
    answer: "opaque",
    result: "opaque",
  },
  performTransaction: {
    call: (space) => space.performTransaction(terminal, id, "de-CH"),
    line: `POST /payment/terminals/990001/perform-transaction?transactionId=900001&language=de-CH&${transactionExpand}`,
    answer: { ...transaction, terminal: { id: 990001 } },
    result: { kind: "done", transaction: { id: "900001", terminal: "990001" } },
  },
  performTransactionByIdentifier: {
    call: (space) => space.performTransaction({ identifier: "300/1" }, id),
    line: `POST /payment/terminals/by-identifier/300%2F1/perform-transaction?transactionId=900001&${transactionExpand}`,
    answer: transaction,
    result: { kind: "done", transaction: { terminal: null } },
  },
  listTerminalReceipts: {
    call: (space) => space.listTerminalReceipts(id, { format: "TXT", width: 40 }),
    line: "GET /payment/transactions/900001/terminal-receipts?format=TXT&width=40",
    answer: list(answers.terminalReceipt),
    result: [
      { mimeType: "text/plain", data: Buffer.from("Total"), printed: true, type: { name: { "en-US": "Merchant" } } },
    ],
  },
  triggerFinalBalance: {
    call: (space) => space.triggerFinalBalance({ identifier: "30012345" }),
    line: "POST /payment/terminals/by-identifier/30012345/trigger-final-balance",
    answer: { id: 995001, linkedSpaceId: 70001, terminalId: 990001, terminalIdentifier: "30012345" },
    result: { id: "995001" },
  },
  listTerminalSummariesOf: {
    call: (space) => space.listTerminalSummariesOf(terminal),
    line: "GET /payment/terminals/transaction-summaries/search?query=paymentTerminal%3A990001&offset=0&limit=100&order=id%3AASC",
    answer: { ...list({ ...answers.terminalSummary, id: 1, paymentTerminal: 2 }, answers.terminalSummary), offset: 0 },
    result: [{ id: "995001", terminal: "990001", balances: { CHF: "36.95" } }],
  },
  readTerminalSummary: {
    call: (space) => space.readTerminalSummary(toServiceId(995001)),
    line: "GET /payment/terminals/transaction-summaries/995001",
    answer: answers.terminalSummary,
    result: {
      numberOfTransactions: 1,
      sums: [{ brand: "Visa", currency: "CHF", amount: "36.95", tip: "2", count: 1 }],
    },
  },
  readTerminalSummaryReceipt: {
    call: (space) => space.readTerminalSummaryReceipt(toServiceId(995001), { format: "PDF", width: 80 }),
    line: "GET /payment/terminals/transaction-summaries/995001/receipt?format=PDF&width=80",
    answer: { data: "VG90YWw=", mimeType: "application/pdf" },
    result: { mimeType: "application/pdf", data: Buffer.from("Total") },
  },
  readSpace: {
    call: (space) => space.readSpace(),
    line: "GET /spaces/70001",
    answer: answers.space,
    result: { id: "70001", name: "Shop", requestLimit: 1200 },
  },
  createWebhookUrl: {
    call: (space) => space.createWebhookUrl({ name: "Shop", url: "https://shop.example.ch/hook", state: "ACTIVE" }),
    line: "POST /webhooks/urls",
    body: '{"name":"Shop","url":"https://shop.example.ch/hook","state":"ACTIVE"}',
    answer: answers.webhookUrl,
    result: { id: "950001", version: 1 },
  },
  updateWebhookUrl: {
    call: (space) => space.updateWebhookUrl(toServiceId(950001), { version: 1, state: "INACTIVE" }),
    line: "PATCH /webhooks/urls/950001",
    body: '{"version":1,"state":"INACTIVE"}',
    answer: answers.webhookUrl,
    result: { id: "950001" },
  },
  deleteWebhookUrl: {
    call: (space) => space.deleteWebhookUrl(toServiceId(950001)),
    line: "DELETE /webhooks/urls/950001",
    answer: "",
    result: undefined,
  },
  listWebhookListeners: {
    call: (space) => space.listWebhookListeners(),
    line: "GET /webhooks/listeners?limit=100&order=ASC",
    answer: list(answers.webhookListener),
    result: [{ entity: "1472041829003", url: "950001", enablePayloadSignatureAndState: true }],
  },
  createWebhookListener: {
    call: (space) => space.createWebhookListener(listener),
    line: "POST /webhooks/listeners",
    body: '{"name":"Shop Transaction","entity":1472041829003,"entityStates":["FULFILL"],"notifyEveryChange":false,"state":"ACTIVE","url":950001}',
    answer: answers.webhookListener,
    result: { entityStates: ["AUTHORIZED", "FULFILL"] },
  },
  updateWebhookListener: {
    call: (space) => space.updateWebhookListener(toServiceId(951001), { version: 1, entityStates: ["VOIDED"] }),
    line: "PATCH /webhooks/listeners/951001",
    body: '{"version":1,"entityStates":["VOIDED"]}',
    answer: answers.webhookListener,
    result: { id: "951001" },
  },
  deleteWebhookListener: {
    call: (space) => space.deleteWebhookListener(toServiceId(951001)),
    line: "DELETE /webhooks/listeners/951001",
    answer: "",
    result: undefined,
  },
};

describe("an operation", () => {
  it.each(Object.entries(operations))("%s sends its request and reads the answer", async (_name, operation) => {
    await using service = await startTestService((response) => {
      if (typeof operation.answer === "object") answerJson(response, 200, operation.answer);
      else
        response.writeHead(operation.answer === "" ? 204 : 200, { "content-type": "text/plain" }).end(operation.answer);
    });
    const space = createClient(testSettings(service.origin)).space(toSpaceId(70001));
    const result = await operation.call(space);
    const [request] = service.requests;
    expect(`${request?.method} ${request?.target}`).toBe(operation.line.replace(" ", " /api/v2.0"));
    expect(request?.body).toBe(operation.body ?? "");
    expect(request?.headers.space).toBe(operation.line === "GET /spaces/70001" ? undefined : "70001");
    if (typeof operation.result === "object") expect(result).toMatchObject(operation.result as object);
    else expect(result).toBe(operation.result);
    if (Array.isArray(operation.result)) expect(result).toHaveLength(operation.result.length);
    expect(service.requests).toHaveLength(1);
  });

  it.each([
    ["completePartiallyOnline", answers.completion],
    ["createRefundOfAmount", answers.refund],
    ["createLineItemVersion", answers.lineItemVersion],
  ])("%s is repeated with the same key after a cut", async (name, answer) => {
    await using service = await startTestService((response, _request, index) => {
      if (index === 0) response.socket?.destroy();
      else answerJson(response, 200, answer);
    });
    await operations[name]?.call(createClient(testSettings(service.origin)).space(toSpaceId(70001)));
    expect(service.requests).toHaveLength(2);
    expect(service.requests[1]?.body).toBe(service.requests[0]?.body);
    expect(service.requests[0]?.body).toContain('"externalId"');
  });

  const once = Object.entries(operations).filter(
    ([, { line, body }]) => !line.startsWith("GET") && !body?.includes('"externalId"'),
  );
  it.each(once)("%s is not repeated after a cut", async (_name, operation) => {
    await using service = await startTestService((response) => response.socket?.destroy());
    const call = operation.call(createClient(testSettings(service.origin)).space(toSpaceId(70001)));
    await expect(call).rejects.toMatchObject({ code: "cut" });
    expect(service.requests).toHaveLength(1);
  });
});

describe("waiting at a terminal", () => {
  it.each([408, 504, 543])("goes on after %i, which says that the service gave up the request", async (status) => {
    await using service = await startTestService((response) => answerJson(response, status, { message: "Timeout" }));
    const space = createClient(testSettings(service.origin)).space(toSpaceId(70001));
    expect(await space.performTransaction(terminal, id)).toEqual({ kind: "waiting" });
    expect(service.requests).toHaveLength(1);
  });

  it("has a time limit of its own", async () => {
    await using service = await startTestService((response, _request, index) => {
      if (index > 0) return;
      // The client's own limit has passed when the answer comes.
      setTimeout(() => answerJson(response, 200, transaction), 60);
    });
    const space = createClient(testSettings(service.origin, { timeout: 20, retries: 0 })).space(toSpaceId(70001));
    expect(await space.performTransaction(terminal, id)).toMatchObject({ kind: "done" });
    await expect(space.readTransaction(id)).rejects.toMatchObject({ code: "cut" });
  });

  it("tells another terminal's transaction as the conflict it is", async () => {
    await using service = await startTestService((response) => answerJson(response, 409, { code: "terminal_busy" }));
    const space = createClient(testSettings(service.origin)).space(toSpaceId(70001));
    await expect(space.performTransaction(terminal, id)).rejects.toMatchObject({ code: "versionConflict" });
  });
});

describe("listTokens", () => {
  it("does not let a customer's id become part of the search", async () => {
    await using service = await startTestService((response) => answerJson(response, 200, { data: [], hasMore: false }));
    const space = createClient(testSettings(service.origin)).space(toSpaceId(70001));
    await space.listTokens('x" OR id:>0');
    expect(new URL(service.requests[0]?.target ?? "", "http://x").searchParams.get("query")).toBe(
      `customerId:'x" OR id:>0'`,
    );
    await expect(space.listTokens(`"'`)).rejects.toThrow(TypeError);
    await expect(space.listTokens("\\")).rejects.toThrow(TypeError);
    expect(service.requests).toHaveLength(1);
  });
});

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}
