import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The parts of a package.json that our checks read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly engines?: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly publishConfig?: {
    readonly access?: string;
    readonly exports?: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
    readonly bin?: Readonly<Record<string, string>>;
  };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface WorkspacePackage {
  /** `packages/core`, with slashes on every system. */
  readonly path: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

export const root: string = fileURLToPath(new URL("../..", import.meta.url));

export const scope = "@checkout-plugins/";

/** Every package of the repository, those of `packages/` first. */
export function readWorkspace(): WorkspacePackage[] {
  const paths = ["packages", "apps"].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => `${parent}/${name}`),
  );
  return paths
    .filter((path) => existsSync(join(root, path, "package.json")))
    .map((path) => ({ path, folder: join(root, path), manifest: readManifest(join(root, path)) }));
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

export function isPublished({ manifest }: WorkspacePackage): boolean {
  return manifest.private !== true;
}
