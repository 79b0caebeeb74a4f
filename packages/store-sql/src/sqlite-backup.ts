import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { lockFile } from "./sqlite-lock.ts";

/**
 * Copies the file of a store, also one that a running process has: all of it as it stands at one moment, checked, and
 * readable by its owner only.
 *
 * @throws Error when there is no store, or the target is there already; a copy that failed is removed.
 */
export function backupSqlite(file: string, target: string): void {
  mustBeFree(target);
  copy(file, target);
}

/**
 * Puts a copy that `backupSqlite` made where a store shall open it.
 *
 * @throws Error when it is no whole copy, or a store is there already: move it away first, with its `-wal` and `-shm`.
 */
export function restoreSqlite(copyFile: string, file: string): void {
  for (const part of [file, `${file}-wal`, `${file}-shm`]) mustBeFree(part);
  const lock = lockFile(file);
  try {
    copy(copyFile, file);
  } finally {
    lock.release();
  }
}

/** By way of a file beside the target, so that what bears its name is whole. */
function copy(source: string, target: string): void {
  if (!existsSync(source)) throw new Error(`There is no file ${source}.`);
  const draft = `${target}.part`;
  rmSync(draft, { force: true });
  try {
    closeSync(openSync(draft, "wx", 0o600));
    const database = new DatabaseSync(source, { readOnly: true });
    try {
      mustBeWhole(database, source);
      database.exec(`vacuum into '${draft.replaceAll("'", "''")}'`);
    } finally {
      database.close();
    }
    const made = new DatabaseSync(draft, { readOnly: true });
    try {
      mustBeWhole(made, draft);
    } finally {
      made.close();
    }
    flush(draft);
    renameSync(draft, target);
    flush(dirname(target));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function mustBeFree(path: string): void {
  if (existsSync(path)) throw new Error(`${path} is there already. Move it away first; nothing was changed.`);
}

function mustBeWhole(database: DatabaseSync, path: string): void {
  const isOurs = "select 1 from sqlite_master where type = 'table' and name = 'migrations'";
  try {
    if (database.prepare(isOurs).get() === undefined) throw new Error("it holds no payments");
    const faults = database.prepare("pragma quick_check(1)").all();
    if (faults[0]?.quick_check !== "ok") throw new Error(String(faults[0]?.quick_check));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${path} is no whole database of payments: ${why}`, { cause });
  }
}

/** So that it outlives a loss of power. */
function flush(path: string): void {
  if (process.platform === "win32") return; // a folder cannot be opened there
  const handle = openSync(path, "r");
  fsyncSync(handle);
  closeSync(handle);
}
