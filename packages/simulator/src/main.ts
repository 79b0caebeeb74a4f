#!/usr/bin/env node
import { parseArgs } from "node:util";
import type { Listening } from "./listen.ts";
import { createSimulator } from "./simulator.ts";

const usage = `Usage: simulator [--port 4002] [--host 127.0.0.1] [--public-url https://…]

  --port        the port to listen on; the next free one when it is taken; 0 for any
  --host        the address to listen on
  --public-url  where browsers reach the simulator, when that is not where its API is called`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4002" },
    host: { type: "string", default: "127.0.0.1" },
    "public-url": { type: "string" },
    help: { type: "boolean", default: false },
  },
});

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

/** Tries so many ports in a row. */
async function listenNear(port: number, tries: number): Promise<Listening> {
  const publicUrl = values["public-url"];
  const simulator = createSimulator(publicUrl === undefined ? {} : { publicUrl });
  for (let next = port; ; next++) {
    try {
      return await simulator.listen(next, values.host);
    } catch (error) {
      if (!isTaken(error) || port === 0 || next + 1 >= port + tries) throw error;
    }
  }
}

const port = Number(values.port);
if (values.help || !Number.isInteger(port) || port < 0 || port > 65_535) {
  console.log(usage);
  process.exit(values.help ? 0 : 1);
}
const { url, close } = await listenNear(port, 20);
console.log(
  `PostFinance Checkout simulator: ${url}  (API ${url}/api/v2.0, space 70001, user 12345, control door ${url}/_simulator)`,
);
process.send?.({ ready: true, url });
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void close().then(() => process.exit(0));
  });
}
