#!/usr/bin/env node
import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type Client, createClient, createWebhookKeys, type SpaceId } from "@checkout-plugins/client";
import type { Logger, ShopId, ShopSettings, Url } from "@checkout-plugins/core";
import { createSqlStore, type SqlStore } from "@checkout-plugins/store-sql";
import { type AddressGuard, createAddressGuard } from "./addresses/guarded-fetch.ts";
import { runUpkeep, upkeepUsage } from "./cli.ts";
import { keepEncryptionKeys } from "./encryption-keys.ts";
import { type Environment, EnvironmentError, readEnvironment } from "./environment.ts";
import type { EnvironmentShop } from "./environment-shop.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { listen } from "./listen.ts";
import { createLogger } from "./log.ts";
import type { DoorParts } from "./manage/door.ts";
import { createSessions } from "./manage/sessions.ts";
import { createCode, createSignIn } from "./manage/sign-in.ts";
import { createMetrics } from "./metrics.ts";
import { createMailer } from "./notices/mailer.ts";
import type { NoticeParts } from "./notices/notices.ts";
import { createPlatforms } from "./platforms.ts";
import { readDoor } from "./shopify/door.ts";
import { keepOwnShop } from "./shopify/platform.ts";
import type { GatewayShop, RegistryParts } from "./shops.ts";
import { createSystemClock } from "./system-clock.ts";

const clock = createSystemClock();

type ServiceUser = Pick<EnvironmentShop, "userId" | "authenticationKey">;

type Fetch = typeof globalThis.fetch;

function createServiceClient({ serviceUrl, requestLimit }: Environment, user: ServiceUser, fetch: Fetch): Client {
  return createClient({
    fetch,
    baseUrl: serviceUrl,
    userId: user.userId,
    authenticationKey: user.authenticationKey,
    now: Date.now,
    random: Math.random,
    sleep: (milliseconds, signal) => clock.sleep(milliseconds / 1000, signal),
    ...(requestLimit !== null && { requestLimit }),
  });
}

function toSettings(shop: EnvironmentShop): ShopSettings {
  const secrets = new Map([["secret", shop.secret]]);
  if (shop.previousSecret !== null) secrets.set("previousSecret", shop.previousSecret);
  return {
    id: shop.id as ShopId,
    settings: shop.siteUrl === null ? { showUrl: shop.showUrl } : { siteUrl: shop.siteUrl },
    secrets: { get: async (name) => secrets.get(name), renew: async (_name, _seen, renewal) => renewal() },
  };
}

function toShop(environment: Environment, shop: EnvironmentShop, service: Fetch): GatewayShop {
  const client = createServiceClient(environment, shop, service);
  const space = (id: SpaceId | null) => (id === null ? null : client.space(id));
  return {
    platform: shop.siteUrl === null ? "http" : "woocommerce",
    settings: toSettings(shop),
    live: space(shop.liveSpace),
    test: space(shop.testSpace),
    keys: createWebhookKeys({ read: client.readWebhookKey, now: Date.now }),
    doublePayment: environment.doublePayment,
  };
}

function toNotices({ notices: { contact, mailer } }: Environment, { fetch }: AddressGuard): NoticeParts {
  return {
    findContact: async () => contact,
    sendMail: mailer === null ? null : createMailer(mailer),
    fetch,
  };
}

/** null: of several gateways none can make the keys that all need. */
async function readKeys({ database, encryptionKeys }: Environment): Promise<readonly Uint8Array[] | null> {
  if (encryptionKeys !== null) return encryptionKeys;
  if (!("file" in database)) return null;
  return keepEncryptionKeys(join(dirname(database.file), "checkout-plugins.key"), randomBytes);
}

async function openRegistry(
  environment: Environment,
  store: SqlStore,
  keys: readonly Uint8Array[] | null,
  logger: Logger,
  service: Fetch,
): Promise<RegistryParts | null> {
  if (keys === null) {
    logger.warn("no shops but that of the environment", {
      why: "Several gateways share this PostgreSQL, so the keys that encrypt the secrets of shops cannot be made by one of them. Set ENCRYPTION_KEYS, the same for all; make one with: openssl rand -base64 32",
    });
    return null;
  }
  const shops = store.openShops({ keys, randomBytes, clock, createId: randomUUID });
  const { count, unreadable } = await shops.rotate();
  for (const why of unreadable) logger.error("secret not readable", { why });
  if (count > 0) logger.info("secrets encrypted with the newest key", { count });
  return { store: shops, createClient: (user) => createServiceClient(environment, user, service), now: Date.now };
}

/** Gateways that have no keys in common know only their own sessions. */
function toDoor(keys: readonly Uint8Array[] | null, password: string | null, code: string): DoorParts {
  const [newest = randomBytes(32)] = keys ?? [];
  // Whoever changes the password ends all sessions.
  const secret = createHmac("sha256", newest)
    .update(`console sessions\n${password ?? ""}`)
    .digest();
  const parts = { randomBytes, now: Date.now };
  return {
    sessions: createSessions({ secret, ...parts }),
    signIn: createSignIn({ password, code: password === null ? code : null, ...parts }),
    isOpenHere: password === null,
  };
}

