import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Listens on `port`, or on the first free one of the 20 from 4000 when none is given.
 *
 * @throws Error that says what to change when the port is taken.
 */
export async function listen(server: Server, host: string, port: number | null): Promise<AddressInfo> {
  const candidates = port === null ? Array.from({ length: 20 }, (_, step) => 4000 + step) : [port];
  for (const candidate of candidates) {
    const bound = await tryListen(server, host, candidate);
    if (bound !== null) return bound;
  }
  const taken = port === null ? "Ports 4000 to 4019 are" : `Port ${port} is`;
  throw new Error(`${taken} in use on ${host}. Choose another by PORT; PORT=0 takes any that is free.`);
}

/** null: the port is taken. */
function tryListen(server: Server, host: string, port: number): Promise<AddressInfo | null> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off("listening", onListening);
      if (error.code === "EADDRINUSE") resolve(null);
      else reject(error);
    };
    const onListening = (): void => {
      server.off("error", onError);
      resolve(server.address() as AddressInfo);
    };
    server.once("error", onError).once("listening", onListening).listen(port, host);
  });
}
