import {
  type HostedPlatform,
  type HostedShopAdapter,
  PaymentError,
  type Peer,
  type Shop,
  type ShopDirectory,
  type ShopId,
  type ShopSettings,
} from "@checkout-plugins/core";

/** One shop as the gateway is told of it. */
export interface GatewayShop extends Omit<Shop, "id" | "adapter"> {
  /** Of one of the gateway's platforms. */
  readonly platform: string;
  readonly settings: ShopSettings;
}

export interface HostedShop extends Shop {
  readonly adapter: HostedShopAdapter;
}

export interface HostedShops {
  readonly directory: ShopDirectory;
  readonly all: readonly HostedShop[];
  /** Whose request is it? By path, header or certificate; its body is not read. @throws PaymentError `unknownShop`. */
  find(request: Request, peer: Peer): Promise<HostedShop>;
}

/** Connects every shop to its platform's adapter. @throws PaymentError `notConfigured` that names the setting. */
export function createShops(platforms: readonly HostedPlatform[], shops: readonly GatewayShop[]): HostedShops {
  const connected = shops.map((shop) => connect(platforms, shop));
  const byId = new Map<ShopId, HostedShop>(connected.map((shop) => [shop.id, shop]));
  return {
    directory: {
      find: async (id) => byId.get(id) ?? null,
      findBySpace: async (space) =>
        connected.find(({ live, test }) => live?.space === space || test?.space === space) ?? null,
    },
    all: connected,
    async find(request, peer) {
      for (const platform of platforms) {
        const id = await platform.findShop(request, peer);
        const shop = id === undefined ? undefined : byId.get(id);
        if (shop?.adapter.platform === platform.platform) return shop;
      }
      throw new PaymentError("unknownShop", "There is no such shop here. Check the shop's id in the address you call.");
    },
  };
}

function connect(platforms: readonly HostedPlatform[], { platform, settings, ...rest }: GatewayShop): HostedShop {
  const found = platforms.find((one) => one.platform === platform);
  if (found === undefined) {
    throw new PaymentError(
      "notConfigured",
      `Shop "${settings.id}" is of the platform "${platform}", which is not here.`,
    );
  }
  return { ...rest, id: settings.id, adapter: found.connect(settings) };
}
