import { execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { signMessage, toPairingCode } from "@checkout-plugins/shop-protocol";
import { afterEach, expect, it } from "vitest";
import { readEnvironment } from "./environment.ts";

const file = fileURLToPath(new URL("pair.ts", import.meta.url));
const key = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** The gateway's side as far as the shop sees it. */
async function startGateway(seen: unknown[]): Promise<string> {
  const server = createServer(async (request, response) => {
    seen.push(request.url, await json(request));
    const body = JSON.stringify({ kind: "paired", shop: "shop-1", nonce: Buffer.alloc(32, 9).toString("base64") });
    const id = String(request.headers["webhook-id"]);
    const headers = signMessage({ id, now: Date.now(), body, secrets: [key] });
    response.writeHead(200, { ...headers, "content-type": "application/json" }).end(body);
  });
  open.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function run(...args: string[]): Promise<{ readonly output: string; readonly errors: string; readonly code: unknown }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ["--disable-warning=ExperimentalWarning", file, ...args], (error, output, errors) =>
      resolve({ output, errors, code: error?.code ?? 0 }),
    );
  });
}

it("a code becomes the environment with which the shop starts", async () => {
  const seen: unknown[] = [];
  const gateway = await startGateway(seen);
  const { output, code } = await run(
    toPairingCode({ gateway, platform: "http", id: "code-1", key }),
    "http://localhost:4000",
  );
  expect(code).toBe(0);
  const variables = Object.fromEntries(
    output
      .trim()
      .split("\n")
      .map((line) => line.split(/=(.*)/s)),
  );
  expect(readEnvironment(variables)).toMatchObject({
    GATEWAY_URL: gateway,
    SHOP_ID: "shop-1",
    SHOP_URL: "http://localhost:4000",
  });
  expect(seen).toEqual([
    "/platforms/http/pair",
    expect.objectContaining({ settings: { showUrl: "http://localhost:4000/payments/show" } }),
  ]);
});

it.each([
  [[], "Usage: node src/pair.ts"],
  [["cpp1.x", "http://localhost:4000"], "not a pairing code"],
  [["cpp1.x", "localhost"], "localhost is no address"],
])("%j is refused with what to do", async (args, text) => {
  const { errors, code } = await run(...args);
  expect([code, errors]).toEqual([1, expect.stringContaining(text)]);
});
