import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const isLong = process.env.LONG === "1";

/** `*.mutation.test.ts` runs only in mutation testing, `*.long.test.ts` only with LONG=1 (`npm run test:all`), which tests may also read to run more cases. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["packages/**/*.test.ts", "apps/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/*.mutation.test.ts", ...(isLong ? [] : ["**/*.long.test.ts"])],
    allowOnly: false,
    // Vitest leaves a core to its terminal: of two that is half of them, and most tests wait for other processes.
    maxWorkers: "100%",
    expect: { requireAssertions: true },
    testTimeout: isLong ? 600_000 : 180_000,
    hookTimeout: 180_000,
  },
});
