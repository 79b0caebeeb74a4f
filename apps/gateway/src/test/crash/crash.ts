import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Commands, PaymentReference, ShopKey } from "@checkout-plugins/core";
import { createGatewayClient } from "@checkout-plugins/shop-protocol";
import { exampleKey } from "@checkout-plugins/simulator";
import type { OwnPostgresServer, PostgresServer } from "@checkout-plugins/tooling/postgres";
import { Client } from "pg";
import { aStart, chf, liveSpace, secret, shopId } from "../bench.ts";
import { type CountingShop, openCountingShop } from "./counting-shop.ts";
import { type GatewayProcess, startGatewayProcess } from "./gateway-process.ts";
import { type ServiceDouble, type SignedWebhook, startServiceDouble } from "./service-double.ts";

export interface CrashPlan {
  readonly postgres: OwnPostgresServer;
  readonly payments: number;
  /** Of each payment: that it is paid, and refunds that somebody makes in the back office. */
  readonly webhooksPerPayment: number;
  readonly gatewayKills: number;
  readonly databaseCrashes: number;
  /** Loaded before the gateways: makes of them such as commit late, which are told to when the load is over. */
  readonly preload?: URL;
}

/** All of it counted in the shop's own books, and at the service. */
export interface CrashOutcome {
  /** Webhooks that were answered 200. */
  readonly acknowledged: number;
  /** Of those, the ones that the shop knows nothing of. */
  readonly lost: readonly string[];
  /** What the shop did twice, and refunds it asked for once that were made twice. */
  readonly doubled: readonly string[];
  readonly contradictions: readonly string[];
  /** Refunds that the shop asked for over and over until it had an answer, and how many came of them. */
  readonly asked: number;
  readonly made: number;
  readonly killed: number;
  readonly crashed: number;
}

interface Sent {
  readonly reference: PaymentReference;
  /** null: that it is paid. */
  readonly refund: number | null;
}

const atOnce = 64;
/** Every so many payments the shop itself asks for a refund. */
const asksEvery = 10;
const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

/**
 * Two gateways on one PostgreSQL under a load of webhooks and commands; they are killed, and the database is crashed,
 * whenever so many webhooks were acknowledged. What is refused is sent again, as the service and a shop do.
 */
export async function crash(plan: CrashPlan): Promise<CrashOutcome> {
  const service = await startServiceDouble(liveSpace);
  const shop = await openCountingShop(secret);
  const compiled = await mkdtemp(join(tmpdir(), "compiled-"));
  const environment = {
    ...toEnvironment(service, shop, plan.postgres),
    NODE_COMPILE_CACHE: compiled, // only the first start reads all the source
  };
  const gateways = [startGatewayProcess(environment, plan.preload), startGatewayProcess(environment, plan.preload)];
  try {
    await Promise.all(gateways.map((one) => one.ready()));
    await inLanes(plan.payments, (index) => start(gateways, index));
    const load = await runLoad(plan, gateways, service);
    if (plan.preload !== undefined) await Promise.all(gateways.map((one) => one.commit()));
    await untilNothingIsDue(plan.postgres);
    const { sent, asked, ...struck } = load;
    return { ...struck, ...count(sent, asked, service, shop) };
  } finally {
    await Promise.all(gateways.map((one) => one.end()));
    await Promise.all([service.close(), shop.close(), rm(compiled, { recursive: true })]);
  }
}

/** Of a gateway with one shop. */
export function toEnvironment(
  service: ServiceDouble,
  shop: CountingShop,
  { connectionString }: PostgresServer,
): Readonly<Record<string, string>> {
  return {
    SERVICE_URL: service.url,
    SPACE_ID: liveSpace,
    APPLICATION_USER_ID: "12345",
    AUTHENTICATION_KEY: exampleKey,
    SHOP_ID: shopId,
    SHOP_SECRET: secret,
    SHOP_SHOW_URL: shop.showUrl,
    PRIVATE_ADDRESSES: "allow",
    DATABASE_URL: connectionString,
    LEASE_SECONDS: "10",
  };
}

export async function start(gateways: readonly GatewayProcess[], index: number): Promise<void> {
  const reference = toReference(index);
  const order = { ...aStart().order, merchantReference: reference };
  await run(gateways, { ...aStart({ reference }), order }, `start-${index}`);
}

export function toReference(index: number): PaymentReference {
  return `order-${index}` as PaymentReference;
}

/** A command of the shop, sent with one id until it is answered. */
async function run(
  gateways: readonly GatewayProcess[],
  command: Commands["start"] | Commands["refund"],
  id: string,
): Promise<void> {
  for (let tried = 0; ; tried += 1) {
    const gatewayUrl = await anyOf(gateways, tried);
    const client = createGatewayClient({ gatewayUrl, shopId, secret, now: Date.now, createId: randomUUID });
    const result = await client.run(command, { id }).catch((error: unknown) => error);
    if (!(result instanceof Error)) return;
    await wait(10);
  }
}

/** As a proxy in front of several would choose. */
async function anyOf(gateways: readonly GatewayProcess[], number: number): Promise<string> {
  for (;;) {
    const urls = gateways.flatMap((one) => one.url() ?? []);
    const url = urls[number % urls.length];
    if (url !== undefined) return url;
    await Promise.any(gateways.map((one) => one.ready()));
  }
}

