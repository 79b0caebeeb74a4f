import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { wrongArrows, wrongImport } from "./arrows.ts";
import { manifestProblems, readmeProblems } from "./package-rules.ts";
import { listFiles, readSources, type SourceFile } from "./source-files.ts";
import { readSyntax } from "./syntax.ts";
import { readManifest, readWorkspace, root, type WorkspacePackage } from "./workspace.ts";

const manifest = readManifest(root);
const packages = readWorkspace().map((one) => ({
  ...one,
  sources: readSources(one).map((file) => ({
    ...file,
    ...readSyntax(file.text, file.path.endsWith("x") ? "tsx" : "ts"),
  })),
}));
const sources = packages.flatMap((one) => one.sources);
const apps = packages.filter((one) => one.path.startsWith("apps/"));

/** Sources over 300 lines, each with the reason why it is one piece. */
const longFiles: Readonly<Record<string, string>> = {};

/** Sources of libraries that reach for the environment, the clock or randomness, each with the reason. */
const ambientFiles: Readonly<Record<string, string>> = {
  "packages/adapter-medusa/src/runtime.ts": "it runs in the shop's own process, where nobody hands it its parts",
  "packages/simulator/src/simulator.ts": "it is a program too: without settings it runs by the computer's clock",
  "packages/simulator/src/time/clock.ts": "the running clock is the computer's; tests give a virtual one",
  "packages/simulator/src/values/random.ts": "the default is the secure source; tests give a seeded one",
};

describe("the arrows between packages", () => {
  test("every package needs only those that the architecture allows", () => {
    expect(packages.flatMap(wrongArrows)).toEqual([]);
  });

  test("every import is declared, and none reaches into another package", () => {
    const problems = packages.flatMap((one) =>
      one.sources.flatMap(({ path, imports, isTest }) =>
        imports.map((specifier) => wrongImport(one, { path, specifier, isTest }, manifest)),
      ),
    );
    expect(problems.filter((problem) => problem !== null)).toEqual([]);
  });

  test("nothing needs an app, tests neither", () => {
    const names = apps.map((one) => one.manifest.name);
    const needing = packages.filter(({ manifest }) =>
      names.some(
        (name) => name in { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.peerDependencies },
      ),
    );
    expect(needing.map((one) => one.path)).toEqual([]);
  });
});

describe("sources", () => {
  test("libraries are given the environment, the clock and randomness", () => {
    const problems = packages.flatMap((one) =>
      one.sources
        .filter((file) => isLibrarySource(one, file) && !(file.path in ambientFiles))
        .flatMap((file) => file.ambient.map((what) => `${file.path} uses ${what}`)),
    );
    expect(problems).toEqual([]);
  });

  test("a file is one concept: at most 300 lines", () => {
    const long = sources.filter((file) => !file.isTest && lineCount(file) > 300);
    expect(long.map((file) => file.path).filter((path) => !(path in longFiles))).toEqual([]);
  });

  test("the exceptions above are still needed", () => {
    const needed = [
      ...sources.filter((file) => lineCount(file) > 300),
      ...sources.filter((file) => file.ambient.length > 0),
    ].map((file) => file.path);
    const exceptions = [...Object.keys(longFiles), ...Object.keys(ambientFiles)];
    expect(exceptions.filter((path) => !needed.includes(path))).toEqual([]);
  });
});

describe("every package", () => {
  test("says in its package.json what it is and what it publishes", () => {
    expect(packages.flatMap((one) => manifestProblems(one, manifest))).toEqual([]);
  });

  test("has a README for its user, with the reason of each dependency", () => {
    expect(packages.flatMap((one) => readmeProblems(one, readReadme(one)))).toEqual([]);
  });
});

describe("the top level", () => {
  test("holds the packages, the apps and what their tools need", () => {
    const names = readdirSync(root).filter((name) => !name.startsWith(".") && !isIgnored(name));
    expect(names.sort()).toEqual([
      "LICENSE",
      "README.md",
      "apps",
      "package.json",
      "packages",
      "pnpm-lock.yaml",
      "pnpm-workspace.yaml",
      "tsconfig.base.json",
      "turbo.json",
    ]);
  });

  test("every path of the README's map exists, and every package is on it", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    expect(packages.map((one) => one.path).filter((path) => !readme.includes(`(${path})`))).toEqual([]);
    const links = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path]) => path ?? "");
    const files = ["packages", "apps", ".github"].flatMap((folder) => listFiles(join(root, folder), folder));
    const isThere = (path: string) => path === "LICENSE" || files.some((file) => `${file}/`.startsWith(`${path}/`));
    expect(links.filter((path) => !isThere(path))).toEqual([]);
  });
});

describe("texts", () => {
  test("name no folder of the machine they were written on", () => {
    const paths = ["packages", "apps", ".github", ".ci", ".changeset"].flatMap((folder) =>
      listFiles(join(root, folder), folder),
    );
    const texts = [...paths, "README.md", "package.json"].filter((path) =>
      /\.(ts|mjs|js|json|md|ya?ml|php|html|css)$|\/run$/.test(path),
    );
    const machine = /(?<![\w.:/-])\/(work|root|opt\/tools|home\/\w+|Users\/\w+)\//;
    expect(texts.filter((path) => machine.test(readFileSync(join(root, path), "utf8")))).toEqual([]);
  });
});

function readReadme({ folder }: WorkspacePackage): string {
  const file = join(folder, "README.md");
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Apps, the command line and what starts a program may look around; a library is given what it needs. */
function isLibrarySource(one: WorkspacePackage, file: SourceFile): boolean {
  const mayLookAround = one.path.startsWith("apps/") || ["packages/cli", "packages/tooling"].includes(one.path);
  return !mayLookAround && !file.isTest && !/\/src\/(main|cli)\.ts$/.test(file.path);
}

function lineCount({ text }: SourceFile): number {
  return text.trimEnd().split("\n").length;
}

/** What may lie around and is in .gitignore. */
function isIgnored(name: string): boolean {
  return ["node_modules", "coverage", "package-lock.json"].includes(name) || name.endsWith(".log");
}
