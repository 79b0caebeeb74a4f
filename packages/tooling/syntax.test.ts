import { expect, test } from "vitest";
import { readSyntax, toPackageName } from "./syntax.ts";

test("every way to depend on a module is found, and nothing else", () => {
  const { imports } = readSyntax(`
    import "./style.ts";
    import { a } from "./a.ts";
    import type { B } from '@checkout-plugins/core';
    import {
      c,
    } from "hono/html";
    export * from "./d.ts";
    export { e } from "./e.ts";
    const f = await import("./f.ts");
    type G = import("./g.ts").G;
    // import { no } from "./comment.ts";
    const text = "import x from 'y'";
    export const from = "here";
  `);
  const known = ["./style.ts", "./a.ts", "@checkout-plugins/core", "hono/html", "./d.ts", "./e.ts", "./f.ts", "./g.ts"];
  expect(imports).toEqual(known);
});

test("a specifier belongs to a package", () => {
  expect(toPackageName("hono/html")).toBe("hono");
  expect(toPackageName("@checkout-plugins/tooling/chromium")).toBe("@checkout-plugins/tooling");
});

test("reaching for the environment, the clock or randomness is found with its line", () => {
  const { ambient } = readSyntax(`import { randomBytes, createHmac } from "node:crypto";
    const key = process.env.KEY ?? process["env"].OTHER;
    const soon = new Date();
    const now = Date.now;
    const id = globalThis.crypto.randomUUID() + Math.random();
  `);
  expect(ambient).toEqual([
    "randomBytes, line 1",
    "process.env, line 2",
    "process.env, line 2",
    "new Date(), line 3",
    "Date.now, line 4",
    "crypto.randomUUID, line 5",
    "Math.random, line 5",
  ]);
});

test("a given clock, a parsed date, a type and a sentence are not", () => {
  const { ambient } = readSyntax(`
    // never Date.now()
    interface Parts { readonly now: typeof Date.now; readonly env: string }
    const at = new Date(parts.now());
    const text = "Math.random()" + settings.env + clock.now();
  `);
  expect(ambient).toEqual([]);
});
