import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files with random cases last: a mutant that an example kills does not wait for them. */
class ExamplesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isRandom = (file: TestSpecification): number =>
      readFileSync(file.moduleId, "utf8").includes('"fast-check"') ? 1 : 0;
    return files.toSorted((one, other) => isRandom(one) - isRandom(other));
  }
}

/** The tests beside the mutated code, in one process. Interleavings by the thousand would take most of the time. */
export default defineConfig({
  root: fileURLToPath(new URL("../..", import.meta.url)),
  test: {
    include: ["packages/{core,client}/src/**/*.test.ts"],
    exclude: ["packages/core/src/{settle-interleavings,start-cut}.test.ts"],
    isolate: false,
    sequence: { sequencer: ExamplesFirst },
    testTimeout: 180_000,
  },
});
