import { parseArgs } from "node:util";
import type { Buyer, ShopId } from "@checkout-plugins/core";
import { backupSqlite, createSqlStore, restoreSqlite, type SqlStore } from "@checkout-plugins/store-sql";
import { createSystemClock } from "./system-clock.ts";
import { eraseBuyer, exportBuyer } from "./upkeep.ts";

const usage = `Usage: node cli.ts <command>, with the environment of the gateway

  backup <file>    copies the payments, also while the gateway runs
  restore <file>   puts such a copy in the place of DATABASE_FILE, which must be free
  restored         to be run once after pg_restore, before the gateways start
  export           prints all that is kept of a buyer, as JSON
  erase            forgets who a buyer is; what was ordered, paid and refunded stays

  --email, --customer   the buyer, by his address or by his number in the shop
  --shop                default SHOP_ID`;

/** Its message is all that a person needs. */
class CliError extends Error {
  override readonly name = "CliError";
}

const { DATABASE_FILE: file = "checkout-plugins.sqlite", DATABASE_URL: connectionString, SHOP_ID } = process.env;
const clock = createSystemClock();

function mustBeFile(command: string, advice: string): void {
  if (connectionString)
    throw new CliError(`The payments are in PostgreSQL (DATABASE_URL). To ${command} them: ${advice}`);
}

function toPath(positionals: readonly string[]): string {
  const [, path] = positionals;
  if (path === undefined) throw new CliError(`Name the file.\n\n${usage}`);
  return path;
}

function toBuyer({ email, customer }: { readonly email?: string; readonly customer?: string }): Buyer {
  if (email !== undefined && customer === undefined) return { email };
  if (customer !== undefined && email === undefined) return { customer };
  throw new CliError(`Give --email or --customer, one of the two.\n\n${usage}`);
}

function toShop(shop = SHOP_ID): ShopId {
  if (!shop) throw new CliError("Give --shop, or set SHOP_ID.");
  return shop as ShopId;
}

async function withStore<Result>(work: (store: SqlStore) => Promise<Result>): Promise<Result> {
  const database = connectionString ? { connectionString } : { file };
  const logger = { info: () => undefined, warn: console.error };
  const store = await createSqlStore({ database, logger }).catch((error: Error) => {
    const hint = connectionString ? "" : " While the gateway runs, do it in its console instead.";
    throw new CliError(`${error.message}${hint}`);
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function run(): Promise<string> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { email: { type: "string" }, customer: { type: "string" }, shop: { type: "string" } },
  });
  switch (positionals[0]) {
    case "backup":
      mustBeFile("copy", 'pg_dump --schema=checkout_plugins --format=custom --file=payments.dump "$DATABASE_URL"');
      backupSqlite(file, toPath(positionals));
      return `${file} is copied to ${toPath(positionals)}. Keep checkout-plugins.key or ENCRYPTION_KEYS elsewhere: without it the secrets in the copy cannot be read.`;
    case "restore":
      mustBeFile("restore", 'pg_restore --dbname="$DATABASE_URL" payments.dump, then the command restored');
      restoreSqlite(toPath(positionals), file);
      await withStore((store) => store.afterRestore(clock.now()));
      return `${file} is restored. Start the gateway: every payment that was open is read again.`;
    case "restored": {
      const count = await withStore((store) => store.afterRestore(clock.now()));
      return `${count} payments are ready. Start the gateway: every payment that was open is read again.`;
    }
    case "export": {
      const [shop, buyer] = [toShop(values.shop), toBuyer(values)];
      return JSON.stringify(await withStore((store) => exportBuyer(store, shop, buyer)), null, 2);
    }
    case "erase": {
      const [shop, buyer] = [toShop(values.shop), toBuyer(values)];
      const { erased, held } = await withStore((store) => eraseBuyer(store, clock, shop, buyer));
      if (held > 0) throw new CliError(`${erased} payments changed; ${held} are being worked on. Do it again.`);
      return `${erased} payments changed: they no longer tell who their buyer is.`;
    }
    default:
      throw new CliError(usage);
  }
}

try {
  console.log(await run());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
