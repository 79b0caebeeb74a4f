import type { Client } from "@checkout-plugins/client";
import {
  type HostedPlatform,
  type HostedShopAdapter,
  PaymentError,
  type Peer,
  type Shop,
  type ShopDirectory,
  type ShopId,
  type ShopRecord,
  type ShopSettings,
  type ShopStore,
} from "@checkout-plugins/core";
import { buildShop } from "./build-shop.ts";

/** One shop as the gateway is told of it at its start. */
export interface GatewayShop extends Omit<Shop, "id" | "adapter"> {
  /** Of one of the gateway's platforms. */
  readonly platform: string;
  readonly settings: ShopSettings;
}

export interface HostedShop extends Shop {
  readonly adapter: HostedShopAdapter;
  /** null: it is of the environment, and not kept. */
  readonly record: ShopRecord | null;
}

export interface ShopsParts {
  readonly platforms: readonly HostedPlatform[];
  /** Those of the environment. */
  readonly fixed: readonly GatewayShop[];
  /** All others; null: there are none. */
  readonly registry: RegistryParts | null;
}

export interface RegistryParts {
  readonly store: ShopStore;
  /** @throws TypeError when the user or the key cannot be right. */
  readonly createClient: (user: { readonly userId: string; readonly authenticationKey: string }) => Client;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface HostedShops {
  readonly directory: ShopDirectory;
  /** Those of the environment. */
  readonly fixed: readonly HostedShop[];
  /** All, the disabled ones too. One that cannot be built is told to `failed` and left out. */
  list(failed: (shop: ShopId, error: unknown) => void): Promise<readonly HostedShop[]>;
  /** Whose request is it? By path, header or certificate; its body is not read. @throws PaymentError `unknownShop`. */
  find(request: Request, peer: Peer): Promise<HostedShop>;
  /** As `find`, among the shops of one platform. */
  findOf(platform: HostedPlatform, request: Request, peer: Peer): Promise<HostedShop>;
  /** It was changed by this process: the next one to ask gets it anew. */
  forget(shop: ShopId): void;
}

/** Milliseconds for which a shop is not read again: so late does a process learn of what another one changed. */
const fresh = 1000;
const pageSize = 100;

interface Built {
  readonly shop: HostedShop;
  readonly readAt: number;
}

/** Connects every shop to its platform's adapter. @throws PaymentError `notConfigured` that names the setting. */
export function createShops({ platforms, fixed, registry }: ShopsParts): HostedShops {
  const connected = fixed.map((shop) => connect(platforms, shop));
  const byId = new Map<ShopId, HostedShop>(connected.map((shop) => [shop.id, shop]));
  const built = new Map<ShopId, Built>();
  const building = new Map<ShopId, Promise<HostedShop | null>>();
  const store = registry?.store ?? null;

  const use = async (parts: RegistryParts, record: ShopRecord, readAt: number): Promise<HostedShop> => {
    const known = built.get(record.id);
    const shop =
      known?.shop.record?.version === record.version
        ? known.shop
        : await buildShop(parts, choosePlatform(platforms, record), record);
    built.set(record.id, { shop, readAt });
    return shop;
  };
  const read = async (parts: RegistryParts, id: ShopId): Promise<HostedShop | null> => {
    const readAt = parts.now();
    const record = await parts.store.read(id);
    if (record !== null && record.settings !== null) return use(parts, record, readAt);
    built.delete(id);
    return null;
  };
  const find = async (id: ShopId): Promise<HostedShop | null> => {
    const known = byId.get(id) ?? null;
    if (known !== null || registry === null) return known;
    const recent = built.get(id);
    if (recent !== undefined && Math.abs(registry.now() - recent.readAt) < fresh) return recent.shop;
    const running = building.get(id) ?? read(registry, id).finally(() => building.delete(id));
    building.set(id, running);
    return running;
  };
  const lookFor = async (platform: HostedPlatform, request: Request, peer: Peer): Promise<HostedShop | null> => {
    const id = await platform.findShop(request, peer, { find: async (...given) => store?.find(...given) });
    const shop = id === undefined ? null : await find(id);
    if (shop?.adapter.platform !== platform.platform) return null;
    if (shop.record?.disabledOn) {
      throw new PaymentError("unknownShop", "This shop was removed from the gateway. Connect it again there.");
    }
    return shop;
  };

  return {
    fixed: connected,
    directory: {
      find,
      async findBySpace(space) {
        const known = connected.find(({ live, test }) => live?.space === space || test?.space === space);
        if (known !== undefined) return known;
        const id = await store?.findBySpace(space);
        return id ? find(id) : null;
      },
    },
    async list(failed) {
      const shops = [...connected];
      for (let after: ShopId | null = null; registry !== null; ) {
        const readAt = registry.now();
        const page: readonly ShopRecord[] = await registry.store.list({ after, limit: pageSize });
        for (const record of page.filter(({ settings }) => settings !== null)) {
          try {
            shops.push(await use(registry, record, readAt));
          } catch (error) {
            failed(record.id, error);
          }
        }
        after = page.at(-1)?.id ?? null;
        if (page.length < pageSize) break;
      }
      return shops;
    },
    async find(request, peer) {
      for (const platform of platforms) {
        const shop = await lookFor(platform, request, peer);
        if (shop !== null) return shop;
      }
      throw unknownShop();
    },
    async findOf(platform, request, peer) {
      const shop = await lookFor(platform, request, peer);
      if (shop !== null) return shop;
      throw unknownShop();
    },
    forget: (id) => built.delete(id),
  };
}

function unknownShop(): PaymentError {
  return new PaymentError("unknownShop", "There is no such shop here. Check the shop's id in the address you call.");
}

function choosePlatform(platforms: readonly HostedPlatform[], { id, platform }: ShopRecord): HostedPlatform {
  const found = platforms.find((one) => one.platform === platform);
  if (found !== undefined) return found;
  throw new PaymentError("notConfigured", `Shop "${id}" is of the platform "${platform}", which is not here.`);
}

function connect(platforms: readonly HostedPlatform[], { platform, settings, ...rest }: GatewayShop): HostedShop {
  const found = choosePlatform(platforms, { id: settings.id, platform } as ShopRecord);
  return { ...rest, id: settings.id, adapter: found.connect(settings), record: null };
}
