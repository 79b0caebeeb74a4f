import { globSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { plugin } from "@medusajs/admin-bundler";
import { build } from "tsdown";

/** Where Medusa looks for a plugin: its files as they lie in `src`, since their paths are the addresses of its routes. */
const target = ".medusa/server";

const sources = globSync("src/**/*.ts", { exclude: ["src/admin/**", "src/testing/**", "**/*.test.ts"] });

await rm(target, { recursive: true, force: true });
await build({
  config: false,
  entry: sources,
  outDir: `${target}/src`,
  unbundle: true,
  format: "esm",
  platform: "node",
  target: "node22",
  dts: true,
  sourcemap: true,
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
  logLevel: "warn",
});
await plugin({ root: process.cwd(), outDir: target });
await mkdir(`${target}/src/admin`, { recursive: true });
await writeFile(`${target}/src/admin/index.d.ts`, "declare const extensions: object;\nexport default extensions;\n");
