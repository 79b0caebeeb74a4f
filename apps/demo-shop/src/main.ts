import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { createGatewayClient } from "@checkout-plugins/shop-protocol";
import { getRequestListener } from "@hono/node-server";
import { type Environment, readEnvironment } from "./environment.ts";
import { listen } from "./listen.ts";
import { createDemoShop } from "./shop.ts";

try {
  await start(readEnvironment(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  process.disconnect?.();
}

async function start(environment: Environment): Promise<void> {
  const server = createServer();
  const { address, family, port } = await listen(server, environment.HOST, environment.PORT);
  const url = environment.SHOP_URL ?? `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
  const parts = { now: Date.now, createId: randomUUID };
  const shop = createDemoShop({
    ...parts,
    gateway: createGatewayClient({
      ...parts,
      gatewayUrl: environment.GATEWAY_URL,
      shopId: environment.SHOP_ID,
      secret: environment.SHOP_SECRET,
      // A buyer looks at a page that does not come for 3 seconds, not for 20. Both may be asked again.
      timeout: { start: 3, return: 3 },
    }),
    secrets: [environment.SHOP_SECRET],
    shopUrl: new URL(url),
    isTest: environment.SHOP_ENVIRONMENT === "test",
    settings: { integration: "page", completion: "immediate" },
    report: (error) => console.error(error),
  });
  server.on("request", getRequestListener(shop.fetch));

  const stop = (): void => {
    server.close(() => process.exit());
    server.closeIdleConnections();
    // Whoever is being answered has this long.
    setTimeout(() => server.closeAllConnections(), 5000).unref();
  };
  process.once("SIGTERM", stop).once("SIGINT", stop).once("disconnect", stop);

  console.log(`ready ${url}`);
  process.send?.({ ready: true, url });
}
