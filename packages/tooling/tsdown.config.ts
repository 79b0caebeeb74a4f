import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "tsdown";

interface Manifest {
  readonly exports?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}

const { exports = {}, bin = {} } = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const sources = [...Object.values(exports), ...Object.values(bin)].filter((path) => path.endsWith(".ts"));

/** One build for every published package: what it exports inside the repository, as ES modules with their declarations. */
export default defineConfig({
  entry: Object.fromEntries(sources.map((path) => [path.replace(/^\.\/src\/|\.ts$/g, ""), resolve(path)])),
  cwd: process.cwd(),
  format: "esm",
  platform: "node",
  target: "node22",
  dts: true,
  sourcemap: true,
  clean: true,
});
