import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { createClient, createWebhookKeys, type SpaceClient, type SpaceId } from "@checkout-plugins/client";
import {
  type Clock,
  type Core,
  type CoreParts,
  createCore,
  type Instant,
  type LogFields,
  type Logger,
  type Shop,
  type ShopAdapter,
  type ShopId,
} from "@checkout-plugins/core";
import { createSqlStore, type SqlStore } from "@checkout-plugins/store-sql";
import { container } from "@medusajs/framework";
import type { ConfigModule, Logger as MedusaLogger } from "@medusajs/framework/types";
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils";
import { createFinisher } from "./finish-begun.ts";
import { createKnownMethods, type KnownMethods } from "./known-methods.ts";
import { createMedusaAdapter, type Showing } from "./medusa-adapter.ts";
import { toShopId } from "./medusa-names.ts";
import { type ParsedSettings, parseSettings } from "./medusa-settings.ts";
import { createMedusaShop, type MedusaShop } from "./medusa-shop.ts";
import { createWebhookKeeper } from "./webhook-keeper.ts";

/** One of our providers in medusa-config. */
export interface Provider {
  /** As Medusa calls it: `pp_postfinance-checkout_default`. */
  readonly id: ShopId;
  readonly settings: ParsedSettings;
  readonly space: SpaceClient;
}

/** What the provider, the routes and the job of one Medusa process share. */
export interface Runtime {
  readonly core: Core;
  readonly store: SqlStore;
  readonly clock: Clock;
  readonly shop: MedusaShop;
  readonly logger: Logger;
  readonly providers: readonly Provider[];
  readonly showing: Showing;
  readonly knownMethods: KnownMethods;
  find(id: string): Provider | undefined;
  /** Sets up webhooks where that is due, sweeps every space whose turn it is, then looks at and shows all that is due. At most one run at a time; who comes meanwhile gets another. */
  settle(): Promise<void>;
  /** The same, after the caller has answered. */
  settleSoon(): void;
}

/** The runtime as one of its providers sees it. */
export type Opened = Runtime & Provider;

const key = "postfinanceCheckout";
/** Registered in Medusa's container before the first payment, these take the place of our own: for tests. */
const partsKey = "postfinanceCheckoutParts";
type Parts = Partial<Pick<CoreParts, "clock">>;

/**
 * The one of this Medusa process, made when it is first needed: by then all modules are there.
 *
 * @throws Error when the options are wrong or the database cannot be reached; then the next call tries again.
 */
export async function findRuntime(): Promise<Runtime> {
  const known = container.resolve<Promise<Runtime> | null | undefined>(key, { allowUnregistered: true });
  if (known) return known;
  const made = createRuntime();
  register(made);
  made.catch(() => register(null));
  return made;
}

/** As awilix takes it; older Medusas do not export its own `asValue`. */
function register(value: Promise<Runtime> | null): void {
  container.register(key, { resolve: () => value });
}

async function createRuntime(): Promise<Runtime> {
  if (!container.hasRegistration(ContainerRegistrationKeys.CONFIG_MODULE)) {
    throw new Error(
      "This plugin and Medusa each load a copy of @medusajs/framework of their own, so that they cannot meet. Install one version of all @medusajs packages, and remove the other copy (npm dedupe, pnpm dedupe).",
    );
  }
  const logger = toLogger(container.resolve(ContainerRegistrationKeys.LOGGER));
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE);
  const providers = readProviders(config);
  const shop = createMedusaShop(container);
  const parts = container.resolve<Parts | undefined>(partsKey, { allowUnregistered: true });
  const store = await openStore(config, logger);
  const clock = parts?.clock ?? systemClock;
  const showing: Showing = new Set();
  const adapter = createMedusaAdapter({ shop, showing, now: () => Date.parse(clock.now()) });
  const shops = providers.map((provider) => toShop(provider, adapter));
  const core = createCore({
    store,
    shops: {
      find: async (id) => shops.find((one) => one.id === id) ?? null,
      findBySpace: async (space) =>
        shops.find(({ live, test }) => live?.space === space || test?.space === space) ?? null,
    },
    clock,
    createId: randomUUID,
    random: Math.random,
    logger,
  });

  const now = (): number => Date.parse(clock.now());
  const find = (id: string): Provider | undefined => providers.find(({ provider }) => provider.id === id)?.provider;
  const finisher = createFinisher({ core, shop, logger, find, now });
  const webhooks = createWebhookKeeper({ providers: providers.map(({ provider }) => provider), now, logger });
  let running: Promise<void> | null = null;
  let isWanted = false;
  const run = async (): Promise<void> => {
    try {
      while (isWanted) {
        isWanted = false;
        await webhooks.keep();
        await finisher.finish().catch((error: unknown) => logger.warn("finishing failed", { why: String(error) }));
        await settleAll(core, providers, logger);
      }
    } finally {
      running = null; // at once: who asks in the moment after would wait for a run that has ended
    }
  };
  const settle = (): Promise<void> => {
    isWanted = true;
    running ??= run();
    return running;
  };
  return {
    core,
    store,
    clock,
    shop,
    logger,
    providers: providers.map(({ provider }) => provider),
    showing,
    knownMethods: createKnownMethods({ core, now }),
    find,
    settle,
    settleSoon() {
      settle().catch((error: unknown) => logger.error("settle failed", { why: String(error) }));
    },
  };
}

