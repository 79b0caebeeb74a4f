import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { TestSummary } from "./test-summary.ts";

const run = promisify(execFile);

/** Runs one file of `__fixtures__` by vitest in a process of its own and returns what the reporter counted. */
async function summaryOf(file: string): Promise<TestSummary> {
  const script = `
    import { startVitest } from "vitest/node";
    import { createTestSummary } from "./test-summary.ts";
    const { reporter, summary } = createTestSummary();
    const options = { root: "__fixtures__", include: [${JSON.stringify(file)}], config: false, watch: false };
    const vitest = await startVitest([], { ...options, reporters: [reporter] });
    await vitest.close();
    process.stdout.write("summary:" + JSON.stringify(summary), () => process.exit(0));
  `;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: import.meta.dirname,
  });
  return JSON.parse(stdout.slice(stdout.indexOf("summary:") + "summary:".length)) as TestSummary;
}

describe("the summary of a test run", () => {
  test("counts, gives the reasons of skips, and takes a silent skip for a failure", async () => {
    expect(await summaryOf("outcomes.ts")).toEqual({
      passed: 2,
      failed: 1,
      failures: ["outcomes.ts > fails: expected 1 to be 2 // Object.is equality"],
      skipped: ["outcomes.ts > is skipped with a reason: no browser here"],
      problems: [
        "outcomes.ts > is skipped in silence: skipped without a reason",
        "outcomes.ts > is to be written: skipped without a reason",
      ],
    });
  });

  test("a file that cannot be loaded is a failure", async () => {
    const { passed, problems } = await summaryOf("broken.ts");
    expect(passed).toBe(0);
    expect(problems).toEqual([expect.stringContaining("broken.ts: this file cannot be loaded")]);
  });
});
