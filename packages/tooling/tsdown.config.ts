import { defineConfig } from "tsdown";

/** One build for every published package: ESM and its declarations from src/index.ts. */
export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  platform: "node",
  target: "node22",
  dts: true,
  sourcemap: true,
  clean: true,
});
