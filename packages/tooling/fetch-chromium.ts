import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ChromiumFound } from "./chromium.ts";

const run = promisify(execFile);

/** The last Chromium that is published whole on npm; the binary is inside the package, for Linux x64 with glibc. */
const source = { name: "@sparticuz/chromium", version: "153.0.0" };

/** Runs in its own process, because the package unpacks into the temporary folder it sees when it is imported. */
const unpack = `
  import { join } from "node:path";
  const { default: chromium, inflate } = await import("@sparticuz/chromium");
  await chromium.executablePath();
  await inflate(join(process.cwd(), "node_modules/@sparticuz/chromium/bin/al2023.tar.br"));
`;

export function canFetchChromium(platform: NodeJS.Platform): boolean {
  return platform === "linux" && process.arch === "x64" && isGlibc();
}

/** Fetches Chromium once for this user; later calls find it in the cache folder. Safe to call from several processes at once. */
export async function fetchChromium(environment: NodeJS.ProcessEnv): Promise<ChromiumFound> {
  const caches = join(environment.XDG_CACHE_HOME || join(homedir(), ".cache"), "checkout-plugins");
  const folder = join(caches, `chromium-${source.version}`);
  if (!existsSync(folder)) {
    await mkdir(caches, { recursive: true });
    const staging = await mkdtemp(join(caches, "fetching-"));
    try {
      await fill(staging, folder, environment);
      await rename(staging, folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error; // else another process was first: same content
      });
    } catch (error) {
      return { missing: `no Chromium on this machine, and ${source.name} could not be fetched: ${firstLine(error)}` };
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  }
  const inherited = environment.LD_LIBRARY_PATH ? `:${environment.LD_LIBRARY_PATH}` : "";
  return {
    executablePath: join(folder, "chromium"),
    environment: {
      LD_LIBRARY_PATH: join(folder, "al2023/lib") + inherited,
      FONTCONFIG_PATH: join(folder, "fonts"),
    },
  };
}

async function fill(staging: string, folder: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const options = { cwd: staging, env: { ...environment, TMPDIR: staging }, timeout: 240_000 };
  await writeFile(join(staging, "package.json"), '{ "private": true }');
  const install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1", "--loglevel=error"];
  await run("npm", [...install, `${source.name}@${source.version}`], options);
  await run(process.execPath, ["--input-type=module", "--eval", unpack], options);
  await rm(join(staging, "node_modules"), { recursive: true });
  // The package's own file points at a temporary folder that does not exist here: pages without a system font would crash.
  await writeFile(
    join(staging, "fonts/fonts.conf"),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>` +
      `<dir>${folder}/fonts/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`,
  );
}

function isGlibc(): boolean {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime !== undefined;
}

function firstLine(error: unknown): string {
  const { stderr = "", message } = error as Error & { stderr?: string };
  return (stderr.trim() || message).split("\n", 1)[0] ?? "";
}
