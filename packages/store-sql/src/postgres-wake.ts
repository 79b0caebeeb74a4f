import type { Logger } from "@checkout-plugins/core";
import { Client, escapeIdentifier, type Pool } from "pg";

export interface WakeParts {
  readonly pool: Pool;
  readonly connectionString: string;
  readonly channel: string;
  readonly onWake: (() => void) | undefined;
  readonly logger: Pick<Logger, "warn">;
}

export interface Wake {
  /** Tells all processes, this one too, soon after; several at once are told as one. */
  tell(): void;
  /** Listens, if it is wanted and does not yet. */
  listen(): void;
  close(): Promise<void>;
}

/** Shortens the wait of others' workers and carries no promise: what cannot be told or heard is found by the next poll. */
export function createWake({ pool, connectionString, channel, onWake, logger }: WakeParts): Wake {
  let telling: Promise<unknown> | null = null;
  let again = false;
  let listener: Client | null = null;
  let isClosed = false;

  const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  const tell = (): void => {
    if (telling !== null) {
      again = true;
      return;
    }
    again = false;
    telling = pool
      .query("select pg_notify($1, '')", [channel])
      .catch((error: unknown) => logger.warn("others were not woken", { why: why(error) }))
      .then(() => {
        telling = null;
        if (again && !isClosed) tell();
      });
  };
  const leave = (client: Client): void => {
    if (listener === client) listener = null;
  };
  const attend = async (client: Client, wake: () => void): Promise<void> => {
    client.on("notification", wake);
    client.on("end", () => leave(client));
    client.on("error", (error) => {
      leave(client);
      logger.warn("no longer listening to the database", { why: error.message });
    });
    await client.connect();
    await client.query(`listen ${escapeIdentifier(channel)}`);
  };
  return {
    tell,
    listen() {
      if (onWake === undefined || listener !== null || isClosed) return;
      const client = new Client({ connectionString, keepAlive: true, application_name: "checkout-plugins listener" });
      listener = client;
      attend(client, onWake).catch((error: unknown) => {
        leave(client);
        logger.warn("cannot listen to the database", { why: why(error) });
      });
    },
    async close() {
      isClosed = true;
      await listener?.end();
      while (telling !== null) await telling;
    },
  };
}
