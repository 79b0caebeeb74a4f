import type { Logger } from "@checkout-plugins/core";
import type { PostgresPool, PostgresPoolClient } from "kysely";
import { Pool, types } from "pg";

const connectWithin = 5_000;
const bigint = 20;

/** A process that stands still in a transaction, or that waits for one, gives up: others shall not wait for it long. */
const begin = "begin; set local idle_in_transaction_session_timeout = '5s'; set local lock_timeout = '5s'";

/** `answerWithin`: milliseconds. Far more than any of our queries takes; it is there for a network that is silent. */
export function createPool(
  connectionString: string,
  connections: number,
  logger: Pick<Logger, "warn">,
  answerWithin = 30_000,
): Pool {
  const pool = new Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: connectWithin,
    query_timeout: answerWithin,
    keepAlive: true,
    application_name: "checkout-plugins",
    types: {
      getTypeParser: ((id: number, format?: "text" | "binary") =>
        id === bigint ? Number : types.getTypeParser(id, format)) as typeof types.getTypeParser,
    },
  });
  // A connection that breaks, in use or not: its query rejects, the pool makes another one when it is needed. Without a
  // listener of its own one that is in use would end the process.
  pool.on("connect", (client) => {
    client.on("error", (error) => logger.warn("database connection lost", { why: error.message }));
  });
  pool.on("error", () => undefined);
  return pool;
}

/** The pool in the form that kysely asks for. A connection whose answer was not waited for is never used again. */
export function toKyselyPool(pool: Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      let late: Error | undefined;
      const query = async (text: string, parameters: readonly unknown[]): Promise<unknown> => {
        if (late !== undefined) throw late;
        return client.query(text === "begin" ? begin : text, [...parameters]).catch((error: Error) => {
          if (error.message === "Query read timeout") late = error;
          throw error;
        });
      };
      return {
        query: query as PostgresPoolClient["query"],
        release: (destroy) => client.release(destroy === true || late !== undefined),
      };
    },
  };
}
