import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { readEnvironment } from "./environment.ts";
import { type Database, openDatabase } from "./postgres.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));
const medusa = fileURLToPath(import.meta.resolve("@medusajs/cli/cli.js"));

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start(): Promise<void> {
  const { port, databaseUrl, shopUrl } = readEnvironment(process.env);
  const database = await openDatabase(databaseUrl);
  try {
    await startMedusa(database, port, shopUrl);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function startMedusa(database: Database, port: number, shopUrl: string): Promise<void> {
  const environment = {
    ...process.env,
    DATABASE_URL: database.url,
    SHOP_URL: shopUrl,
    NODE_ENV: "production",
    MEDUSA_DISABLE_TELEMETRY: "1",
  };
  const run = (...args: string[]): ChildProcess =>
    spawn(process.execPath, [medusa, ...args], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "inherit", "inherit"],
    });
  const runToEnd = async (...args: string[]): Promise<void> => {
    const [code] = await once(run(...args), "exit");
    if (code !== 0) throw new Error(`medusa ${args.join(" ")} ended with exit code ${code}.`);
  };

  await runToEnd("db:migrate");
  await runToEnd("exec", "./src/seed.ts");
  const server = run("start", "-p", String(port));
  const stop = (): void => void server.kill("SIGTERM");
  process.once("SIGTERM", stop).once("SIGINT", stop).once("disconnect", stop);
  server.once("exit", async (code) => {
    await database.close();
    process.exit(code ?? 0);
  });
  await untilHealthy(shopUrl, server);
  console.log(`ready ${shopUrl}/shop`);
  process.send?.({ ready: true, url: shopUrl });
}

async function untilHealthy(url: string, server: ChildProcess): Promise<void> {
  while (server.exitCode === null) {
    const isHealthy = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isHealthy) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
