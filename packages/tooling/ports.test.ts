import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { findFreePort, isFree, readPort } from "./ports.ts";

async function occupy(host: string): Promise<number> {
  const port = await findFreePort(0);
  const server = createServer().listen(port, host);
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return port;
}

test("a port that somebody holds, on one address or on all, is not free", async () => {
  expect(await isFree(await occupy("127.0.0.1"))).toBe(false);
  expect(await isFree(await occupy("0.0.0.0"))).toBe(false);
  expect(await isFree(await findFreePort(0))).toBe(true);
});

test("the next free port is taken, but none that was given away before", async () => {
  const held = await occupy("127.0.0.1");
  const next = await findFreePort(held);
  expect(next).toBeGreaterThan(held);
  expect(await findFreePort(held, [next])).toBeGreaterThan(next);
});

test("a port comes from the environment, and is a port", () => {
  expect(readPort("SHOP_PORT", { SHOP_PORT: "8080" })).toBe(8080);
  expect(readPort("SHOP_PORT", {})).toBeUndefined();
  expect(() => readPort("SHOP_PORT", { SHOP_PORT: "http" })).toThrow(
    'SHOP_PORT must be a port from 0 to 65535, but is "http"',
  );
  expect(() => readPort("SHOP_PORT", { SHOP_PORT: "65536" })).toThrow("65535");
});
