export type { ShopStoreParts } from "./shop-store.ts";
export {
  createSqlStore,
  type PostgresDatabaseSettings,
  type SqliteDatabaseSettings,
  type SqlStore,
  type SqlStoreSettings,
} from "./sql-store.ts";
export { backupSqlite, restoreSqlite } from "./sqlite-backup.ts";
