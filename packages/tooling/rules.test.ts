import { describe, expect, test } from "vitest";
import { wrongArrows, wrongImport } from "./arrows.ts";
import { manifestProblems, readmeProblems } from "./package-rules.ts";
import type { Manifest, WorkspacePackage } from "./workspace.ts";

const root = {
  name: "checkout-plugins",
  version: "0.0.0",
  engines: { node: ">=26" },
  devDependencies: { vitest: "5" },
};

const core: WorkspacePackage = {
  path: "packages/core",
  folder: "unused",
  manifest: {
    name: "@checkout-plugins/core",
    version: "1.0.0",
    description: "Payments of a shop, settled",
    license: "Apache-2.0",
    type: "module",
    engines: { node: ">=26" },
    files: ["dist", "README.md"],
    exports: { ".": "./src/index.ts", "./testing": "./src/testing/index.ts" },
    publishConfig: {
      access: "public",
      exports: {
        ".": { types: "./dist/index.d.mts", default: "./dist/index.mjs" },
        "./testing": { types: "./dist/testing/index.d.mts", default: "./dist/testing/index.mjs" },
      },
    },
    scripts: { build: "tsdown --config ../tooling/tsdown.config.ts", typecheck: "tsc -p ." },
    dependencies: { "@checkout-plugins/client": "workspace:^" },
  },
};

function changed(changes: Partial<Manifest>, path = core.path): WorkspacePackage {
  return { ...core, path, manifest: { ...core.manifest, ...changes } };
}

describe("package.json", () => {
  test("of a good package has no problem", () => {
    expect(manifestProblems(core, root)).toEqual([]);
  });

  test.each<[string, Partial<Manifest>]>([
    ["name", { name: "core" }],
    ["description", { description: "TODO: say what this is for" }],
    ["license", { license: "MIT" }],
    ["type", { type: "commonjs" }],
    ["engines", { engines: { node: ">=20" } }],
    ["scripts.typecheck", { scripts: { build: "tsdown --config ../tooling/tsdown.config.ts" } }],
    ["scripts.build", { scripts: { typecheck: "tsc -p ." } }],
    ["files", { files: ["dist"] }],
    ["publishConfig", { exports: { ".": "./src/index.ts", "./forgotten": "./src/forgotten.ts" } }],
  ])("with a wrong %s has that problem", (field, changes) => {
    const problems = manifestProblems(changed(changes), root);
    expect(problems).toEqual([expect.stringContaining(`packages/core/package.json: ${field}`)]);
  });
});

describe("README.md", () => {
  const readme = [
    "# @checkout-plugins/core",
    "```sh\nnpm install @checkout-plugins/core\n```",
    "## What it promises",
    "## Dependencies\n\n- `@checkout-plugins/client`: speaks to the service.",
    "## License",
  ];

  test("of a good package has no problem", () => {
    expect(readmeProblems(core, readme.join("\n"))).toEqual([]);
  });

  test.each([
    [0, "begin with what it is"],
    [1, "show the shortest example"],
    [1, "say how to install it"],
    [2, "have a section on what it promises"],
    [3, "give each dependency's reason in a line under ## Dependencies: @checkout-plugins/client"],
  ])("without its part %i must %s", (part, problem) => {
    expect(readmeProblems(core, readme.toSpliced(part, 1).join("\n"))).toContainEqual(expect.stringContaining(problem));
  });
});

describe("arrows", () => {
  const needs = (path: string, ...names: string[]) =>
    wrongArrows(
      changed({ dependencies: Object.fromEntries(names.map((name) => [`@checkout-plugins/${name}`, "*"])) }, path),
    );

  test("that the architecture has are allowed", () => {
    expect(needs("packages/core", "client")).toEqual([]);
    expect(needs("apps/gateway", "adapter-http", "core", "client")).toEqual([]);
  });

  test.each([
    ["packages/client", "core"],
    ["packages/core", "store-sql"],
    ["packages/adapter-http", "adapter-shopify"],
    ["packages/adapter-http", "client"],
    ["packages/new-and-unknown", "core"],
    ["packages/core", "demo-shop"],
    ["apps/gateway", "demo-shop"],
    ["apps/gateway", "simulator"],
  ])("that it has not are refused: %s to %s", (path, needed) => {
    expect(needs(path, needed)).toEqual([expect.stringContaining(`${path} needs ${needed}`)]);
  });
});

describe("imports", () => {
  const imports = (specifier: string, path = "packages/core/src/a.ts") =>
    wrongImport(core, { path, specifier, isTest: path.endsWith(".test.ts") }, root);

  test("of what is declared are allowed, of tools in tests too", () => {
    for (const name of [
      "node:crypto",
      "./b.ts",
      "../c.ts",
      "@checkout-plugins/client",
      "@checkout-plugins/core/testing",
    ]) {
      expect(imports(name), name).toBeNull();
    }
    expect(imports("vitest", "packages/core/src/a.test.ts")).toBeNull();
  });

  test("of anything else are refused", () => {
    expect(imports("zod")).toBe(
      "packages/core/src/a.ts imports zod, which packages/core/package.json does not name among its dependencies",
    );
    expect(imports("vitest")).toContain("imports vitest");
    expect(imports("zod", "packages/core/src/a.test.ts")).toContain("imports zod");
    expect(imports("../../client/src/jwt.ts")).toBe(
      "packages/core/src/a.ts reaches into another package: ../../client/src/jwt.ts",
    );
    expect(imports("../../core-other/a.ts")).toContain("reaches into another package");
  });
});
