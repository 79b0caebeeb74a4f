import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** A gateway in a process of its own, that is started again whenever it ends, as systemd does. */
export interface GatewayProcess {
  /** Where it is now; null while it is not there. */
  readonly url: () => string | null;
  /** Resolves when it takes requests. */
  ready(): Promise<void>;
  /** SIGKILL. */
  kill(): void;
  signal(signal: "SIGSTOP" | "SIGCONT"): void;
  /** SIGKILL, for good. */
  end(): Promise<void>;
}

const main = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** `preload`: a module that is loaded before `main.ts`. */
export function startGatewayProcess(environment: Readonly<Record<string, string>>, preload?: URL): GatewayProcess {
  const imports = preload === undefined ? [] : ["--import", preload.href];
  const args = ["--disable-warning=ExperimentalWarning", ...imports, main];
  const env = { PATH: process.env.PATH, PORT: "0", LOG_LEVEL: "error", ...environment };
  let url: string | null = null;
  let isEnded = false;
  let child: ChildProcess | undefined;
  let ready = Promise.withResolvers<void>();

  const live = async (): Promise<void> => {
    while (!isEnded) {
      child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "ignore", "ipc"] });
      child.once("message", (message: { readonly url: string }) => {
        url = message.url;
        ready.resolve();
      });
      await once(child, "exit");
      if (url !== null) ready = Promise.withResolvers();
      url = null;
      if (child.signalCode === null) await wait(100); // it could not start: the database is not there
    }
  };
  const living = live();
  return {
    url: () => url,
    ready: () => ready.promise,
    kill: () => void child?.kill("SIGKILL"),
    signal: (signal) => void child?.kill(signal),
    async end() {
      isEnded = true;
      child?.kill("SIGKILL");
      await living;
    },
  };
}
