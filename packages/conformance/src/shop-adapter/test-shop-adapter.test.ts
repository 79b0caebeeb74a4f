import { testShopAdapter } from "./test-shop-adapter.ts";
import { createExampleShop } from "./testing/example-shop.ts";

testShopAdapter("the example shop", { createHarness: async (parts) => createExampleShop(parts) });
