import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { findFreePort, readPort } from "./ports.ts";
import { type Program, startProgram } from "./programs.ts";
import { root } from "./workspace.ts";

const simulatedSpace = {
  SPACE_ID: "70001",
  APPLICATION_USER_ID: "12345",
  AUTHENTICATION_KEY: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
};
/** Migrations and seed on a busy machine. Milliseconds. */
const patience = 300_000;

const running: Program[] = [];
const interrupted = new Promise<"interrupted">((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve("interrupted"));
});

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message);
  return 1;
});
await Promise.all(running.reverse().map((program) => program.stop()));
process.exit();

async function main(): Promise<number> {
  console.log("Building the plugin and Medusa's admin (minutes, the first time) …");
  await buildDemo();
  const verbose = process.argv.includes("--verbose");
  const start = async (name: string, file: string, args: readonly string[], environment: Record<string, string>) => {
    const onLine = (line: string) => console.log(`${name}: ${line}`);
    const program = await startProgram(
      { name, file: join(root, file), args, environment },
      { readyWithin: patience, ...(verbose && { onLine }) },
    );
    running.push(program);
    return program;
  };
  const simulator = await findAddress("SIMULATOR_PORT", 4002);
  const shop = await findAddress("SHOP_PORT", 9000);
  const at = ["--host", "127.0.0.1", "--port", new URL(simulator).port];
  await start("The simulator", "packages/simulator/src/main.ts", at, {});
  console.log("Starting Medusa …");
  await start("Medusa", "apps/demo-medusa/src/main.ts", [], {
    ...simulatedSpace,
    SERVICE_URL: simulator,
    SHOP_URL: shop,
    PORT: new URL(shop).port,
    SHOP_SECRET: randomBytes(32).toString("base64"),
  });
  console.log(`
  A Medusa shop with PostFinance Checkout is running. No real money moves.

    Shop        ${shop}/shop   start here: buy something, then pay with one of the test cards shown
    Admin       ${shop}/app    admin@example.ch, supersecret
    Simulator   ${simulator}   PostFinance Checkout on this machine

  Ctrl-C stops everything.
`);
  const died = Promise.race(running.map((program) => program.died)).then((how) => {
    throw new Error(`\n${how}`);
  });
  await Promise.race([interrupted, died]);
  return 0;
}

async function findAddress(name: string, preferred: number): Promise<string> {
  return `http://localhost:${await findFreePort(readPort(name, process.env) ?? preferred)}`;
}

function buildDemo(): Promise<void> {
  const turbo = join(root, "node_modules/turbo/bin/turbo");
  const args = ["run", "build", "--filter=@checkout-plugins/demo-medusa...", "--output-logs=errors-only"];
  const child = spawn(process.execPath, [turbo, ...args], { cwd: root, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve() : reject(new Error("The build failed."))));
  });
}
