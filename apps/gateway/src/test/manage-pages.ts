import type { HostedPlatform, Url } from "@checkout-plugins/core";
import { listen } from "../listen.ts";
import { type ManyShops, openManyShops } from "./many-shops.ts";

export interface ManagePages extends ManyShops {
  /** Where a browser reaches the gateway. */
  readonly address: string;
}

/** One gateway whose pages a browser can open, with these platforms beside the HTTP one. */
export async function openManagePages(platforms: readonly HostedPlatform[] = []): Promise<ManagePages> {
  const bench = await openManyShops(platforms);
  const { fetch } = await bench.start("http://localhost:1" as Url);
  const door = await listen({ fetch, host: "127.0.0.1", port: 0 });
  return {
    ...bench,
    address: `http://127.0.0.1:${door.port}`,
    async close() {
      await door.close();
      await bench.close();
    },
  };
}
