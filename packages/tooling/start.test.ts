import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { findFreePort } from "./ports.ts";

const anyPorts = { SHOP_PORT: "0", GATEWAY_PORT: "0", SIMULATOR_PORT: "0" };

/** Runs `npm start` without npm. */
function start(args: readonly string[], environment: NodeJS.ProcessEnv = anyPorts) {
  const flags = ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "start.ts")];
  const child = spawn(process.execPath, [...flags, ...args], { env: { ...process.env, ...environment } });
  onTestFinished(() => void child.kill());
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (printed += text));
  const ended = once(child, "close").then(([code]) => code as number);
  return { child, ended, printed: () => printed };
}

describe("npm start", { timeout: 180_000 }, () => {
  test("-- --once makes a purchase, counts its requests, and succeeds because the order is paid", async () => {
    const { ended, printed } = start(["--once"]);
    expect(await ended, printed()).toBe(0);
    expect(printed()).toMatch(/The order is +paid/);
    expect(printed()).toMatch(/Requests to the service: \d+/);
    expect(printed()).toMatch(/POST +201 \/payment\/transactions/);
  });

  test("prints three addresses that answer, and stops all of them when it is told to", async () => {
    const { child, ended, printed } = start([]);
    await vi.waitFor(() => expect(printed()).toContain("Ctrl-C"), { timeout: 150_000, interval: 100 });
    const addresses = printed().match(/http:\/\/localhost:\d+/g) ?? [];
    expect(addresses).toHaveLength(3);
    const [shop, gateway, simulator] = addresses;
    for (const url of [shop, gateway, `${simulator}/_simulator/clock`]) {
      expect((await fetch(String(url))).status, url).toBe(200);
    }
    child.kill("SIGINT");
    expect(await ended).toBe(0);
    for (const address of addresses) await expect(fetch(address), address).rejects.toThrow();
  });

  test("says whose port is taken, and starts nothing", async () => {
    const port = await findFreePort(0);
    const server = createServer().listen(port, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { ended, printed } = start([], { ...anyPorts, GATEWAY_PORT: String(port) });
    expect(await ended).toBe(1);
    expect(printed()).toBe(`GATEWAY_PORT is ${port}, but another program has that port.\n`);
  });

  test("explains itself", async () => {
    const { ended, printed } = start(["--twice"]);
    expect(await ended).toBe(1);
    expect(printed()).toContain("npm start -- --once");
  });
});
