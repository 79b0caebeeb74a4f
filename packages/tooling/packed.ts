import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData, type Problem } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { isPublished, readWorkspace, type WorkspacePackage } from "./workspace.ts";

const run = promisify(execFile);

/** What CommonJS and the resolution of Node 10 would see: our packages are ES modules for Node 22 and newer. */
const notOurs = new Set<string>(["node10", "node16-cjs"]);

/** Packs each published package as npm would get it and returns what publint and attw find wrong, one line each. */
export async function checkPackages(): Promise<string[]> {
  const target = await mkdtemp(join(tmpdir(), "checkout-plugins-pack-"));
  try {
    const packages = readWorkspace().filter(isPublished);
    const problems = await Promise.all(packages.map((one) => checkOne(one, target)));
    return problems.flat();
  } finally {
    await rm(target, { recursive: true });
  }
}

/** Packs one package as npm would get it, and returns the file. Needs its `dist`. */
export async function pack({ folder, manifest }: WorkspacePackage, target: string): Promise<string> {
  await run("pnpm", ["pack", "--pack-destination", target], { cwd: folder, shell: process.platform === "win32" });
  return join(target, `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`);
}

async function checkOne(one: WorkspacePackage, target: string): Promise<string[]> {
  const { path } = one;
  const tarball = await readFile(await pack(one, target));
  const { messages, pkg } = await publint({ pack: { tarball: toArrayBuffer(tarball) }, strict: true });
  const types = await checkPackage(createPackageFromTarballData(tarball));
  const typeProblems = types.types === false ? [{ kind: "Untyped" }] : types.problems.filter(isOurs);
  return [
    ...messages.map((message) => `${path}: publint: ${formatMessage(message, pkg, { color: false })}`),
    ...typeProblems.map((problem) => `${path}: attw: ${JSON.stringify(problem)}`),
  ];
}

function isOurs(problem: Problem): boolean {
  return !("resolutionKind" in problem && notOurs.has(problem.resolutionKind));
}

function toArrayBuffer(bytes: Buffer): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
