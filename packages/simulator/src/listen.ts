import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { CutConnection } from "./api/connection.ts";
import type { Logger } from "./settings.ts";

export interface Listening {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

type Answer = (request: Request, bindings: HttpBindings) => Promise<Response>;

/** Serves over HTTP. A cut connection is destroyed, so that its other end sees a network that broke. */
export async function listen(answer: Answer, logger: Logger, port: number, host: string): Promise<Listening> {
  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    fetch: async (request, env) => {
      const bindings = env as HttpBindings;
      try {
        return await answer(request, bindings);
      } catch (error) {
        if (!(error instanceof CutConnection)) {
          logger.error(`${request.method} ${new URL(request.url).pathname} failed`, error);
          return new Response("The simulator itself failed; its log says why.", { status: 500 });
        }
        bindings.incoming.socket.destroy();
        return RESPONSE_ALREADY_SENT;
      }
    },
  }) as Server;
  // Who asks closes an idle connection first; else a request that just comes is lost, as if by a fault nobody asked for.
  server.keepAliveTimeout = 130_000;
  server.listen(port, host);
  await once(server, "listening");
  const { port: actual } = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    url: `http://${name}:${actual}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
