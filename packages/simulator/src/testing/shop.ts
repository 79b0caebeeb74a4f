import { createHmac, createPublicKey, verify } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { exampleKey, type SimulatorSettings } from "../settings.ts";
import { createSimulator, type Simulator } from "../simulator.ts";
import { createVirtualClock } from "../time/clock.ts";
import { createSeededRandom } from "../values/random.ts";

export const start: number = Date.UTC(2026, 1, 3, 9);

/** An answer as a test looks at it. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the wire carries
  readonly body: any;
}

export interface ShopCall {
  readonly space?: string | null;
  readonly user?: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes the claims before they are signed. */
  readonly claims?: Readonly<Record<string, unknown>>;
}

export interface Shop {
  readonly simulator: Simulator;
  readonly url: string;
  /** A signed request below /api/v2.0. */
  call(method: string, path: string, call?: ShopCall): Promise<Answered>;
  /** A request to the control door. */
  control(method: string, path: string, body?: unknown): Promise<Answered>;
  advance(duration: string): Promise<void>;
  /** A transaction of the example order, CHF 36.95. */
  create(changes?: Readonly<Record<string, unknown>>): Promise<Answered["body"]>;
  read(id: unknown): Promise<Answered["body"]>;
}

export function signToken(claims: Readonly<Record<string, unknown>>, key: string = exampleKey): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT", ver: 1 })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", Buffer.from(key, "base64")).update(signed).digest("base64url")}`;
}

async function toAnswered(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}

export const exampleOrder: Readonly<Record<string, unknown>> = {
  currency: "CHF",
  language: "de-CH",
  merchantReference: "ORDER-1001",
  metaData: { orderId: "1001" },
  successUrl: "https://shop.example.ch/return?r=ok",
  failedUrl: "https://shop.example.ch/return?r=ko",
  lineItems: [
    {
      uniqueId: "sku-1",
      name: "Rucksack",
      type: "PRODUCT",
      quantity: 1,
      amountIncludingTax: 29.95,
      taxes: [{ title: "MwSt.", rate: 8.1 }],
    },
    { uniqueId: "shipping", name: "Versand", type: "SHIPPING", quantity: 1, amountIncludingTax: 7.0 },
  ],
};

/** A simulator on a real port whose time stands still, and the shop that talks to it. */
export async function openShop(settings: SimulatorSettings = {}): Promise<Shop> {
  const simulator = createSimulator({
    clock: createVirtualClock(start),
    now: () => start,
    random: createSeededRandom("test"),
    ...settings,
  });
  const listening = await simulator.listen(0);
  onTestFinished(() => listening.close());
  const { url } = listening;

  const call: Shop["call"] = async (
    method,
    path,
    { space = "70001", user = "12345", key, body, headers, claims } = {},
  ) => {
    const requestPath = `/api/v2.0${path}`;
    const now = (await control("GET", "/clock")).body.now;
    const iat = Math.floor(Date.parse(now) / 1000);
    const token = signToken({ sub: user, iat, requestPath, requestMethod: method, ...claims }, key);
    return toAnswered(
      await fetch(url + requestPath, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(space === null ? {} : { space }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
  };
  const control: Shop["control"] = async (method, path, body) => {
    const answered = await toAnswered(
      await fetch(`${url}/_simulator${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (answered.status >= 500) throw new Error(answered.text);
    return answered;
  };
  return {
    simulator,
    url,
    call,
    control,
    async advance(duration) {
      const { status, text } = await control("POST", "/clock/advance", { duration });
      if (status !== 200) throw new Error(text);
    },
    async create(changes = {}) {
      const { status, body, text } = await call("POST", "/payment/transactions", {
        body: { ...exampleOrder, ...changes },
      });
      if (status !== 201) throw new Error(text);
      return body;
    },
    read: async (id) => (await call("GET", `/payment/transactions/${id}`)).body,
  };
}

/** Until a terminal asks for this transaction: what comes before has no length. */
export async function untilPerforming(shop: Shop, transaction: unknown): Promise<void> {
  for (;;) {
    const { body } = await shop.control("GET", "/terminals");
    if (body.data.some((one: { performing: unknown }) => one.performing === transaction)) return;
  }
}

/** One webhook as it arrived. */
export interface Arrived {
  readonly signature: string | null;
  readonly raw: Buffer;
  readonly body: Answered["body"];
}

export interface Receiver {
  readonly url: string;
  readonly arrived: Arrived[];
  /** Status of the next answers; 200 once the list is used up. */
  readonly answers: number[];
}

/** A server that keeps what it is sent. */
export async function openReceiver(): Promise<Receiver> {
  const arrived: Arrived[] = [];
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    arrived.push({
      signature: request.headers["x-signature"]?.toString() ?? null,
      raw,
      body: JSON.parse(raw.toString()),
    });
    response.writeHead(answers.shift() ?? 200).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, arrived, answers };
}

/** Registers the receiver for these entities; answers the listeners. */
export async function listenTo(
  shop: Shop,
  receiver: Receiver,
  entity: number,
  states: readonly string[],
): Promise<Answered["body"]> {
  const url = await shop.call("POST", "/webhooks/urls", { body: { name: "Shop", url: receiver.url, state: "ACTIVE" } });
  const listener = await shop.call("POST", "/webhooks/listeners", {
    body: { name: "Shop", entity, entityStates: states, notifyEveryChange: false, state: "ACTIVE", url: url.body.id },
  });
  if (listener.status !== 201) throw new Error(listener.text);
  return listener.body;
}

/** Verifies by the format of the header and the key that the service hands out, as a shop does. */
export async function isSignedRight(shop: Shop, { signature, raw }: Arrived): Promise<boolean> {
  const match = /^algorithm=SHA256withECDSA, keyId=([a-z0-9-]+), signature=(.+)$/.exec(signature ?? "");
  if (match === null) return false;
  const [, keyId, value = ""] = match;
  const { status, text } = await shop.call("GET", `/webhooks/encryption-keys/${keyId}`, { space: null });
  if (status !== 200) return false;
  const key = createPublicKey({ key: Buffer.from(text, "base64"), format: "der", type: "spki" });
  return verify("sha256", raw, key, Buffer.from(value, "base64"));
}
