import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TempFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** In memory where the system has such a place: what is tested is not the disk. */
export async function makeTempFolder(): Promise<TempFolder> {
  const parent = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
  const path = await mkdtemp(join(parent, "store-sql-"));
  return { path, remove: () => rm(path, { recursive: true }) };
}
