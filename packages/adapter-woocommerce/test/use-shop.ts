import { afterAll, beforeAll, beforeEach } from "vitest";
import { createTestGateway, type TestGateway } from "./gateway.ts";
import { until, whyNoShop } from "./programs.ts";
import { createShop, type Shop } from "./shop.ts";
import { anOrder, type OrderView } from "./views.ts";

export interface Opened {
  readonly shop: Shop;
  readonly gateway: TestGateway;
}

export interface ShopSettings {
  /** Why there can be no shop; null: there can be one. Default: `whyNoShop`. */
  readonly why?: string | null;
  /** The service sends the gateway webhooks. */
  readonly hears: boolean;
}

/** What is done with the orders of the shop. */
export interface Orders {
  /** `anOrder`, but for these; its number. */
  create(changes?: Readonly<Record<string, unknown>>): Promise<number>;
  order(id: number): Promise<OrderView>;
  /** Looks and shows until the order is so. */
  becomes(id: number, isSo: (order: OrderView) => boolean): Promise<OrderView>;
}

/**
 * One shop and its gateway for the tests of a file, handed to `open` before the first; where there can be none, each test
 * is skipped with the reason. Before each the gateway answers as it should, and has heard no command.
 */
export function useShop(
  { why = whyNoShop(), hears }: ShopSettings,
  open: (opened: Opened) => void | Promise<void>,
): Orders {
  let shop: Shop;
  let gateway: TestGateway;
  beforeAll(async () => {
    if (why !== null) return;
    gateway = await createTestGateway(() => shop.url, { hears });
    shop = await createShop();
    await open({ shop, gateway });
  });
  afterAll(async () => {
    await shop?.close();
    await gateway?.close();
  });
  beforeEach(({ skip }) => {
    if (why !== null) skip(why);
    gateway.answer = undefined;
    gateway.commands.length = 0;
  });
  const order = (id: number) => shop.control<OrderView>("order", { id });
  return {
    async create(changes = {}) {
      return (await shop.control<{ readonly id: number }>("create", { ...anOrder, ...changes })).id;
    },
    order,
    async becomes(id, isSo) {
      await until(`order ${id}`, async () => {
        await gateway.settle(`order-${id}`);
        return isSo(await order(id));
      });
      return order(id);
    },
  };
}
