import type { ColumnDataType, CompiledQuery, CreateTableBuilder, RawBuilder } from "kysely";
import type { Db } from "./schema.ts";

/** What differs between SQLite and PostgreSQL; everything else is one schema and one set of queries. */
export interface Engine {
  readonly db: Db;
  /** Other processes write too, so rows must be locked. SQLite has one writer at a time. */
  readonly isShared: boolean;
  readonly types: ColumnTypes;
  /**
   * Makes those who bring hints for one of these transactions and those who name it wait for each other, until the
   * database's transaction ends. Taken before any row is locked.
   */
  lockTransactions(db: Db, transactions: readonly TransactionKey[]): Promise<void>;
  /** One process migrates at a time, until the transaction ends. Makes the schema where there is none. */
  lockMigrations(db: Db): Promise<void>;
  hasTable(name: string): Promise<boolean>;
  /** Tells other processes that something became due. Costs the caller nothing and carries no promise. */
  wake(): void;
  /** Called with each claim: hears what `wake` of others tells. */
  attend(): void;
  close(): Promise<void>;
}

export interface ColumnTypes {
  readonly text: ColumnDataType | RawBuilder<unknown>;
  /** What a table definition ends with. */
  readonly end: RawBuilder<unknown>;
  /** Adds the column `id`, which counts up. */
  identity(table: CreateTableBuilder<string>): CreateTableBuilder<string>;
}

export interface TransactionKey {
  readonly space: string;
  readonly transaction: string;
}

/** Is told each query that was run: what the test of their plans reads. */
export type Watch = (query: CompiledQuery) => void;

/** Runs the work in one transaction; rolled back when it throws. Nothing in it may wait for anything but the database. */
export function inTransaction<Result>(engine: Engine, work: (db: Db) => Promise<Result>): Promise<Result> {
  return engine.db.transaction().execute(work);
}
