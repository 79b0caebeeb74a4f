import type { SpaceClient } from "@checkout-plugins/client";
import type { Shop, ShopDirectory, ShopId, SpaceId } from "./contract/index.ts";
import { PaymentError } from "./errors.ts";

/** @throws PaymentError `unknownShop`. */
export async function findShop(shops: ShopDirectory, id: ShopId): Promise<Shop> {
  const shop = await shops.find(id);
  if (shop !== null) return shop;
  throw new PaymentError("unknownShop", `There is no shop "${id}". Check the shop's id in the address it calls.`);
}

/** The client of the space in which a payment begins. @throws PaymentError `notConfigured`. */
export function chooseSpace(shop: Shop, test: boolean): SpaceClient {
  const space = test ? shop.test : shop.live;
  if (space !== null) return space;
  const kind = test ? "test" : "live";
  throw new PaymentError(
    "notConfigured",
    `Shop "${shop.id}" has no ${kind} space. Enter its space id in the settings.`,
  );
}

/** The client of the space in which an attempt was made. @throws PaymentError `notConfigured`. */
export function findSpace(shop: Shop, space: SpaceId): SpaceClient {
  const found = [shop.live, shop.test].find((one) => one?.space === space);
  if (found) return found;
  throw new PaymentError(
    "notConfigured",
    `Shop "${shop.id}" has payments in space ${space}, but is no longer connected to it. Connect it again until they are final.`,
  );
}
