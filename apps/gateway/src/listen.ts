import type { IncomingMessage, Server } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import type { Peer } from "@checkout-plugins/core";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { EnvironmentError } from "./environment.ts";

export interface Listening {
  readonly port: number;
  /** Takes no new connection; resolves when the requests under way are answered. */
  close(): Promise<void>;
}

export interface ListenSettings {
  readonly fetch: (request: Request, peer: Peer) => Promise<Response>;
  readonly host: string;
  /** null: 4001, or the next free one of the ten that follow. 0: any free one. */
  readonly port: number | null;
  /** Default: its address, and no certificate. */
  readonly readPeer?: (incoming: IncomingMessage) => Peer;
  /** To end TLS here; default: a proxy does, or nobody. */
  readonly tls?: ServerOptions | null;
}

const firstPort = 4001;
/**
 * Milliseconds. Longer than a proxy keeps an idle connection (nginx 60 s, Caddy two minutes): who closes first must be
 * the one who sends, else a request meets a closed door and may not be sent again.
 */
const idle = 130_000;

/**
 * Opens the door: at most 8 KB of headers, and a whole request within 5 seconds.
 *
 * @throws EnvironmentError with what to do when the port is taken.
 */
export async function listen(settings: ListenSettings): Promise<Listening> {
  const { host, port } = settings;
  const candidates = port === null ? Array.from({ length: 11 }, (_, index) => firstPort + index) : [port];
  for (const candidate of candidates) {
    const server = createServer(settings);
    if (await tryListen(server, candidate, host)) return toListening(server);
  }
  const [first, last] = [candidates[0], candidates.at(-1)];
  const taken = first === last ? `Port ${first} is` : `The ports ${first} to ${last} are all`;
  throw new EnvironmentError(`${taken} taken. Set PORT to a free one, or to 0 for any.`);
}

function createServer({ fetch, readPeer = toPeer, tls = null }: ListenSettings): Server {
  const server = createAdaptorServer({
    fetch: (request, bindings) => fetch(request, readPeer((bindings as HttpBindings).incoming)),
    ...(tls !== null && { createServer: createTlsServer }),
    serverOptions: {
      ...tls,
      maxHeaderSize: 8 * 1024,
      headersTimeout: 5_000,
      requestTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: idle,
    },
  });
  return server as Server;
}

function toPeer({ socket }: IncomingMessage): Peer {
  return { address: socket.remoteAddress ?? "", certificate: null };
}

/** false when the port is taken. */
function tryListen(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    };
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      resolve(true);
    });
  });
}

function toListening(server: Server): Listening {
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        server.keepAliveTimeout = 1; // of what is under way now, whoever asked shall not come back
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeIdleConnections();
      }),
  };
}
