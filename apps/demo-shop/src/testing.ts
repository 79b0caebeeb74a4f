import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { CommandResult, Payment, ShopCommand } from "@checkout-plugins/core";
import { createGatewayClient, signMessage, verifyMessage } from "@checkout-plugins/shop-protocol";
import { toChf } from "./money.ts";
import { createDemoShop, type DemoShop, type DemoShopParts } from "./shop.ts";

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const now: number = Date.parse("2026-02-03T09:00:00Z");
export const shopUrl: URL = new URL("http://shop.test");

/** A gateway of one's own making: what the shop asks, and what it is answered. */
export interface TestGateway {
  readonly url: string;
  readonly commands: ShopCommand[];
  answer: (command: ShopCommand) => CommandResult | "silence" | "crash";
  close(): Promise<void>;
}

/** Listens on a port of the system and takes only what is signed. */
export async function startGateway(): Promise<TestGateway> {
  const server: Server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const headers = new Headers(request.headers as Record<string, string>);
    if (!verifyMessage({ headers, body, secrets: [secret], now }).verified) return response.writeHead(401).end();
    const command = JSON.parse(body.toString()) as ShopCommand;
    gateway.commands.push(command);
    const answer = gateway.answer(command);
    if (answer === "silence") return;
    if (answer === "crash") return response.writeHead(500).end();
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const gateway: TestGateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    commands: [],
    answer: () => redirect("http://pay.test/1"),
    close() {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
  return gateway;
}

export function redirect(url: string, payment: Payment | null = null): CommandResult<"start"> {
  return { kind: "successful", answer: { kind: "redirect", url: url as never }, payment };
}

/** A shop that asks this gateway; ids count up, so that tests can name them. */
export function createTestShop(
  gatewayUrl: string,
  parts: Partial<DemoShopParts> = {},
): DemoShop & { faults: unknown[] } {
  let count = 0;
  const faults: unknown[] = [];
  const common = { now: () => now, createId: () => `id-${++count}` };
  const shop = createDemoShop({
    ...common,
    gateway: createGatewayClient({
      ...common,
      gatewayUrl,
      shopId: "demo",
      secret,
      timeout: { start: 3, return: 3 },
    }),
    secrets: [secret],
    shopUrl,
    isTest: true,
    settings: { integration: "page", completion: "immediate" },
    report: (error) => faults.push(error),
    ...parts,
  });
  return { ...shop, faults };
}

/** A browser without JavaScript: keeps cookies, follows redirects within the shop, sends forms. */
export interface Visitor {
  get(path: string, headers?: Record<string, string>): Promise<Visited>;
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Visited>;
}
export interface Visited {
  readonly status: number;
  /** Where the visitor is now. */
  readonly url: string;
  readonly html: string;
  readonly headers: Headers;
}

export function createVisitorOf(shop: Pick<DemoShop, "fetch">): Visitor {
  const cookies = new Map<string, string>();
  const send = async (url: URL, init: RequestInit, headers: Record<string, string> = {}): Promise<Visited> => {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const response = await shop.fetch(
      new Request(url, { ...init, headers: { origin: url.origin, cookie, ...headers } }),
    );
    for (const set of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (set.split(";")[0] ?? "").split("=");
      cookies.set(name, value);
    }
    const next = response.headers.get("location");
    if (next === null)
      return { status: response.status, url: url.href, html: await response.text(), headers: response.headers };
    const target = new URL(next, url);
    if (target.origin === shopUrl.origin) return send(target, {}, headers);
    return { status: response.status, url: target.href, html: "", headers: response.headers };
  };
  return {
    get: (path, headers) => send(new URL(path, shopUrl), {}, headers),
    post: (path, fields, headers) =>
      send(new URL(path, shopUrl), { method: "POST", body: new URLSearchParams(fields) }, headers),
  };
}

export const details: Readonly<Record<string, string>> = {
  shipping: "economy",
  "billing.givenName": "Anna",
  "billing.familyName": "Müller",
  "billing.street": "Länggassstrasse 12",
  "billing.postcode": "3012",
  "billing.city": "Bern",
  "billing.country": "CH",
  "billing.email": "anna@example.ch",
};

/** Puts a mug into the cart and gives an address; the summary page. */
export async function goToSummary(visitor: Visitor, changes: Record<string, string> = {}): Promise<Visited> {
  await visitor.post("/cart/add", { product: "enamel-mug", quantity: "2" });
  return visitor.post("/checkout", { ...details, ...changes });
}

/** The fields that the summary's form carries. */
export function readHidden(html: string): Record<string, string> {
  const fields = html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g);
  return Object.fromEntries([...fields].map(([, name = "", value = ""]) => [name, value]));
}

/** Places an order, and goes to pay it. Answers its id. */
export async function placeOrder(visitor: Visitor): Promise<string> {
  const fields = readHidden((await goToSummary(visitor)).html);
  await visitor.post("/checkout/summary", fields);
  return fields.order ?? "";
}

/** A gateway, and a shop with one order that its visitor went to pay. The gateway has forgotten what it was asked for that. */
export async function openShopWithOrder(): Promise<{
  readonly gateway: TestGateway;
  readonly shop: DemoShop;
  readonly visitor: Visitor;
  readonly order: string;
}> {
  const gateway = await startGateway();
  const shop = createTestShop(gateway.url);
  const visitor = createVisitorOf(shop);
  const order = await placeOrder(visitor);
  gateway.commands.length = 0;
  return { gateway, shop, visitor, order };
}

/** A payment as core tells it, of an order of two mugs: CHF 48.00 and CHF 7.00 for shipping. */
export function toPayment(
  reference: string,
  changes: Partial<{ -readonly [K in keyof Payment]: Payment[K] }> = {},
): Payment {
  const amount = toChf(5500);
  const state = changes.state ?? "fulfilled";
  const attempt = {
    id: "attempt-1",
    transaction: "900001",
    space: "70001",
    state,
    amount,
    authorizedOn: null,
    failure: null,
  };
  const payment = {
    id: "payment-1",
    reference,
    group: null,
    revision: 1,
    standing: "paid",
    mayShip: true,
    state,
    governing: attempt,
    superseded: [],
    abandoned: false,
    amount,
    authorized: amount,
    completed: amount,
    refunded: toChf(0),
    operations: [],
    review: null,
    invoice: null,
    method: { id: "1", name: "PostFinance Card", brand: null },
    means: null,
    environment: "test",
    expiresOn: null,
    slow: false,
    failure: null,
    findings: [],
    ...changes,
  };
  return payment as unknown as Payment;
}

/** Tells the shop, as the gateway does. */
export async function tell(
  shop: Pick<DemoShop, "fetch">,
  payment: Payment,
  secrets: readonly string[] = [secret],
): Promise<Response> {
  const body = JSON.stringify({ kind: "showPayment", payment, receipt: null });
  const headers = { ...signMessage({ id: `msg-${payment.revision}`, now, body, secrets: [...secrets] }) };
  return shop.fetch(new Request(new URL("/payments/show", shopUrl), { method: "POST", body, headers }));
}
