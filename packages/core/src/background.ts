import type { Shop, ShopDirectory } from "./contract/index.ts";

function inBackground(shop: Shop | null): Shop | null {
  if (shop === null) return null;
  return { ...shop, live: shop.live?.background ?? shop.live, test: shop.test?.background ?? shop.test };
}

/** The same shops, for work that nobody waits for: near the limit of a space its requests give way to all others. */
export function toBackground(shops: ShopDirectory): ShopDirectory {
  return {
    find: async (id) => inBackground(await shops.find(id)),
    findBySpace: async (space) => inBackground(await shops.findBySpace(space)),
  };
}
