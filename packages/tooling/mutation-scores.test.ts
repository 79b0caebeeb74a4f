import { expect, test } from "vitest";
import { toScores } from "./mutation-scores.ts";

const mutants = (...statuses: readonly string[]) => ({ mutants: statuses.map((status) => ({ status })) });

test("a file's score is what tests noticed of what could be run, the worst file first", () => {
  const files = {
    "good.ts": mutants("Killed", "Timeout", "Killed", "Survived"),
    "bad.ts": mutants("Killed", "Survived", "NoCoverage", "NoCoverage", "CompileError", "Ignored"),
    "nothing.ts": mutants("CompileError"),
  };
  expect(toScores({ files })).toEqual([
    { file: "bad.ts", score: 25 },
    { file: "good.ts", score: 75 },
  ]);
});
