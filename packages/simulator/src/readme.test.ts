import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { testCards } from "./catalogue/cards.ts";
import { defaultSwitches, switchNames, switchRows } from "./state/switches.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

it.each(switchNames)("documents the switch %s with its default", (name) => {
  const first = JSON.stringify(defaultSwitches[name]).replaceAll('"', "");
  const row = readme.split("\n").find((line) => line.startsWith(`| \`${name}\``));
  expect(row).toContain(first);
  expect(row).toContain(switchRows[name].about);
});

it.each(testCards)("documents the test card $name", ({ name, number }) => {
  expect(readme).toContain(`| ${number.replace(/(\d{4})(?=\d)/g, "$1 ")} |`);
  expect(readme).toContain(`\`${name}\` |`);
});
