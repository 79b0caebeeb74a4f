import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const root = new URL("../../", import.meta.url);

it.each(["README.md", "REVIEW.md"])("%s names only tests that are there", (file) => {
  const text = readFileSync(new URL(file, root), "utf8");
  const missing: string[] = [];
  let count = 0;
  for (const [, path = "", words = ""] of text.matchAll(/`([\w/.-]+\.test\.ts)`((?:,? \*[^*]+\*)+)/g)) {
    const test = new URL(`src/${path}`, root);
    const source = existsSync(test) ? readFileSync(test, "utf8") : "";
    for (const [, name = ""] of words.matchAll(/\*([^*]+)\*/g)) {
      count += 1;
      if (!source.includes(name)) missing.push(`${path}: ${name}`);
    }
  }
  expect(missing).toEqual([]);
  expect(count).toBeGreaterThanOrEqual(25);
});
