import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { pack } from "./packed.ts";
import { isPublished, readWorkspace, type WorkspacePackage } from "./workspace.ts";

const run = promisify(execFile);
/** A plugin that lives in a shop's own server needs that shop around it: it is tried there. */
const needsShop = ({ manifest }: WorkspacePackage) => "@medusajs/framework" in (manifest.peerDependencies ?? {});
const packages = readWorkspace().filter((one) => isPublished(one) && !needsShop(one));

test("what is published can be installed by npm, loaded and run, with nothing of this repository around", async ({
  skip,
}) => {
  const unbuilt = packages.filter(({ folder }) => !existsSync(join(folder, "dist")));
  if (unbuilt.length > 0) skip("nothing is built: run pnpm build first");
  const folder = await mkdtemp(join(tmpdir(), "checkout-plugins-published-"));
  onTestFinished(() => rm(folder, { recursive: true }));

  const tarballs = await Promise.all(packages.map((one) => pack(one, folder)));
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  const shell = process.platform === "win32";
  await run("npm", ["install", "--no-audit", "--no-fund", ...tarballs], { cwd: folder, shell });

  for (const { manifest } of packages) {
    for (const entry of Object.keys(manifest.exports ?? {}).filter((name) => !name.endsWith(".json"))) {
      const specifier = manifest.name + entry.slice(1);
      const script = `const found = await import("${specifier}"); console.log(Object.keys(found).length);`;
      const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder });
      expect(Number(stdout), specifier).toBeGreaterThan(0);
    }
    for (const command of Object.keys(manifest.bin ?? {})) {
      const { stdout } = await run("npx", ["--no-install", command, "--help"], { cwd: folder, shell });
      expect(stdout, command).toContain("Usage");
    }
  }
});
