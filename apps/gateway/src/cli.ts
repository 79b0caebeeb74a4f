import { parseArgs } from "node:util";
import type { Buyer, ShopId } from "@checkout-plugins/core";
import { backupSqlite, createSqlStore, restoreSqlite, type SqlStore } from "@checkout-plugins/store-sql";
import { EnvironmentError } from "./environment.ts";
import { createSystemClock } from "./system-clock.ts";
import { eraseBuyer, exportBuyer } from "./upkeep.ts";

/** What can be done besides running the gateway. */
export const upkeepUsage = `  backup <file>    copies the payments, also while the gateway runs
  restore <file>   puts such a copy in the place of DATABASE_FILE, which must be free
  restored         to be run once after pg_restore, before the gateways start
  export           prints all that is kept of a buyer, as JSON
  erase            forgets who a buyer is; what was ordered, paid and refunded stays

  --email, --customer   the buyer, by his address or by his number in the shop
  --shop                default SHOP_ID`;

type Variables = Readonly<Record<string, string | undefined>>;

interface Database {
  readonly file: string;
  /** null: the payments are in the file. */
  readonly connectionString: string | null;
}

const clock = createSystemClock();

function mustBeFile({ connectionString }: Database, command: string, advice: string): void {
  if (connectionString === null) return;
  throw new EnvironmentError(`The payments are in PostgreSQL (DATABASE_URL). To ${command} them: ${advice}`);
}

/** What went wrong with a file is for the person who named it, without where in the program. */
function mustWork(work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new EnvironmentError((error as Error).message, { cause: error });
  }
}

function toPath(positionals: readonly string[]): string {
  const [, path] = positionals;
  if (path === undefined) throw new EnvironmentError(`Name the file.\n\n${upkeepUsage}`);
  return path;
}

function toBuyer({ email, customer }: { readonly email?: string; readonly customer?: string }): Buyer {
  if (email !== undefined && customer === undefined) return { email };
  if (customer !== undefined && email === undefined) return { customer };
  throw new EnvironmentError(`Give --email or --customer, one of the two.\n\n${upkeepUsage}`);
}

function toShop(shop: string | undefined): ShopId {
  if (!shop) throw new EnvironmentError("Give --shop, or set SHOP_ID.");
  return shop as ShopId;
}

async function withStore<Result>(
  { file, connectionString }: Database,
  work: (store: SqlStore) => Promise<Result>,
): Promise<Result> {
  const database = connectionString === null ? { file } : { connectionString };
  const logger = { info: () => undefined, warn: console.error };
  const store = await createSqlStore({ database, logger }).catch((error: Error) => {
    const hint = connectionString !== null ? "" : " While the gateway runs, do it in its console instead.";
    throw new EnvironmentError(`${error.message}${hint}`);
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/**
 * Does what the first argument says, and answers what there is to tell. Needs nothing of the environment but where the
 * payments are.
 *
 * @throws EnvironmentError that says what to give or to do.
 */
export async function runUpkeep(given: readonly string[], variables: Variables): Promise<string> {
  const { DATABASE_FILE, DATABASE_URL, SHOP_ID } = variables;
  const file = DATABASE_FILE?.trim() || "checkout-plugins.sqlite";
  const database: Database = { file, connectionString: DATABASE_URL?.trim() || null };
  const { values, positionals } = parseArgs({
    args: [...given],
    allowPositionals: true,
    options: { email: { type: "string" }, customer: { type: "string" }, shop: { type: "string" } },
  });
  switch (positionals[0]) {
    case "backup":
      mustBeFile(
        database,
        "copy",
        'pg_dump --schema=checkout_plugins --format=custom --file=payments.dump "$DATABASE_URL"',
      );
      mustWork(() => backupSqlite(file, toPath(positionals)));
      return `${file} is copied to ${toPath(positionals)}. Keep checkout-plugins.key or ENCRYPTION_KEYS elsewhere: without it the secrets in the copy cannot be read.`;
    case "restore":
      mustBeFile(database, "restore", 'pg_restore --dbname="$DATABASE_URL" payments.dump, then the command restored');
      mustWork(() => restoreSqlite(toPath(positionals), file));
      await withStore(database, (store) => store.afterRestore(clock.now()));
      return `${file} is restored. Start the gateway: every payment that was open is read again.`;
    case "restored": {
      const count = await withStore(database, (store) => store.afterRestore(clock.now()));
      return `${count} payments are ready. Start the gateway: every payment that was open is read again.`;
    }
    case "export": {
      const [shop, buyer] = [toShop(values.shop ?? SHOP_ID), toBuyer(values)];
      return JSON.stringify(await withStore(database, (store) => exportBuyer(store, shop, buyer)), null, 2);
    }
    case "erase": {
      const [shop, buyer] = [toShop(values.shop ?? SHOP_ID), toBuyer(values)];
      const { erased, held } = await withStore(database, (store) => eraseBuyer(store, clock, shop, buyer));
      if (held > 0) throw new EnvironmentError(`${erased} payments changed; ${held} are being worked on. Do it again.`);
      return `${erased} payments changed: they no longer tell who their buyer is.`;
    }
    default:
      throw new EnvironmentError(`There is no command "${positionals[0]}". There are:\n${upkeepUsage}`);
  }
}
