import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createGatewayClient } from "@checkout-plugins/shop-protocol";
import { createSimulator, exampleKey } from "@checkout-plugins/simulator";
import { getRequestListener } from "@hono/node-server";
import { listen } from "./listen.ts";
import { createDemoShop, type DemoShop, type DemoShopParts } from "./shop.ts";
import { secret } from "./testing.ts";

/** The shop, the gateway and PostFinance Checkout on this machine, as they stand in the street. */
export interface Street {
  readonly shop: DemoShop & { readonly url: string };
  /** What the service knows, oldest first. */
  transactions(): Promise<readonly { readonly id: number; readonly state: string; readonly completedAmount: number }[]>;
  close(): Promise<void>;
}

const gatewayFile = fileURLToPath(new URL("../../gateway/src/main.ts", import.meta.url));
const space = "70002";

/** Simulator and shop in this process, the gateway as a process of its own; all ports are the system's choice. */
export async function openStreet(settings: Partial<DemoShopParts["settings"]> = {}): Promise<Street> {
  const simulator = await createSimulator().listen(0);
  const server = createServer();
  const { port } = await listen(server, "127.0.0.1", 0);
  const url = `http://localhost:${port}`;
  const folder = await mkdtemp(join(tmpdir(), "street-"));
  const gateway = fork(gatewayFile, {
    env: {
      PATH: process.env.PATH ?? "",
      PORT: "0",
      SERVICE_URL: simulator.url,
      DATABASE_FILE: join(folder, "gateway.sqlite"),
      TEST_SPACE_ID: space,
      APPLICATION_USER_ID: "12345",
      AUTHENTICATION_KEY: exampleKey,
      SHOP_ID: "demo",
      SHOP_SECRET: secret,
      SHOP_SHOW_URL: `${url}/payments/show`,
    },
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let log = "";
  for (const stream of [gateway.stdout, gateway.stderr]) stream?.on("data", (part) => (log += part));
  const [ready] = (await Promise.race([
    once(gateway, "message"),
    once(gateway, "exit").then(() => Promise.reject(new Error(`The gateway did not start:\n${log}`))),
  ])) as [{ readonly url: string }];

  const parts = { now: Date.now, createId: randomUUID };
  const shop = createDemoShop({
    ...parts,
    gateway: createGatewayClient({ ...parts, gatewayUrl: ready.url, shopId: "demo", secret }),
    secrets: [secret],
    shopUrl: new URL(url),
    isTest: true,
    settings: { integration: "page", completion: "immediate", ...settings },
    report: (error) => console.error(error),
  });
  server.on("request", getRequestListener(shop.fetch));

  return {
    shop: { ...shop, url },
    async transactions() {
      const response = await fetch(`${simulator.url}/_simulator/transactions`);
      const { data } = (await response.json()) as { data: Awaited<ReturnType<Street["transactions"]>> };
      return data;
    },
    async close() {
      const ended = once(gateway, "exit");
      gateway.kill("SIGTERM");
      await ended;
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
