import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createGatewayClient } from "@checkout-plugins/shop-protocol";
import {
  createSimulator,
  createSimulatorControl,
  exampleKey,
  type SimulatorControl,
} from "@checkout-plugins/simulator";
import { getRequestListener } from "@hono/node-server";
import { listen } from "./listen.ts";
import { createDemoShop, type DemoShop, type DemoShopParts } from "./shop.ts";
import { secret } from "./testing.ts";

/** Stands at the shop's door: looks at the path, may let wait, and serves the request or breaks its connection. */
export type Porter = (path: string) => Promise<"serve" | "cut">;

/** The shop, the gateway and PostFinance Checkout on this machine, as they stand in the street. */
export interface Street {
  readonly shop: DemoShop & { readonly url: string };
  readonly simulator: SimulatorControl;
  readonly gateway: {
    /** SIGKILL: nothing is finished, nothing is said. Resolves when the process is gone. */
    kill(): Promise<void>;
    /** The same gateway again: same address, same file. */
    start(): Promise<void>;
  };
  /** Until the next one every request to the shop passes by this porter. */
  place(porter: Porter): void;
  /** What the service knows, oldest first. */
  transactions(): Promise<readonly { readonly id: number; readonly state: string; readonly completedAmount: number }[]>;
  close(): Promise<void>;
}

const gatewayFile = fileURLToPath(new URL("../../gateway/src/main.ts", import.meta.url));
const space = "70002";

interface Running {
  readonly url: string;
  readonly process: ChildProcess;
}

async function startGateway(environment: Readonly<Record<string, string>>): Promise<Running> {
  const gateway = fork(gatewayFile, {
    env: { PATH: process.env.PATH ?? "", ...environment },
    execArgv: ["--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let log = "";
  for (const stream of [gateway.stdout, gateway.stderr]) stream?.on("data", (part) => (log += part));
  const [{ url }] = (await Promise.race([
    once(gateway, "message"),
    once(gateway, "exit").then(() => Promise.reject(new Error(`The gateway did not start:\n${log}`))),
  ])) as [{ readonly url: string }];
  return { url, process: gateway };
}

async function end({ process: gateway }: Running, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (gateway.exitCode !== null || gateway.signalCode !== null) return;
  const ended = once(gateway, "exit");
  gateway.kill(signal);
  await ended;
}

/** Simulator and shop in this process, the gateway as a process of its own; all ports are the system's choice. */
export async function openStreet(
  settings: Partial<DemoShopParts["settings"]> = {},
  report: DemoShopParts["report"] = (error) => console.error(error),
): Promise<Street> {
  const simulator = await createSimulator().listen(0);
  const server = createServer();
  const { port } = await listen(server, "127.0.0.1", 0);
  const url = `http://localhost:${port}`;
  const folder = await mkdtemp(join(tmpdir(), "street-"));
  const environment = {
    SERVICE_URL: simulator.url,
    DATABASE_FILE: join(folder, "gateway.sqlite"),
    TEST_SPACE_ID: space,
    APPLICATION_USER_ID: "12345",
    AUTHENTICATION_KEY: exampleKey,
    SHOP_ID: "demo",
    SHOP_SECRET: secret,
    SHOP_SHOW_URL: `${url}/payments/show`,
    PRIVATE_ADDRESSES: "allow",
  };
  let gateway = await startGateway({ ...environment, PORT: "0" });
  const gatewayUrl = gateway.url;

  const parts = { now: Date.now, createId: randomUUID };
  const shop = createDemoShop({
    ...parts,
    gateway: createGatewayClient({ ...parts, gatewayUrl, shopId: "demo", secret }),
    secrets: [secret],
    shopUrl: new URL(url),
    isTest: true,
    settings: { integration: "page", completion: "immediate", ...settings },
    report,
  });
  const serve = getRequestListener(shop.fetch);
  let porter: Porter = async () => "serve";
  server.on("request", async (request, response) => {
    const decision = await porter(new URL(request.url ?? "/", url).pathname);
    if (decision === "serve") await serve(request, response);
    else request.destroy();
  });

  return {
    shop: { ...shop, url },
    simulator: createSimulatorControl({ url: simulator.url }),
    gateway: {
      kill: () => end(gateway, "SIGKILL"),
      async start() {
        gateway = await startGateway({ ...environment, PORT: new URL(gatewayUrl).port });
      },
    },
    place: (next) => {
      porter = next;
    },
    async transactions() {
      const response = await fetch(`${simulator.url}/_simulator/transactions`);
      const { data } = (await response.json()) as { data: Awaited<ReturnType<Street["transactions"]>> };
      return data;
    },
    async close() {
      await end(gateway, "SIGTERM");
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
