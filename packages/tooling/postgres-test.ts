import { afterAll, describe, test } from "vitest";
import { type PostgresOptions, type PostgresServer, startPostgres } from "./postgres.ts";

/**
 * Tests with a real PostgreSQL, one for all that `define` defines: `await describeWithPostgres("…", (server) => { … })`.
 * Where none can be started they are one skipped test with the reason, or a failed one if `REQUIRE_POSTGRES=1`.
 */
export async function describeWithPostgres(
  name: string,
  define: (server: PostgresServer) => void,
  options: PostgresOptions = {},
): Promise<void> {
  const server = await startPostgres(options);
  if (!("missing" in server)) {
    afterAll(() => server.stop());
    describe(name, () => define(server));
    return;
  }
  test(name, ({ skip }) => {
    if (process.env.REQUIRE_POSTGRES === "1") throw new Error(`REQUIRE_POSTGRES=1, but ${server.missing}`);
    skip(server.missing);
  });
}