async function runLoad(plan: CrashPlan, gateways: readonly GatewayProcess[], service: ServiceDouble) {
  const { payments, webhooksPerPayment, gatewayKills, databaseCrashes, postgres } = plan;
  const total = payments * webhooksPerPayment;
  const ids = new Map(service.transactions().map(({ id, merchantReference }) => [merchantReference, id]));
  const sent: Sent[] = [];
  const asked: string[] = [];
  const blows = gatewayKills + databaseCrashes;
  const outcome = { acknowledged: 0, killed: 0, crashed: 0 };
  const databaseEvery = Math.floor(blows / Math.max(1, databaseCrashes));
  let struck = 0;
  let striking: Promise<void> = Promise.resolve();

  const strike = async (): Promise<void> => {
    struck += 1;
    const isDatabase = databaseCrashes > 0 && struck % databaseEvery === 0;
    if (isDatabase && outcome.crashed < databaseCrashes) {
      outcome.crashed += 1;
      await postgres.crash(outcome.crashed % 2 === 0 ? "kill" : "immediate");
      return;
    }
    const victim = gateways[outcome.killed % gateways.length];
    await victim?.ready();
    outcome.killed += 1;
    victim?.kill();
  };
  const acknowledge = async (one: Sent): Promise<void> => {
    sent.push(one);
    outcome.acknowledged += 1;
    if (outcome.acknowledged % Math.floor(total / (blows + 1)) === 0 && struck < blows) {
      await striking;
      striking = strike();
    }
  };
  await inLanes(total, async (index) => {
    const [payment, number] = [Math.floor(index / webhooksPerPayment), index % webhooksPerPayment];
    const reference = toReference(payment);
    const transaction = ids.get(reference);
    if (transaction === undefined) throw new Error(`There is no transaction of ${reference}`);
    const refund = number === 0 ? null : service.refund(transaction);
    await deliver(gateways, refund?.webhook ?? service.fulfill(transaction), index);
    await acknowledge({ reference, refund: refund?.id ?? null });
    if (number === 1 && payment % asksEvery === 0) {
      const shopKey = `refund of ${reference}` as ShopKey;
      asked.push(shopKey);
      const base = { kind: "refund", reference, shopKey, heldKeys: [shopKey], lines: null, reason: null } as const;
      await run(gateways, { ...base, amount: chf(100), offline: false }, shopKey.replaceAll(" ", "-"));
    }
  });
  await striking;
  return { ...outcome, sent, asked };
}

/** Sends it until it is acknowledged. */
export async function deliver(
  gateways: readonly GatewayProcess[],
  webhook: SignedWebhook,
  number: number,
): Promise<void> {
  for (let tried = number; ; tried += 1) {
    const url = await anyOf(gateways, tried);
    if ((await post(`${url}/shops/${shopId}/webhooks`, webhook)) === 200) return;
    await wait(10);
  }
}

/** null: there was no answer. */
function post(url: string, { body, signature }: SignedWebhook): Promise<number | null> {
  const headers = { "content-type": "application/json", "content-length": body.length, "x-signature": signature };
  return new Promise((resolve) => {
    const sending = request(url, { method: "POST", agent, headers }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? null));
      response.once("error", () => resolve(null));
    });
    sending.once("error", () => resolve(null));
    sending.end(body);
  });
}

async function inLanes(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await work(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

/** Only to know when to count: what is counted stands in the shop. */
async function untilNothingIsDue({ connectionString }: OwnPostgresServer): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    for (;;) {
      // A lease that its gateway did not live to give back has run out by itself.
      const due =
        "select 1 from checkout_plugins.payments where due_at is not null or leased_until > $1 union all select 1 from checkout_plugins.strangers limit 1";
      const { rowCount } = await client.query(due, [new Date().toISOString()]);
      if (rowCount === 0) return;
      await wait(50);
    }
  } finally {
    await client.end();
  }
}

function count(sent: readonly Sent[], asked: readonly string[], service: ServiceDouble, shop: CountingShop) {
  const lost = sent.filter(({ reference, refund }) => {
    const order = shop.orders.get(reference);
    return refund === null ? order?.timesPaid !== 1 : !order?.entered.has(String(refund));
  });
  const entered = [...shop.orders.values()].flatMap((order) => [...order.entered]);
  const twice = entered.filter(([, times]) => times > 1).map(([id]) => `refund ${id}`);
  const paidTwice = [...shop.orders].filter(([, { timesPaid }]) => timesPaid > 1).map(([reference]) => reference);
  const keys = [...shop.orders.values()].flatMap(({ payment }) =>
    payment.operations.flatMap(({ shopKeys }) => shopKeys),
  );
  return {
    lost: lost.map(({ reference, refund }) => `${reference} ${refund ?? "paid"}`),
    doubled: [...twice, ...paidTwice, ...keys.filter((key, index) => keys.indexOf(key) !== index)],
    contradictions: shop.contradictions,
    asked: asked.length,
    made: service.requested.size,
  };
}
