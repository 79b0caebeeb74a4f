import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";

const main = fileURLToPath(new URL("./main.ts", import.meta.url));

async function start(...args: readonly string[]) {
  const child = fork(main, args, { silent: true, execArgv: [] });
  let output = "";
  child.stdout?.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr?.on("data", (chunk) => {
    output += String(chunk);
  });
  onTestFinished(() => void child.kill());
  return { child, output: () => output };
}

it("starts as a command, tells its parent where, and ends when it is told to", async () => {
  const { child, output } = await start("--port", "0");
  const [message] = await once(child, "message");
  expect(message).toMatchObject({ ready: true, url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  const { url } = message as { url: string };
  expect((await fetch(`${url}/_simulator/clock`)).status).toBe(200);
  await expect.poll(output).toContain(`${url}/api/v2.0`);
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
});

it("takes the next free port when the wanted one is taken", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { child } = await start("--port", String(port));
  const [message] = await once(child, "message");
  expect(Number(new URL((message as { url: string }).url).port)).toBeGreaterThan(port);
});

it("explains itself when a port is no port", async () => {
  const { child, output } = await start("--port", "many");
  const [code] = await once(child, "exit");
  expect(code).toBe(1);
  expect(output()).toContain("--port");
});
