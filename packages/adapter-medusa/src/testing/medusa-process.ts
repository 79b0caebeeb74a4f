import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { findFreePort } from "@checkout-plugins/tooling/ports";

export interface MedusaProcess {
  readonly url: string;
  /** Ends it without its leave, and resolves when it is gone. */
  kill(): Promise<void>;
}

const require = createRequire(import.meta.url);
/** It waits this long for a Medusa that starts on a busy machine. Milliseconds. */
const patience = 150_000;

/**
 * Starts the Medusa of this app folder as a process of its own, on this database.
 *
 * @throws Error with what it printed when it ends before it answers.
 */
export async function startMedusaProcess(cwd: string, databaseUrl: string): Promise<MedusaProcess> {
  const port = await findFreePort(0);
  const child = spawn(process.execPath, [require.resolve("@medusajs/cli/cli.js"), "start", "-p", String(port)], {
    cwd,
    env: { ...process.env, DATABASE_URL: databaseUrl, NODE_ENV: "production", MEDUSA_DISABLE_TELEMETRY: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
  const ended = once(child, "close");
  const url = `http://localhost:${port}`;
  const until = Date.now() + patience;
  while (!(await isHealthy(url))) {
    if (!isRunning(child) || Date.now() > until) {
      child.kill("SIGKILL");
      throw new Error(`Medusa did not start:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}
