import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Files with random cases last: a mutant that an example kills does not wait for them. */
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number =>
      moduleId.includes(".mutation.") ? 2 : readFileSync(moduleId, "utf8").includes('"fast-check"') ? 1 : 0;
    return files.toSorted((one, other) => rank(one) - rank(other));
  }
}

/**
 * The tests beside the mutated code, in one process, and a few histories over the whole of core. Interleavings by the
 * thousand would take most of the time. Stryker mutates a copy of the repository whose node_modules are those of the
 * original, so packages are found by their place in the copy.
 */
export default defineConfig({
  root,
  resolve: {
    alias: [{ find: /^@checkout-plugins\/(client|core)$/, replacement: `${root}packages/$1/src/index.ts` }],
  },
  test: {
    include: [
      "packages/core/src/*.test.ts",
      "packages/client/src/webhooks/*.test.ts",
      "packages/conformance/src/histories/histories.mutation.test.ts",
    ],
    exclude: ["packages/core/src/{settle-interleavings,start-cut}.test.ts", "**/*.long.test.ts"],
    isolate: false,
    sequence: { sequencer: ExamplesFirst },
    testTimeout: 180_000,
  },
});
