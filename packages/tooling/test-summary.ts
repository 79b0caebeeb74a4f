import type { Reporter, TestCase, TestModule } from "vitest/node";

export interface TestSummary {
  passed: number;
  failed: number;
  /** Failed test and the first lines of what went wrong: said last, so that the end of a long log tells it. */
  failures: string[];
  /** Test and reason, one line each. */
  skipped: string[];
  /** What failed without being a failed test: a file that could not be loaded, a skip without a reason, an unhandled error. */
  problems: string[];
}

/**
 * A vitest reporter that counts. A skip that states no reason is a failure, so that nothing is left out in silence:
 * use `skip("why")` of the test's context, not `test.skip`.
 */
export function createTestSummary(): { readonly reporter: Reporter; readonly summary: Readonly<TestSummary> } {
  const summary: TestSummary = { passed: 0, failed: 0, failures: [], skipped: [], problems: [] };
  const reporter: Reporter = {
    onTestRunEnd(modules, unhandledErrors) {
      for (const module of modules) countModule(module, summary);
      for (const error of unhandledErrors) summary.problems.push(`unhandled error: ${error.message}`);
    },
  };
  return { reporter, summary };
}

function countModule(module: TestModule, summary: TestSummary): void {
  const suites = [module, ...module.children.allSuites()];
  for (const error of suites.flatMap((suite) => suite.errors())) {
    summary.problems.push(`${module.relativeModuleId}: ${error.message}`);
  }
  for (const test of module.children.allTests()) countTest(test, summary);
}

function countTest(test: TestCase, summary: TestSummary): void {
  const name = `${test.module.relativeModuleId} > ${test.fullName}`;
  const result = test.result();
  if (result.state === "passed") summary.passed += 1;
  else if (result.state === "failed") {
    summary.failed += 1;
    summary.failures.push(`${name}: ${result.errors.map(({ message }) => message.slice(0, 2000)).join("\n")}`);
  } else if (result.state === "skipped" && result.note) summary.skipped.push(`${name}: ${result.note}`);
  else summary.problems.push(`${name}: ${result.state} without a reason`);
}
