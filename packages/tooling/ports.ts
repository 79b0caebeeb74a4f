import { connect, createServer } from "node:net";

/**
 * Reads a port that the user set: undefined if there is none.
 *
 * @throws Error if it is not a port.
 */
export function readPort(name: string, environment: NodeJS.ProcessEnv): number | undefined {
  const text = environment[name];
  if (text === undefined || text === "") return undefined;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new Error(`${name} must be a port from 0 to 65535, but is "${text}".`);
  return port;
}

/** The first free port of this machine from `first` on; 0 is any free port. */
export async function findFreePort(first: number, taken: readonly number[] = []): Promise<number> {
  if (first === 0) return await listenOnce(0, "127.0.0.1");
  for (let port = first; port <= 65_535; port += 1) {
    if (!taken.includes(port) && (await isFree(port))) return port;
  }
  throw new Error(`No port from ${first} to 65535 is free.`);
}

/** Free on both loopback addresses: a browser that is told `localhost` may take either. */
export async function isFree(port: number): Promise<boolean> {
  // macOS lets us listen on one address of a port that somebody else holds for all of them.
  if (process.platform === "darwin" && (await isAnswered(port))) return false;
  try {
    await listenOnce(port, "127.0.0.1");
    await listenOnce(port, "::1");
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE" || code === "EACCES") return false;
    if (code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT") return true; // a machine without IPv6
    throw error;
  }
}

function listenOnce(port: number, host: string): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "localhost" });
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
