import { toPackageName } from "./syntax.ts";
import { isPublished, type Manifest, scope, type WorkspacePackage } from "./workspace.ts";

/**
 * Which package may need which at run time. An arrow that is not here is a wall: move it in one piece, with the reason
 * in `packages/core/adr/`.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  client: [],
  core: ["client"],
  simulator: ["client"],
  conformance: ["core", "client", "simulator"],
  "store-sql": ["core"],
  "shop-protocol": ["core"],
  "adapter-http": ["core", "shop-protocol"],
  "adapter-woocommerce": ["core", "shop-protocol"],
  "adapter-shopify": ["core"],
  "adapter-medusa": ["client", "core", "knowledge", "store-sql"],
  knowledge: [],
  cli: ["client", "core", "knowledge", "shop-protocol", "simulator", "store-sql"],
  tooling: [],
};

/** What an app must not need at run time: these are for tests. */
const onlyForTests = ["simulator", "conformance", "tooling"];

export interface ImportFact {
  readonly path: string;
  readonly specifier: string;
  readonly isTest: boolean;
}

/** Says which of our own packages this one needs at run time without being allowed to. */
export function wrongArrows(one: WorkspacePackage): string[] {
  return ownNames(one.manifest.dependencies, one.manifest.peerDependencies, one.manifest.optionalDependencies)
    .filter((needed) => !isAllowed(one, needed))
    .map((needed) => `${one.path} needs ${needed}: ARCHITECTURE has no such arrow`);
}

/** Says what is wrong with one import of a package's source. `root` is the manifest at the top, whose tools tests may use. */
export function wrongImport(
  one: WorkspacePackage,
  { path, specifier, isTest }: ImportFact,
  root: Manifest,
): string | null {
  if (specifier.startsWith("node:")) return null;
  if (specifier.startsWith("."))
    return leaves(one, path, specifier) ? `${path} reaches into another package: ${specifier}` : null;
  const name = toPackageName(specifier);
  if (name === one.manifest.name) return null;
  const { dependencies, peerDependencies, optionalDependencies, devDependencies } = one.manifest;
  if (Object.hasOwn({ ...dependencies, ...peerDependencies, ...optionalDependencies }, name)) return null;
  const forTests = { ...devDependencies, ...root.devDependencies };
  if (Object.hasOwn(forTests, name) && (isTest || (!isPublished(one) && one.path.startsWith("packages/")))) return null;
  return `${path} imports ${name}, which ${one.path}/package.json does not name${isTest ? "" : " among its dependencies"}`;
}

function isAllowed(one: WorkspacePackage, needed: string): boolean {
  const name = one.path.replace(/^packages\//, "");
  if (one.path.startsWith("apps/"))
    return !onlyForTests.includes(needed) && (needed in arrows || needed.startsWith("adapter-"));
  return arrows[name]?.includes(needed) ?? false;
}

function ownNames(...dependencies: (Readonly<Record<string, string>> | undefined)[]): string[] {
  const names = dependencies.flatMap((some) => Object.keys(some ?? {}));
  return names.filter((name) => name.startsWith(scope)).map((name) => name.slice(scope.length));
}

function leaves(one: WorkspacePackage, path: string, specifier: string): boolean {
  return !new URL(specifier, `file:///${path}`).pathname.startsWith(`/${one.path}/`);
}
