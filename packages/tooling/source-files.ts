import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkspacePackage } from "./workspace.ts";

export interface SourceFile {
  /** `packages/core/src/settle.ts`, with slashes on every system. */
  readonly path: string;
  readonly text: string;
  /** Runs only in the tests and builds of its package. */
  readonly isTest: boolean;
}

const notOurs = new Set(["node_modules", "dist", "coverage", ".turbo", ".medusa", "public"]);

/** The files below a folder, those that git ignores left out. */
export function listFiles(folder: string, prefix: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const path = `${prefix}/${entry.name}`;
      return entry.isDirectory() ? listFiles(join(folder, entry.name), path) : [path];
    });
}

/** The TypeScript and JavaScript of a package. */
export function readSources({ folder, path }: WorkspacePackage): SourceFile[] {
  return listFiles(folder, path)
    .filter((file) => /\.(tsx?|mjs)$/.test(file))
    .map((file) => ({
      path: file,
      text: readFileSync(join(folder, file.slice(path.length)), "utf8"),
      isTest: isTestFile(file) || isBesideSource(file),
    }));
}

function isTestFile(path: string): boolean {
  return /\.test(-d)?\.tsx?$|\/(test|testing|__fixtures__)\/|\/testing[\w-]*\.ts$/.test(path);
}

/** A configuration or build script of a package that has its source below `src`: at its top, or what makes its package. */
function isBesideSource(path: string): boolean {
  const [, , folder, ...rest] = path.split("/");
  return (rest.length === 0 || folder === "package") && !path.startsWith("packages/tooling/");
}
