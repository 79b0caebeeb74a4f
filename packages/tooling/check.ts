import { spawn } from "node:child_process";
import { join } from "node:path";
import { startVitest } from "vitest/node";
import { findChromium, missingVariable } from "./chromium.ts";
import { createTestSummary, type TestSummary } from "./test-summary.ts";
import { root } from "./workspace.ts";

/** Everything that must hold before a commit, in one command. `npm test -- packages/core` runs only the tests of that path. */
const steps = {
  typecheck: ["node_modules/turbo/bin/turbo", "run", "typecheck", "--continue", "--output-logs=errors-only"],
  lint: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."],
  build: ["node_modules/turbo/bin/turbo", "run", "build", "--continue", "--output-logs=errors-only"],
  packages: ["packages/tooling/check-packages.ts"],
};

const paths = process.argv.slice(2);
const lines: string[] = [];
let passed = 0;
let failed = 0;

for (const [name, command] of Object.entries(paths.length > 0 ? {} : steps)) {
  const isPassed = await timed(name, () => runStep(command));
  if (isPassed) passed += 1;
  else failed += 1;
}
await timed("browser", findBrowser);
const tests = await timed("tests", runTests);
passed += tests.passed;
failed += tests.failed + tests.problems.length;

for (const skip of tests.skipped) console.log(`skipped: ${skip}`);
for (const problem of [...tests.failures, ...tests.problems]) console.log(`failed: ${problem}`);
console.log(`\n${lines.join("\n")}`);
process.stdout.write(`${passed} passed, ${failed} failed, ${tests.skipped.length} skipped\n`, () => {
  process.exit(failed > 0 ? 1 : 0); // whatever a test left open must not keep us
});

async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  console.log(`\n── ${name}`);
  const start = performance.now();
  const result = await work();
  const note = result === false ? "  failed" : "";
  lines.push(`${name.padEnd(10)}${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s${note}`);
  return result;
}

function runStep(command: readonly string[]): Promise<boolean> {
  const environment = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };
  const flags = ["--disable-warning=ExperimentalWarning"];
  const child = spawn(process.execPath, [...flags, ...command], { cwd: root, stdio: "inherit", env: environment });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** Once for all tests: it may have to be fetched. What is wrong with it fails the tests that need it. */
async function findBrowser(): Promise<void> {
  const found = await findChromium().catch((error: Error) => ({ missing: error.message }));
  if ("missing" in found) process.env[missingVariable] = found.missing;
  console.log("missing" in found ? found.missing : found.executablePath);
}

async function runTests(): Promise<TestSummary> {
  const { reporter, summary } = createTestSummary();
  const config = join(root, "packages/tooling/vitest.config.ts");
  const vitest = await startVitest(paths, { config, run: true, watch: false, reporters: ["default", reporter] });
  await vitest.close();
  if (summary.passed + summary.failed + summary.skipped.length === 0)
    return { ...summary, problems: [...summary.problems, "no test ran"] };
  return summary;
}
