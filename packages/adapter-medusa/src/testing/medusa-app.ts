import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL("../..", import.meta.url));

/** A folder that Medusa takes for an app whose own source is this package's, so that what runs is what is written. */
export async function createApp(name: string, config: object): Promise<string> {
  const folder = join(root, "node_modules", ".medusa-test", name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // By its dependency Medusa's own program knows a project of its.
  const manifest = { name: "shop", private: true, dependencies: { "@medusajs/medusa": "*" } };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
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

type TestRunner = typeof import("@medusajs/test-utils")["medusaIntegrationTestRunner"];

/** Defines tests in a Medusa of their own, with a database of its own on the server of this connection string. */
export function startMedusa(connectionString: string, options: Parameters<TestRunner>[0]): void {
  const { hostname, port, username, password } = new URL(connectionString);
  Object.assign(process.env, {
    // It takes any other name for a server on the net, and waits for TLS.
    DB_HOST: hostname === "127.0.0.1" ? "localhost" : hostname,
    DB_PORT: port || "5432",
    DB_USERNAME: decodeURIComponent(username),
    DB_PASSWORD: decodeURIComponent(password),
  });
  // It reads these variables when it is loaded.
  const { medusaIntegrationTestRunner } = require("@medusajs/test-utils") as {
    medusaIntegrationTestRunner: TestRunner;
  };
  medusaIntegrationTestRunner(options);
}
