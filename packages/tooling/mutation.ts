import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type MutationReport, toScores } from "./mutation-scores.ts";

/** Percent. */
const least = 85;

const ran = spawnSync("stryker", ["run", "packages/tooling/stryker.config.mjs", ...process.argv.slice(2)], {
  stdio: "inherit",
});
if (ran.status !== 0) process.exit(ran.status ?? 1);
const scores = toScores(JSON.parse(readFileSync(".stryker-tmp/mutation.json", "utf8")) as MutationReport);
const low = scores.filter(({ score }) => score < least);
for (const { file, score } of low) {
  console.error(`${file}: ${score.toFixed(1)} % of its mutants are noticed; at least ${least} % must be.`);
}
process.exitCode = low.length > 0 ? 1 : 0;
