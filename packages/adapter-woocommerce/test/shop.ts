import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { plugin, toPluginFiles, toZip } from "../package/zip.ts";
import { freePort, php, start, until, woocommerceDir, wordpressDir } from "./programs.ts";

const run = promisify(execFile);

/** A WordPress with WooCommerce, or its double, and our plugin out of its zip, on MariaDB and a port of its own. */
export interface Shop {
  readonly url: string;
  /** Its own, gone when it is closed. */
  readonly folder: string;
  readonly doorUrl: string;
  /** What `wordpress/shop-control.php` can do. */
  control<T>(action: string, input?: unknown): Promise<T>;
  /** What happened, over all processes, since the last time it was forgotten. */
  effects(): readonly string[];
  forgetEffects(): void;
  /** The next process that comes to this place is killed there. */
  killAt(place: string): void;
  hasKilled(): boolean;
  /** What PHP complained of in our plugin. */
  complaints(): readonly string[];
  /** Runs a PHP file inside the shop. */
  php(file: string, ...args: readonly string[]): Promise<string>;
  close(): Promise<void>;
}

export async function createShop(): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), "checkout-plugins-woo-"));
  const database = await startDatabase(folder);
  await lay(folder);
  await php([join(folder, "test/install.php"), "install"]);
  await php([join(folder, "test/install.php"), "activate"]);
  // Asked for as late as can be: until PHP listens, anybody may take it.
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(folder, "control/url"), url);
  const options = ["-d", "display_errors=0", "-d", "memory_limit=256M"];
  const server = start(
    "php",
    [...options, "-S", `127.0.0.1:${port}`, "-t", join(folder, "wordpress"), join(folder, "test/router.php")],
    {
      PHP_CLI_SERVER_WORKERS: "6",
    },
  );
  const control = async <T>(action: string, input: unknown = {}): Promise<T> => {
    const response = await fetch(`${url}/?shop-control=${action}`, { method: "POST", body: JSON.stringify(input) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${action}: ${response.status} ${text.slice(0, 2000)}`);
    return JSON.parse(text) as T;
  };
  await until("the shop", async () => {
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    return answer !== null && answer.status < 500;
  });
  const file = (name: string): string => join(folder, "control", name);
  const read = (path: string): readonly string[] =>
    existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
  return {
    url,
    folder,
    doorUrl: `${url}/?rest_route=/checkout-plugins/v1/payments`,
    control,
    effects: () => read(file("effects")).filter((line) => line !== ""),
    forgetEffects: () => rmSync(file("effects"), { force: true }),
    killAt(place) {
      rmSync(file("kill.done"), { force: true });
      writeFileSync(file("kill"), place);
    },
    hasKilled: () => existsSync(file("kill.done")),
    complaints: () => read(file("debug.log")).filter((line) => /checkout-plugins-for-postfinance\//.test(line)),
    php: (path, ...args) => php([path, join(folder, "wordpress"), ...args]),
    async close() {
      await server.stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startDatabase(folder: string): Promise<{ stop(): Promise<void> }> {
  const data = join(folder, "database");
  const socket = join(folder, "database.sock");
  const user = process.getuid?.() === 0 ? ["--user=root"] : [];
  await run("mariadb-install-db", [
    "--no-defaults",
    ...user,
    `--datadir=${data}`,
    "--auth-root-authentication-method=normal",
    "--skip-test-db",
  ]);
  const server = start("mariadbd", [
    "--no-defaults",
    ...user,
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--pid-file=${join(folder, "database.pid")}`,
    "--skip-networking",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-buffer-pool-size=64M",
  ]);
  const ask = (sql: string) => run("mariadb", ["--no-defaults", `--socket=${socket}`, "-uroot", "-e", sql]);
  await until("the database", () =>
    ask("SELECT 1").then(
      () => true,
      () => false,
    ),
  );
  await ask("CREATE DATABASE shop CHARACTER SET utf8mb4");
  return server;
}

/** Puts WordPress, the plugins and their settings in place. */
async function lay(folder: string): Promise<void> {
  const wordpress = join(folder, "wordpress");
  const here = join(import.meta.dirname, "wordpress");
  await run("cp", ["-aL", wordpressDir, wordpress]).catch((error: unknown) => {
    // Debian's package has links whose targets are other packages; what is missing is only pictures and fonts.
    if (!existsSync(join(wordpress, "wp-load.php"))) throw error;
  });
  rmSync(join(wordpress, "wp-content/plugins"), { recursive: true, force: true });
  for (const name of ["wordpress/wp-content/plugins", "wordpress/wp-content/mu-plugins", "control", "test"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const [path, bytes] of Object.entries(unzipSync(toZip(toPluginFiles(plugin))))) {
    const target = join(wordpress, "wp-content/plugins", path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  const woocommerce = join(wordpress, "wp-content/plugins/woocommerce");
  if (woocommerceDir === null) cpSync(join(import.meta.dirname, "woocommerce"), woocommerce, { recursive: true });
  else symlinkSync(woocommerceDir, woocommerce);
  cpSync(join(here, "theme"), join(wordpress, "wp-content/themes/test-shop"), { recursive: true });
  cpSync(join(here, "shop-control.php"), join(wordpress, "wp-content/mu-plugins/shop-control.php"));
  cpSync(join(here, "shop-books.php"), join(wordpress, "wp-content/mu-plugins/shop-books.php"));
  cpSync(join(here, "former-plugin.php"), join(wordpress, "wp-content/mu-plugins/former-plugin.php"));
  cpSync(join(here, "subscriptions.php"), join(wordpress, "wp-content/mu-plugins/subscriptions.php"));
  for (const name of ["install.php", "router.php"]) cpSync(join(here, name), join(folder, "test", name));
  writeFileSync(join(wordpress, "wp-config.php"), toConfig(folder));
}

function toConfig(folder: string): string {
  const constants = {
    DB_NAME: "shop",
    DB_USER: "root",
    DB_PASSWORD: "",
    DB_HOST: `localhost:${join(folder, "database.sock")}`,
    DB_CHARSET: "utf8mb4",
    DB_COLLATE: "",
    WP_CONTENT_DIR: join(folder, "wordpress/wp-content"),
    WP_HTTP_BLOCK_EXTERNAL: true,
    WP_ACCESSIBLE_HOSTS: "localhost,127.0.0.1",
    DISABLE_WP_CRON: true,
    AUTOMATIC_UPDATER_DISABLED: true,
    WP_DEBUG: true,
    WP_DEBUG_DISPLAY: false,
    WP_DEBUG_LOG: join(folder, "control/debug.log"),
    SHOP_CONTROL: join(folder, "control"),
  };
  const lines = Object.entries(constants).map(
    ([name, value]) => `define( '${name}', ${typeof value === "boolean" ? String(value) : `'${value}'`} );`,
  );
  const end =
    "if ( ! defined( 'ABSPATH' ) ) {\n\tdefine( 'ABSPATH', __DIR__ . '/' );\n}\nrequire_once ABSPATH . 'wp-settings.php';";
  const address =
    "$shop = is_file( SHOP_CONTROL . '/url' ) ? file_get_contents( SHOP_CONTROL . '/url' ) : 'http://shop.test';\ndefine( 'WP_HOME', $shop );\ndefine( 'WP_SITEURL', $shop );";
  return `<?php\n${lines.join("\n")}\n${address}\n$table_prefix = 'wp_';\n${end}\n`;
}