type Connected = { readonly provider: Provider; readonly keys: Shop["keys"] };

/** In the shop's own database, in a schema of its own. @throws Error */
function openStore({ projectConfig: { databaseUrl } }: ConfigModule, logger: Logger): Promise<SqlStore> {
  if (databaseUrl === undefined) throw new Error("medusa-config has no projectConfig.databaseUrl.");
  return createSqlStore({ database: { connectionString: databaseUrl, connections: 5 }, logger });
}

async function settleAll(core: Core, providers: readonly Connected[], logger: Logger): Promise<void> {
  for (const { provider } of providers) {
    const { space } = provider.space;
    await core.sweep(space).catch((error: unknown) => logger.warn("sweep failed", { space, why: String(error) }));
  }
  while ((await core.settleDue({ total: 20, perShop: 20 })) > 0);
}

function toShop({ provider, keys }: Connected, adapter: ShopAdapter): Shop {
  const { id, space, settings } = provider;
  const isTest = settings.environment === "test";
  const { doublePayment } = settings;
  return { id, adapter, live: isTest ? null : space, test: isTest ? space : null, keys, doublePayment };
}

interface ProviderEntry {
  readonly resolve?: unknown;
  readonly id?: string;
  readonly options?: unknown;
}

/** @throws Error that names each wrong option. */
function readProviders(config: ConfigModule): readonly Connected[] {
  const payment = config.modules?.[Modules.PAYMENT] as { readonly options?: { readonly providers?: ProviderEntry[] } };
  const entries = (payment?.options?.providers ?? []).filter(({ resolve }) => isOurs(resolve));
  const connected = entries.map(({ id, options }) => connect(toShopId(id), options));
  const spaces = connected.map(({ provider }) => provider.settings.spaceId);
  const twice = spaces.find((space, index) => spaces.indexOf(space) !== index);
  if (twice === undefined) return connected;
  throw new Error(`Space ${twice} is named by two payment providers in medusa-config: give each one its own.`);
}

function connect(id: ShopId, options: unknown): Connected {
  const settings = parseSettings(options, id);
  const client = createClient({
    ...(settings.serviceUrl !== null && { baseUrl: settings.serviceUrl }),
    userId: settings.userId,
    authenticationKey: settings.authenticationKey,
    now: Date.now,
    random: Math.random,
    sleep: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
  });
  const keys = createWebhookKeys({ read: client.readWebhookKey, now: Date.now });
  return { provider: { id, settings, space: client.space(settings.spaceId as SpaceId) }, keys };
}

function isOurs(resolve: unknown): boolean {
  return typeof resolve === "string" && /[\\/]providers[\\/]postfinance-checkout([\\/]|$)/.test(resolve);
}

const systemClock: Clock = {
  now: () => new Date().toISOString() as Instant,
  sleep: (seconds, signal) => wait(seconds * 1000, undefined, signal && { signal }),
};

function toLogger(medusa: MedusaLogger): Logger {
  const toLine = (event: string, fields: LogFields = {}): string =>
    ["postfinance-checkout:", event, ...Object.entries(fields).map(([name, value]) => `${name}=${value}`)].join(" ");
  return {
    debug: (event, fields) => medusa.debug(toLine(event, fields)),
    info: (event, fields) => medusa.debug(toLine(event, fields)),
    warn: (event, fields) => medusa.warn(toLine(event, fields)),
    error: (event, fields) => medusa.error(toLine(event, fields)),
  };
}
