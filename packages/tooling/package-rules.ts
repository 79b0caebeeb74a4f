import { isDeepStrictEqual } from "node:util";
import { isPublished, type Manifest, scope, type WorkspacePackage } from "./workspace.ts";

/** How a published package is built, and where that lies. */
interface Layout {
  readonly build: string;
  readonly files: string;
  readonly folder: string;
  readonly script: string;
  readonly types: string;
}

const usual: Layout = {
  build: "tsdown --config ../tooling/tsdown.config.ts",
  files: "dist",
  folder: "./dist/",
  script: ".mjs",
  types: ".d.mts",
};

/**
 * An app that is published lies one folder away. And packages whose shop system says where what is built must lie:
 * `packages/core/adr/0009-a-plugin-lies-where-its-shop-looks.md`.
 */
const special: Readonly<Record<string, Layout>> = {
  "apps/gateway": { ...usual, build: "tsdown --config ../../packages/tooling/tsdown.config.ts" },
  "packages/adapter-medusa": {
    build: "node build.ts",
    files: ".medusa/server",
    folder: "./.medusa/server/src/",
    script: ".js",
    types: ".d.ts",
  },
};

/** Says what is wrong with a package.json. `root` is the one at the top. */
export function manifestProblems(one: WorkspacePackage, root: Manifest): string[] {
  const { manifest } = one;
  const rules: [isKept: boolean, otherwise: string][] = [
    [manifest.name === scope + one.path.replace(/^\w+\//, ""), `name must be ${scope} and the name of the folder`],
    [/^(?!.*TODO).{20,}/.test(manifest.description ?? ""), "description must tell its user what it is"],
    [manifest.license === "Apache-2.0", "license must be Apache-2.0"],
    [manifest.type === "module", "type must be module"],
    [isDeepStrictEqual(manifest.engines, root.engines), `engines must be ${JSON.stringify(root.engines)}`],
    [manifest.scripts?.typecheck === "tsc -p .", "scripts.typecheck must be tsc -p ."],
    ...(isPublished(one) ? publishedRules(manifest, special[one.path] ?? usual) : []),
  ];
  return rules.filter(([isKept]) => !isKept).map(([, otherwise]) => `${one.path}/package.json: ${otherwise}`);
}

/** Says what a README lacks for the one who shall use the package. */
export function readmeProblems(one: WorkspacePackage, readme: string): string[] {
  const { name, dependencies, peerDependencies, optionalDependencies } = one.manifest;
  const [, section] = /^## Dependencies\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readme) ?? [];
  const unreasoned = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }).filter(
    (needed) => !new RegExp(`\`${needed}\`.{15,}`).test(section ?? ""),
  );
  const rules: [isKept: boolean, otherwise: string][] = [
    [/^# \S/.test(readme), "begin with what it is: # name"],
    [/^```\w+$/m.test(readme), "show the shortest example in a code block"],
    [
      !isPublished(one) || new RegExp(`^(npm|npx) .*${name}`, "m").test(readme),
      `say how to install it: npm install ${name}`,
    ],
    [!isPublished(one) || /^## .*promise/im.test(readme), "have a section on what it promises"],
    [
      unreasoned.length === 0,
      `give each dependency's reason in a line under ## Dependencies: ${unreasoned.join(", ")}`,
    ],
  ];
  return rules.filter(([isKept]) => !isKept).map(([, otherwise]) => `${one.path}/README.md must ${otherwise}`);
}

/** What a package exports here from its source, it exports from dist when published. */
function publishedRules(manifest: Manifest, layout: Layout): [boolean, string][] {
  const { files = [], exports = {}, bin, publishConfig, scripts } = manifest;
  const published = {
    access: "public",
    exports: mapValues(exports, (source) => (source.endsWith(".ts") ? toBuilt(source, layout) : source)),
    ...(bin && { bin: mapValues(bin, (source) => toBuilt(source, layout).default) }),
  };
  return [
    [isDeepStrictEqual(publishConfig, published), `publishConfig must be ${JSON.stringify(published)}`],
    [files.includes(layout.files) && files.includes("README.md"), `files must hold ${layout.files} and README.md`],
    [scripts?.build === layout.build, `scripts.build must be ${layout.build}`],
  ];
}

function toBuilt(
  source: string,
  { folder, script, types }: Layout,
): { readonly types: string; readonly default: string } {
  const built = source.replace(/^\.\/src\//, folder).replace(/\.ts$/, "");
  return { types: `${built}${types}`, default: `${built}${script}` };
}

function mapValues<Value>(
  values: Readonly<Record<string, string>>,
  map: (value: string) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}
