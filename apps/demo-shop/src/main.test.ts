import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { secret } from "./testing.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const settings = { PORT: "0", GATEWAY_URL: "http://127.0.0.1:1", SHOP_ID: "demo", SHOP_SECRET: secret };
const started: ChildProcess[] = [];
afterEach(() => {
  for (const shop of started.splice(0)) shop.kill("SIGKILL");
});

function start(environment: Record<string, string>): { shop: ChildProcess; output: () => string } {
  const shop = fork(main, { env: { PATH: process.env.PATH ?? "", ...environment }, silent: true, execArgv: [] });
  started.push(shop);
  let text = "";
  for (const stream of [shop.stdout, shop.stderr]) stream?.on("data", (part) => (text += part));
  return { shop, output: () => text };
}

describe("the process", () => {
  it("says where it listens, serves, and stops when it is told to", async () => {
    const { shop, output } = start(settings);
    const [message] = (await once(shop, "message")) as [{ ready: boolean; url: string }];
    expect(message.ready).toBe(true);
    expect((await fetch(message.url)).status).toBe(200);
    shop.kill("SIGTERM");
    expect(await once(shop, "exit")).toEqual([0, null]);
    expect(output()).toBe(`ready ${message.url}\n`);
  });

  it("says what is missing, and does not start", async () => {
    const { shop, output } = start({ PORT: "0" });
    expect(await once(shop, "close")).toEqual([1, null]);
    expect(output()).toBe(
      "The shop cannot start:\n  GATEWAY_URL is missing.\n  SHOP_ID is missing.\n  SHOP_SECRET is missing.\n",
    );
  });

  it("says that its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const { shop, output } = start({ ...settings, PORT: String(port) });
    expect(await once(shop, "close")).toEqual([1, null]);
    expect(output()).toContain(`Port ${port} is in use on 127.0.0.1`);
    other.close();
  });
});
