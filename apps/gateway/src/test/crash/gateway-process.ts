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
  /** Tells a gateway that was altered for a test that it may commit what it holds back. Resolves when it has. */
  commit(): Promise<void>;
  /** SIGKILL, for good. */
  end(): Promise<void>;
}

/** So often it may fail to start in a row, while its database recovers. */
const patience = 100;
const main = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** `preload`: a module that is loaded before `main.ts`. */
export function startGatewayProcess(environment: Readonly<Record<string, string>>, preload?: URL): GatewayProcess {
  const imports = preload === undefined ? [] : ["--import", preload.href];
  const args = ["--disable-warning=ExperimentalWarning", ...imports, main];
  const env = { PATH: process.env.PATH, PORT: "0", LOG_LEVEL: "error", ...environment };
  let url: string | null = null;
  let isEnded = false;
  let child: ChildProcess | undefined;
  let ready = createReady();

  const live = async (): Promise<void> => {
    for (let failures = 0; !isEnded && failures < patience; ) {
      child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe", "ipc"] });
      let said = "";
      child.stderr?.on("data", (data) => {
        said = (said + String(data)).slice(-2000);
      });
      child.once("message", (message: { readonly url: string }) => {
        url = message.url;
        ready.resolve();
      });
      await once(child, "exit");
      if (url !== null) ready = createReady();
      failures = url === null && child.signalCode === null ? failures + 1 : 0;
      url = null;
      if (failures === patience) ready.reject(new Error(`The gateway does not start: ${said}`));
      else if (failures > 0) await wait(100); // the database is not there yet
    }
  };
  const living = live();
  return {
    url: () => url,
    ready: () => ready.promise,
    kill: () => void child?.kill("SIGKILL"),
    signal: (signal) => void child?.kill(signal),
    async commit() {
      await ready.promise;
      if (child === undefined) return;
      const committed = once(child, "message");
      child.send("commit");
      await committed;
    },
    async end() {
      isEnded = true;
      child?.kill("SIGKILL");
      await living;
    },
  };
}

function createReady(): PromiseWithResolvers<void> {
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => undefined); // whoever waits for it is told
  return ready;
}
