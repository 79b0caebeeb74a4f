import { DatabaseSync } from "node:sqlite";

/**
 * Holds a file for this process, by a lock of the operating system on a file beside it: a process that is killed leaves
 * nothing behind that another one would have to judge.
 *
 * @throws Error when another process holds it.
 */
export function lockFile(file: string): { release(): void } {
  const path = `${file}.lock`;
  const lock = new DatabaseSync(path);
  try {
    lock.exec("pragma busy_timeout = 0; begin exclusive");
  } catch (error) {
    lock.close();
    if ((error as { errcode?: unknown }).errcode !== 5) throw error; // SQLITE_BUSY
    const what = `The database ${file} is in use by another process, which holds ${path}.`;
    throw new Error(`${what} Stop that one first, or give several processes one PostgreSQL.`, { cause: error });
  }
  return { release: () => lock.close() };
}
