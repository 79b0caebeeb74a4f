import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "./workspace.ts";

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly os?: readonly string[]; readonly cpu?: readonly string[] }>>;
}

const lockfile = parse(readFileSync(join(root, "pnpm-lock.yaml"), "utf8")) as Lockfile;

/** Where the people who review and use this project sit, besides Linux. */
const alsoNeeded = ["darwin-arm64", "darwin-x64", "win32-x64"];

/** Per family of binaries (`@biomejs/cli@2.5.15`) the systems it is locked for. */
function binaries(): Map<string, Set<string>> {
  const families = new Map<string, Set<string>>();
  for (const [key, { os = [], cpu = [] }] of Object.entries(lockfile.packages)) {
    const [name, version] = [key.slice(0, key.lastIndexOf("@")), key.slice(key.lastIndexOf("@"))];
    const family = name.replace(/[-/](linux|darwin|win32|windows)\b.*$/, "") + version;
    if (family === key) continue; // not one of several, such as fsevents
    const systems = families.get(family) ?? new Set();
    for (const system of os) for (const processor of cpu) systems.add(`${system}-${processor}`);
    families.set(family, systems);
  }
  return families;
}

test("what has a binary for Linux has one for macOS and Windows too", () => {
  const linux = [...binaries()].filter(([, systems]) => systems.has("linux-x64"));
  expect(linux.length, "binaries were found at all").toBeGreaterThan(3);
  const missing = linux.flatMap(([family, systems]) =>
    alsoNeeded.filter((system) => !systems.has(system)).map((system) => `${family} for ${system}`),
  );
  expect(missing, "pnpm leaves out in silence what is not published: pin a version that is complete").toEqual([]);
});
