import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findFreePort, isFree, readPort } from "./ports.ts";
import { type Program, type ProgramPlan, startProgram } from "./programs.ts";
import { purchaseOnce } from "./purchase.ts";
import { root } from "./workspace.ts";

/** The simulator's own defaults: they open nothing anywhere else. */
const simulatedSpace = {
  SPACE_ID: "70001",
  APPLICATION_USER_ID: "12345",
  AUTHENTICATION_KEY: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
};

const usage = `npm start                 starts the demo: shop, gateway and simulator, until Ctrl-C
npm start -- --once       makes one purchase without a browser, and fails unless it is paid
npm start -- --verbose    prints what the programs print

SHOP_PORT, GATEWAY_PORT and SIMULATOR_PORT choose the ports; else 4000, 4001 and 4002, or the next free ones.`;

/** The gateway's payments live as long as the shop's orders: until the end. */
const folder = mkdtempSync(join(tmpdir(), "checkout-plugins-"));
const running: Program[] = [];
const interrupted = new Promise<"interrupted">((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve("interrupted"));
});

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message);
  return 1;
});
await Promise.all(running.map((program) => program.stop()));
rmSync(folder, { recursive: true, force: true });
process.exit();

async function main(): Promise<number> {
  const { once, verbose, help } = readArguments();
  if (help) {
    console.log(usage);
    return 0;
  }
  const addresses = await chooseAddresses();
  for (const plan of planPrograms(addresses)) {
    const onLine = (line: string) => console.log(`${plan.name}: ${line}`);
    const started = startProgram(plan, verbose ? { onLine } : {});
    const outcome = await Promise.race([started, interrupted]);
    if (outcome === "interrupted") {
      await started.then((program) => program.stop());
      return 130;
    }
    running.push(outcome);
    if (new URL(outcome.url).port !== new URL(plan.url).port) {
      throw new Error(`${plan.name} was to answer at ${plan.url}, but somebody took that port. Please start again.`);
    }
  }
  const died = Promise.race(running.map((program) => program.died)).then((how) => {
    throw new Error(`\n${how}`);
  });
  if (once) {
    const outcome = await Promise.race([purchaseOnce({ ...addresses, print: console.log }), interrupted, died]);
    return outcome === "interrupted" ? 130 : outcome ? 0 : 1;
  }
  console.log(welcome(addresses));
  await Promise.race([interrupted, died]); // to be interrupted is how this ends well
  return 0;
}

interface Addresses {
  readonly shop: string;
  readonly gateway: string;
  readonly simulator: string;
}

async function chooseAddresses(): Promise<Addresses> {
  const taken: number[] = [];
  const choose = async (name: string, preferred: number) => {
    const wished = readPort(name, process.env);
    if (wished && !(await isFree(wished))) throw new Error(`${name} is ${wished}, but another program has that port.`);
    const port = await findFreePort(wished ?? preferred, taken);
    taken.push(port);
    return `http://localhost:${port}`;
  };
  return {
    shop: await choose("SHOP_PORT", 4000),
    gateway: await choose("GATEWAY_PORT", 4001),
    simulator: await choose("SIMULATOR_PORT", 4002),
  };
}

/** In the order in which they need each other, each with the address that the others were told. */
function planPrograms({ shop, gateway, simulator }: Addresses): (ProgramPlan & { readonly url: string })[] {
  const host = "127.0.0.1";
  const at = (url: string) => ({ HOST: host, PORT: new URL(url).port });
  const pairing = { SHOP_ID: "demo", SHOP_SECRET: `whsec_${randomBytes(32).toString("base64")}`, GATEWAY_URL: gateway };
  return [
    {
      name: "The simulator",
      url: simulator,
      file: "packages/simulator/src/main.ts",
      args: ["--host", host, "--port", new URL(simulator).port],
      environment: {},
    },
    {
      name: "The gateway",
      url: gateway,
      file: "apps/gateway/src/main.ts",
      environment: {
        ...at(gateway),
        ...pairing,
        ...simulatedSpace,
        SERVICE_URL: simulator,
        DATABASE_FILE: join(folder, "gateway.sqlite"),
        SHOP_SHOW_URL: `${shop}/payments/show`,
        PRIVATE_ADDRESSES: "allow",
      },
    },
    {
      name: "The shop",
      url: shop,
      file: "apps/demo-shop/src/main.ts",
      environment: { ...at(shop), ...pairing, SHOP_URL: shop, SHOP_ENVIRONMENT: "live" },
    },
  ].map((plan) => ({ ...plan, file: join(root, plan.file) }));
}

function welcome({ shop, gateway, simulator }: Addresses): string {
  return `
  Checkout Plugins is running. No real money moves.

    Shop        ${shop}   start here: order something, then pay with one of the test cards shown
    Gateway     ${gateway}   stands between the shop and PostFinance Checkout
    Simulator   ${simulator}   PostFinance Checkout on this machine

  Ctrl-C stops everything. Without a browser: npm start -- --once
`;
}

function readArguments(): { once: boolean; verbose: boolean; help: boolean } {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({ options: { once: flag, verbose: flag, help: flag } }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n\n${usage}`);
  }
}
