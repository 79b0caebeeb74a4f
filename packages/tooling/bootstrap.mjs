// Runs a task of this repository on a machine that has nothing but Node 20 or newer and npm. Plain JavaScript without
// dependencies, because it runs before anything is installed and on a Node that is older than the one we need.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { packageManager, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** Node from npm, for those platforms on which this very version is published there whole. */
const node = {
  version: "24.21.0",
  platforms: { "linux-x64": "linux-x64", "linux-arm64": "linux-arm64", "win32-x64": "win-x64" },
};

const demo = ["@checkout-plugins/demo-shop", "@checkout-plugins/gateway", "@checkout-plugins/simulator"];
const tasks = {
  start: { program: "packages/tooling/start.ts", packages: demo },
  simulator: { program: "packages/simulator/src/main.ts", packages: ["@checkout-plugins/simulator"] },
  "demo:medusa": { program: "packages/tooling/demo-medusa.ts" },
  test: { program: "packages/tooling/check.ts" },
  "test:all": { program: "packages/tooling/check.ts", environment: { LONG: "1" } },
};

const [stage, ...rest] = process.argv[2] === "inside" ? process.argv.slice(2) : ["outside", ...process.argv.slice(2)];
const [name = "", ...given] = rest;
const task = Object.hasOwn(tasks, name)
  ? tasks[name]
  : fail(`Unknown task "${name}". There are: ${Object.keys(tasks).join(", ")}.`);
process.exitCode = stage === "inside" ? await runTask(task) : await enter();

/** Starts this file again where pnpm, and if need be a newer Node, are on the path. npm keeps both in its cache. */
async function enter() {
  const packages = [packageManager];
  if (!isNodeNewEnough()) {
    packages.push(nodePackage());
    console.error(
      `Node ${process.versions.node} is too old for this project: using ${node.version} from npm (fetched once).`,
    );
  }
  const npmCli = findNpmCli();
  const npm = npmCli ? [process.execPath, npmCli] : ["npm"];
  const wanted = packages.map((spec) => `--package=${spec}`);
  const self = ["node", "packages/tooling/bootstrap.mjs", "inside", ...rest];
  return await run([...npm, "exec", "--yes", "--prefer-offline", "--loglevel=error", ...wanted, "--", ...self]);
}

async function runTask({ program, packages, environment }) {
  if (!isNodeNewEnough()) fail(`Node ${process.versions.node} runs, but ${engines.node} is needed. ${installNode()}`);
  const isDeveloped = existsSync(join(root, "node_modules/vitest")); // everything is installed: keep it so
  const part = packages && !isDeveloped ? ["--prod", ...packages.map((name) => `--filter-prod=${name}...`)] : [];
  const installed = await run(["pnpm", "install", "--frozen-lockfile", "--loglevel=warn", ...part]);
  if (installed !== 0) return installed;
  // Node 22 warns that it strips types; that is what we want it to do.
  return await run([process.execPath, "--disable-warning=ExperimentalWarning", program, ...given], environment);
}

/** Resolves to the exit code. Ctrl-C reaches the child by the terminal; what only we receive is passed on. */
function run([command, ...args], environment = {}) {
  const isShim = process.platform === "win32" && !command.endsWith(".exe");
  const child = spawn(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: isShim, // npm and pnpm are .cmd files there; none of their arguments needs quoting
    env: { ...process.env, ...environment },
  });
  const passOn = (signal) => child.kill(signal);
  process.on("SIGINT", () => {});
  process.on("SIGTERM", passOn).on("SIGHUP", passOn);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      process.removeAllListeners("SIGINT").off("SIGTERM", passOn).off("SIGHUP", passOn);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** Reads `engines` as far as we use its notation: alternatives of `^24.11.0` and `>=26.0.0`. */
function isNodeNewEnough() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  return engines.node.split("||").some((range) => {
    const [, sign, wantedMajor, wantedMinor] = /^\s*(\^|>=)(\d+)\.(\d+)\.\d+\s*$/.exec(range);
    if (major === Number(wantedMajor)) return minor >= Number(wantedMinor);
    return sign === ">=" && major > Number(wantedMajor);
  });
}

function nodePackage() {
  const platform = node.platforms[`${process.platform}-${process.arch}`];
  const isMusl = process.platform === "linux" && !process.report.getReport().header.glibcVersionRuntime;
  if (!platform || isMusl)
    fail(`This project needs Node ${engines.node}; here runs ${process.versions.node}. ${installNode()}`);
  return `node-${platform}@${node.version}`;
}

function installNode() {
  return "Please install Node 24 (https://nodejs.org) and run the command again.";
}

/** npm as a JavaScript file, so that no shell stands between us and it. */
function findNpmCli() {
  const beside = join(dirname(process.execPath), "node_modules/npm/bin/npm-cli.js");
  return [process.env.npm_execpath, beside].find((path) => path?.endsWith("npm-cli.js") && existsSync(path));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
