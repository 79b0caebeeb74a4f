import { type ChildProcess, fork } from "node:child_process";
import { createInterface } from "node:readline";

export interface ProgramPlan {
  /** How messages call it: "the gateway". */
  readonly name: string;
  /** Its TypeScript source. It sends `{ ready: true, url }` to its parent once it accepts requests. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface Program {
  readonly name: string;
  readonly url: string;
  /** Resolves when it ended without being asked to, with a text that says how and holds its last lines. */
  readonly died: Promise<string>;
  /** Asks it to end; ends it after five seconds. Safe to repeat. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  /** Receives every line it prints. */
  readonly onLine?: (line: string) => void;
  /** How long it may take until it is ready, milliseconds. Default 60 s: a cold start on a busy machine. */
  readonly readyWithin?: number;
}

const keptLines = 20;
const stopWithParent = new URL("stop-with-parent.ts", import.meta.url).href;

/**
 * Starts a program as a child process and waits until it is ready.
 *
 * @throws Error with its last lines if it ends or stays silent before it is ready.
 */
export async function startProgram(plan: ProgramPlan, options: ProgramOptions = {}): Promise<Program> {
  const child = fork(plan.file, plan.args ?? [], {
    env: { ...process.env, ...plan.environment },
    execArgv: ["--disable-warning=ExperimentalWarning", `--import=${stopWithParent}`],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: process.platform !== "win32", // Ctrl-C reaches us alone, and we end the programs in order
  });
  const lines = keepLines(child, options.onLine);
  let isStopping = false;
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("close", (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`));
  });
  const died = new Promise<string>((resolve) => {
    void ended.then((how) => {
      if (!isStopping) resolve(describe(plan.name, how, lines));
    });
  });
  const stop = async () => {
    isStopping = true;
    child.kill("SIGTERM");
    const impatience = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(impatience);
  };
  try {
    const url = await readyUrl(child, plan, died, lines, options.readyWithin ?? 60_000);
    return { name: plan.name, url, died, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readyUrl(
  child: ChildProcess,
  plan: ProgramPlan,
  died: Promise<string>,
  lines: readonly string[],
  within: number,
): Promise<string> {
  let patience: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      child.on("message", (message) => {
        if (isReady(message)) resolve(message.url);
      });
      void died.then((text) => reject(new Error(text)));
      const late = () => reject(new Error(describe(plan.name, `was not ready after ${within / 1000} s`, lines)));
      patience = setTimeout(late, within);
    });
  } finally {
    clearTimeout(patience);
  }
}

function keepLines(child: ChildProcess, onLine: ProgramOptions["onLine"]): readonly string[] {
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      onLine?.(line);
    });
  }
  return lines;
}

function describe(name: string, how: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${name} ${how}. It printed nothing.`;
  return `${name} ${how}. Its last lines:\n${lines.map((line) => `    ${line}`).join("\n")}`;
}

function isReady(message: unknown): message is { readonly ready: true; readonly url: string } {
  return typeof message === "object" && message !== null && "ready" in message && message.ready === true;
}
