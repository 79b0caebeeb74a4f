import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A folder that Medusa takes for an app whose own source is this package's, so that what runs is what is written. */
export async function createApp(name: string, config: object): Promise<string> {
  const folder = join(root, "node_modules", ".medusa-test", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "name": "shop", "private": true }');
  const text = JSON.stringify(config, null, 2);
  await writeFile(
    join(folder, "medusa-config.js"),
    `const { defineConfig } = require("@medusajs/framework/utils");\nmodule.exports = defineConfig(${text});\n`,
  );
  await symlink(join(root, "src"), join(folder, "src"), "junction");
  return folder;
}

export interface TestProvider {
  readonly id: string;
  readonly options: object;
}

export function toConfig(providers: readonly TestProvider[]): object {
  return {
    projectConfig: {
      databaseDriverOptions: { ssl: false, connection: { ssl: false } },
      http: { storeCors: "*", adminCors: "*", authCors: "*", jwtSecret: "secret", cookieSecret: "secret" },
    },
    admin: { disable: true },
    modules: [
      {
        resolve: "@medusajs/medusa/payment",
        options: {
          providers: providers.map((provider) => ({
            resolve: join(root, "src/providers/postfinance-checkout/index.ts"),
            ...provider,
          })),
        },
      },
    ],
  };
}