/** Its spaces are those of the environment's own shop, until others are chosen in the console. */
async function keepShopifyShop(environment: Environment, registry: RegistryParts | null): Promise<void> {
  const { shop } = environment.shopify;
  if (shop === null) return;
  if (registry === null)
    throw new EnvironmentError("SHOPIFY_SHOP needs ENCRYPTION_KEYS: its secret is kept encrypted.");
  await keepOwnShop(registry, shop, environment.shop);
}

/** What must stand in no line of the log. */
function toSecrets(environment: Environment): readonly string[] {
  const { shop, consolePassword, database, operations, shopify } = environment;
  const { contact, mailer } = environment.notices;
  const all = [
    operations.metricsToken,
    shop?.authenticationKey,
    shop?.secret,
    shop?.previousSecret,
    consolePassword,
    "connectionString" in database ? database.connectionString : null,
    ...(contact?.webhook?.secrets ?? []),
    mailer?.url,
    shopify.app?.clientSecret,
    shopify.shop?.clientSecret,
  ];
  return all.filter((one) => typeof one === "string");
}

async function run(environment: Environment): Promise<void> {
  const { shop, consolePassword } = environment;
  const level = environment.logLevel;
  const { retentionDays, drainSeconds } = environment.operations;
  const metrics = createMetrics({ now: () => performance.now() });
  const logger = metrics.countEvents(
    createLogger({ level, clock, secrets: toSecrets(environment), write: (line) => process.stderr.write(`${line}\n`) }),
  );
  const service = metrics.countFetch(fetch);
  let wake = (): void => undefined;
  const store = await createSqlStore({ database: environment.database, logger, onWake: () => wake() });
  const keys = await readKeys(environment);
  const code = createCode(randomBytes);
  const addresses = createAddressGuard(environment.operations);
  const registry = await openRegistry(environment, store, keys, logger, service);
  let address: string = environment.gatewayUrl ?? "";
  const gatewayUrl = () => address;
  const hosted = { addresses, store, clock, logger, registry, gatewayUrl, now: Date.now, createId: randomUUID };
  await keepShopifyShop(environment, registry);
  const gateway = createGateway({
    platforms: createPlatforms(environment, hosted),
    shops: shop === null ? [] : [toShop(environment, shop, service)],
    registry,
    door: toDoor(keys, consolePassword, code),
    store,
    answers: store,
    clock,
    createId: randomUUID,
    random: Math.random,
    logger,
    notices: toNotices(environment, addresses),
    lease: environment.lease,
    metrics: { metrics, token: environment.operations.metricsToken },
    ...(retentionDays !== null && { retentionDays }),
  });
  wake = gateway.wake;
  const { host, port } = environment;
  const listening = await listen({ fetch: gateway.fetch, host, port, ...readDoor(environment.shopify, Date.now) });
  const scheme = environment.shopify.tls === null ? "http" : "https";
  const url = environment.gatewayUrl ?? (`${scheme}://localhost:${listening.port}` as Url);
  address = url;
  stopOnSignal(async (signal) => {
    logger.info("stopping", { signal });
    gateway.drain();
    await clock.sleep(drainSeconds);
    await Promise.all([listening.close(), gateway.stop()]);
    await store.close();
    logger.info("stopped");
  });
  if (isOnThisMachine(url) && !isOnThisMachine(environment.serviceUrl)) {
    logger.warn("no webhooks", {
      url,
      why: "PostFinance Checkout cannot reach this machine by that name, so orders are paid only at the buyer's return and by timer. Set GATEWAY_URL to the gateway's public address.",
    });
  }
  await report(gateway, url);
  if (consolePassword === null) {
    console.log(`Open ${url}/manage and sign in with this code, once: ${code}`);
  }
}

function isOnThisMachine(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

/** For people, and for whoever started us as a child. */
async function report(gateway: Gateway, url: Url): Promise<void> {
  for (const { space, why } of await gateway.start(url)) if (why !== null) console.error(`Space ${space}: ${why}`);
  console.log(`ready ${url}`);
  process.send?.({ ready: true, url });
}

/** Once: drains. A second signal ends at once. */
function stopOnSignal(stop: (signal: string) => Promise<void>): void {
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      stop(signal).then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

const usage = `Usage: checkout-plugins-gateway [command]

Stands between shops and PostFinance Checkout. It keeps its files where it is started, prints its address, and how to
sign in and connect a shop. Everything can be set by environment variables, nothing has to be: see the README.

Without a command it runs until it is told to stop. Beside that:

${upkeepUsage}
  --help                shows this text
`;

try {
  const given = process.argv.slice(2);
  const isRun = given[0]?.startsWith("-") ?? true;
  const { values } = parseArgs({ args: isRun ? given : [], options: { help: { type: "boolean", default: false } } });
  if (values.help) console.log(usage);
  else if (!isRun) console.log(await runUpkeep(given, process.env));
  else await run(readEnvironment(process.env));
} catch (error) {
  console.error(error instanceof EnvironmentError ? error.message : error);
  process.exit(1);
}
