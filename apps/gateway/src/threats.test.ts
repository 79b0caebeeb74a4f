import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { signMessage } from "@checkout-plugins/shop-protocol";
import { afterEach, describe, expect, it } from "vitest";
import { type Bench, createBench, reference, secret, shopId } from "./test/bench.ts";

let bench: Bench;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await bench.close();
});

/** A request that begins and is never finished. */
async function beginRequest(port: number, text: string): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(text);
}

const bogus =
  "algorithm=SHA256withECDSA, keyId=%, signature=MEYCIQCTzbMrMsOAC6T57T9kQTb1iGZVg2R7n6pY9A4ML4P31gIhAIOoav8cG8x0jpRWQztqSJIC8gXWKq+4DuENEySvmMYf";

describe("T15: 500 requests that never end and 2,000 forged webhooks", () => {
  it("hold up no genuine one, and cause at most ten questions for a key", async () => {
    bench = await createBench();
    const { gatewayUrl, start, pay, advance, shop, simulator } = bench;
    const port = Number(new URL(gatewayUrl).port);
    const door = `/shops/${shopId}/webhooks`;
    const head = `POST ${door} HTTP/1.1\r\nhost: gateway\r\n`;
    for (let number = 0; number < 500; number += 1) {
      await beginRequest(port, number % 2 === 0 ? `${head}x-slow: ` : `${head}content-length: 1000\r\n\r\n{"slow":`);
    }
    const send = async (number: number): Promise<number> => {
      const keyId = `${String(number).padStart(8, "0")}-0000-4000-8000-000000000000`;
      const headers = { "x-signature": bogus.replace("%", keyId) };
      const response = await fetch(gatewayUrl + door, { method: "POST", headers, body: '{"entityId":900001}' });
      await response.arrayBuffer();
      return response.status;
    };
    const statuses = new Map<number, number>();
    for (let number = 0; number < 2000; number += 50) {
      for (const status of await Promise.all(Array.from({ length: 50 }, (_, index) => send(number + index)))) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }
    expect([...statuses.keys()].sort()).toEqual([401, 503]);
    const asked = (await simulator.requests()).filter(({ path }) => path.includes("/encryption-keys/"));
    expect(asked.length).toBeLessThanOrEqual(10);
    await advance(11);
    await start();
    await pay();
    await advance(5);
    expect((await simulator.webhooks()).map(({ state }) => state)).toContain("delivered");
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid" } });
  });
});

async function textOf(response: Response): Promise<string> {
  const { date: _, ...headers } = Object.fromEntries(response.headers);
  return `${response.status} ${JSON.stringify(headers)} ${await response.text()}`;
}

describe("T18: whoever guesses learns nothing", () => {
  it("from a signature, however much of it is right", async () => {
    bench = await createBench();
    const body = JSON.stringify({ kind: "return", reference });
    const now = Math.floor(Date.now() / 1000) * 1000;
    const right = signMessage({ id: "guess", now, body, secrets: [secret] });
    const mac = right["webhook-signature"].slice("v1,".length);
    const answers = new Set<string>();
    for (let known = 0; known < mac.length - 2; known += 1) {
      const wrong = mac[known] === "A" ? "B" : "A";
      const guess = `v1,${mac.slice(0, known)}${wrong}${mac.slice(known + 1)}`;
      const headers = { ...right, "webhook-signature": guess };
      const request = fetch(`${bench.gatewayUrl}/shops/${shopId}/commands`, { method: "POST", headers, body });
      answers.add(await textOf(await request));
    }
    expect([...answers]).toEqual([expect.stringMatching(/^401 /)]);
  });

  it("from the name of a shop, an order or an address", async () => {
    bench = await createBench();
    const answers = new Set<string>();
    for (let number = 0; number < 1000; number += 1) {
      const shop = `shop-${Math.imul(number, 2_654_435_761).toString(36).replace("-", "")}`;
      const response = await fetch(`${bench.gatewayUrl}/shops/${shop}/commands`, { method: "POST", body: "{}" });
      answers.add((await textOf(response)).replaceAll(shop, ""));
    }
    expect([...answers]).toEqual([expect.stringMatching(/^404 /)]);
  });
});

/** Ten thousand bodies that mean harm, the same in every run. */
function* harmful(): Generator<string> {
  const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times);
  const names = ["__proto__", "constructor", "prototype", "toString", "kind", "reference", "order", "hasOwnProperty"];
  const values = ['{"isAdmin":true}', "1e999", "-0", "12345678901234567890", '"\\u0000"', "[]", "null", "true", '"x"'];
  yield* [deep("[", "]", 100_000), deep('{"a":', "}", 50_000), "", "null", "[]", '"kind"', "{", "\u0000", "1e999999"];
  for (let number = 0; number < 9_991; number += 1) {
    const pick = <T>(list: readonly T[], salt: number): T =>
      list[(number * 31 + salt * 17 + (number >> 3)) % list.length] as T;
    const members = Array.from(
      { length: 1 + (number % 5) },
      (_, index) => `"${pick(names, index)}":${pick(values, index + number)}`,
    );
    const kind = number % 2 === 0 ? `"kind":"${pick(["start", "return", "refund", "update"], 3)}",` : "";
    yield `{${kind}${members.join(",")}}`;
  }
}

it("T19: 10,000 harmful bodies, rightly signed, change nothing, crash nothing and are refused", async () => {
  bench = await createBench();
  const { gateway, lines } = bench;
  const peer = { address: "203.0.113.7", certificate: null };
  let number = 0;
  const statuses = new Set<number>();
  for (const body of harmful()) {
    number += 1;
    const headers = { ...signMessage({ id: `harm-${number}`, now: Date.now(), body, secrets: [secret] }) };
    const url = `${bench.gatewayUrl}/shops/${shopId}/commands`;
    const response = await gateway.fetch(new Request(url, { method: "POST", headers, body }), peer);
    statuses.add(response.status);
    await response.arrayBuffer();
  }
  expect(number).toBe(10_000);
  expect([...statuses]).toEqual([400]);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  expect(lines.filter((line) => line.includes('"event":"crashed"'))).toEqual([]);
  expect(await bench.simulator.transactions()).toEqual([]);
});
