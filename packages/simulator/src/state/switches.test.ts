import { expect, it } from "vitest";
import { defaultSwitches, presets, type SwitchName, switchNames, switchRows } from "./switches.ts";

/** Those with values that stand for an open question of the service. */
const questions = switchNames.filter((name) => {
  const row = switchRows[name];
  return row.row !== null && "values" in row;
});

it.each(questions)("the preset of other answers has another one for %s", (name: SwitchName) => {
  const row = switchRows[name];
  const values = "values" in row ? row.values : [];
  const other = presets.otherAnswers[name];
  expect(values).toContain(other);
  expect(other).not.toBe(defaultSwitches[name]);
});

it("a preset changes nothing into what it is already", () => {
  const others = Object.entries(presets.otherAnswers) as [SwitchName, string][];
  expect(others.filter(([name, value]) => defaultSwitches[name] === value)).toEqual([]);
});
