import { readFileSync } from "node:fs";

/** A file of the package that browsers load. The folder is as far from here as from the built file. */
export function readAsset(name: string): string {
  return readFileSync(new URL(`../assets/${name}`, import.meta.url), "utf8");
}
