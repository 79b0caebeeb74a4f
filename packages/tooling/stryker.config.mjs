/**
 * Mutation testing of what carries the promise: `pnpm mutation`. Each mutant is a small wrong change; a test must fail
 * because of it. Not part of `npm test`: it takes an hour.
 */
export default {
  testRunner: "vitest",
  vitest: { configFile: "packages/tooling/vitest.mutation.config.ts", related: true },
  mutate: [
    "packages/core/src/{money,line-items,line-item-difference,unique-ids,decimal}.ts",
    "packages/core/src/{reductions,completion-lines,remaining-lines,line-item-names,fingerprint}.ts",
    "packages/core/src/{fold,attempt,checks,doubles,operations,transaction-state,snapshot}.ts",
    "packages/core/src/{command-result,join-command,plan,write-command,send,owed}.ts",
    "packages/core/src/receive-webhook.ts",
    "packages/client/src/webhooks/{webhook-signature,webhook,webhook-keys}.ts",
  ],
  ignorePatterns: [
    ".stryker-tmp",
    "dist",
    ".turbo",
    "coverage",
    "apps",
    "packages/{simulator,knowledge,tooling,adapter-*,store-sql}/{src,test}",
  ],
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ["clear-text", "progress-append-only", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: ".stryker-tmp/mutation.json" },
  tempDirName: ".stryker-tmp",
  plugins: ["@stryker-mutator/vitest-runner"],
};
