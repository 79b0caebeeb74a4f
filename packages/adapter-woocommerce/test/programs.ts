import { type ChildProcess, execFile, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { promisify } from "node:util";

const run = promisify(execFile);

/** WordPress as Debian packs it, or the folder that WORDPRESS_DIR names. */
export const wordpressDir: string = process.env.WORDPRESS_DIR ?? "/usr/share/wordpress";
/** A built WooCommerce; without it our contract double takes its place. */
export const woocommerceDir: string | null = process.env.WOOCOMMERCE_DIR ?? null;

function isThere(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).status === 0;
}

/** Why no PHP can run here; null when it can. @throws when REQUIRE_PHP=1 and it cannot. */
export function whyNoPhp(): string | null {
  const why = isThere("php") ? null : "there is no PHP on this machine: install php-cli";
  if (why !== null && process.env.REQUIRE_PHP === "1") throw new Error(`REQUIRE_PHP=1, but ${why}`);
  return why;
}

/** Why no shop can run here; null when it can. @throws when REQUIRE_MARIADB=1 and it cannot. */
export function whyNoShop(): string | null {
  const missing = [
    ...(isThere("mariadbd") ? [] : ["mariadb-server"]),
    ...(existsSync(`${wordpressDir}/wp-load.php`) ? [] : ["wordpress"]),
  ];
  const why = whyNoPhp() ?? (missing.length === 0 ? null : `this machine lacks ${missing.join(" and ")}`);
  if (why !== null && process.env.REQUIRE_MARIADB === "1") throw new Error(`REQUIRE_MARIADB=1, but ${why}`);
  return why;
}

/** Why the real WooCommerce's pages cannot be opened here; null when they can. @throws when REQUIRE_WOO=1 and they cannot. */
export function whyNoWooCommerce(): string | null {
  const missing = "no built WooCommerce is named: set WORDPRESS_DIR and WOOCOMMERCE_DIR";
  const why = whyNoShop() ?? (woocommerceDir === null ? missing : null);
  if (why !== null && process.env.REQUIRE_WOO === "1") throw new Error(`REQUIRE_WOO=1, but ${why}`);
  return why;
}

/** Runs PHP to its end. @throws with what it wrote when it fails. */
export async function php(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const options = ["-d", "error_reporting=8183", "-d", "display_errors=stderr", "-d", "memory_limit=512M"];
  try {
    const { stdout } = await run("php", [...options, ...args], { env: { ...process.env, ...env } });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`php ${args.join(" ")} failed:\n${stdout ?? ""}${stderr ?? ""}`, { cause: error });
  }
}

/** A program that runs until it is stopped, in a process group of its own. */
export interface Running {
  stop(): Promise<void>;
}

export function start(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child: ChildProcess = spawn(program, args, {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, ...env },
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  return {
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
      await ended;
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

/** Asks until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isSo()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${what} did not come about`);
}
