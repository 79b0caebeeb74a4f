import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface Demo {
  readonly shop: string;
  readonly simulator: string;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL("../../../../packages/tooling/demo-medusa.ts", import.meta.url));

/** `npm run demo:medusa` without npm, on free ports. @throws Error with what it printed when it does not start. */
export async function startDemo(): Promise<Demo> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program], {
    env: { ...process.env, SHOP_PORT: "0", SIMULATOR_PORT: "0" },
  });
  let printed = "";
  const ended = once(child, "close");
  const ready = new Promise<void>((resolve) => {
    const keep = (text: string): void => {
      printed += text;
      if (printed.includes("Ctrl-C")) resolve();
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", keep);
  });
  const died = ended.then(() => {
    throw new Error(`The demo did not start:\n${printed}`);
  });
  died.catch(() => {});
  await Promise.race([ready, died]);
  const find = (name: string): string => new RegExp(`${name} +(http://localhost:\\d+)`).exec(printed)?.[1] ?? "";
  return {
    shop: find("Shop"),
    simulator: find("Simulator"),
    async stop() {
      child.kill("SIGINT");
      await ended;
    },
  };
}
