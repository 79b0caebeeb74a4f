import type { Payment, Shop, ShopAdapter, ShopDirectory, ShopId } from "@checkout-plugins/core";
import { beforeEach, expect, it } from "vitest";
import { guardShops } from "./breaker.ts";
import { createLogger } from "./log.ts";
import { createSharedClock } from "./test/shared-clock.ts";

type Show = ShopAdapter["showPayment"];

let now = Date.parse("2026-02-03T09:00:00.000Z");
const clock = createSharedClock(() => now);
let calls: string[] = [];
let lines: string[] = [];
let show: Show;
let shops: ShopDirectory;

beforeEach(() => {
  [calls, lines] = [[], []];
  show = async () => Promise.reject(new Error("ECONNREFUSED"));
  const logger = createLogger({ level: "debug", clock, secrets: [], write: (line) => lines.push(line) });
  const find = async (id: ShopId): Promise<Shop> => {
    const showPayment: Show = (...given) => {
      calls.push(id);
      return id === "dead" ? show(...given) : Promise.resolve({ kind: "shown", receipt: null });
    };
    return { id, adapter: { contractVersion: 1, platform: "http", capabilities: {}, showPayment } } as unknown as Shop;
  };
  const directory = { find, findBySpace: async () => null };
  shops = guardShops(directory, { clock, logger, random: () => 0.5 });
});

async function ask(id = "dead", signal = new AbortController().signal): Promise<string> {
  const shop = await shops.find(id as ShopId);
  const shown = shop?.adapter.showPayment({} as Payment, null, signal);
  return (await shown?.then(
    (one) => (one.kind === "notReady" ? `notReady ${one.retryAfter}` : one.kind),
    (error: Error) => error.message,
  )) as string;
}

function askRefusing(): Promise<string> {
  show = () => Promise.reject(new Error("refused"));
  return ask();
}

function pass(seconds: number): Promise<void> {
  now += seconds * 1000;
  clock.wakeSleepers();
  return new Promise((resolve) => setImmediate(resolve));
}

it("a thousand payments of a dead shop cost it three calls, then one at growing intervals; other shops none", async () => {
  for (let number = 0; number < 1000; number += 1) await ask();
  expect(calls).toHaveLength(3);
  expect(await ask()).toMatch(/^notReady 45$/);
  for (let number = 0; number < 1000; number += 1) expect(await ask(`shop-${number}`)).toBe("shown");
  calls = [];
  const times: number[] = [];
  for (let second = 0; second < 3600; second += 10) {
    const before = calls.length;
    for (let number = 0; number < 5; number += 1) await ask();
    if (calls.length > before) times.push(second);
    await pass(10);
  }
  expect(times).toEqual([30, 90, 210, 450, 930, 1530, 2130, 2730, 3330]);
  expect(lines.filter((line) => line.includes("shop left alone"))).toHaveLength(1);
});

it("a shop that answers again gets everything at once", async () => {
  for (let number = 0; number < 9; number += 1) await ask();
  show = async () => ({ kind: "shown", receipt: null });
  await pass(31);
  calls = [];
  for (let number = 0; number < 9; number += 1) expect(await ask()).toBe("shown");
  expect(calls).toHaveLength(9);
  expect(lines.filter((line) => line.includes("shop answers again"))).toHaveLength(1);
});

it("while one finds out, the others wait", async () => {
  for (let number = 0; number < 3; number += 1) await ask();
  await pass(31);
  const gate = Promise.withResolvers<Awaited<ReturnType<Show>>>();
  show = () => gate.promise;
  const probe = ask();
  await pass(0);
  expect(await ask()).toMatch(/^notReady/);
  gate.resolve({ kind: "shown", receipt: null });
  expect(await probe).toBe("shown");
  expect(await ask()).toBe("shown");
});

it("a failure now and then leaves no shop alone", async () => {
  for (let number = 0; number < 20; number += 1) {
    show =
      number % 3 === 2 ? async () => ({ kind: "unchanged", receipt: null }) : () => Promise.reject(new Error("reset"));
    expect(await ask()).not.toMatch(/notReady/);
  }
});

it("a shop that swallows requests is given up after 25 seconds", async () => {
  show = (_payment, _receipt, signal) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const asked = ask();
  await pass(0);
  await pass(26);
  expect(await asked).toContain("did not answer within 25 seconds");
});

it("whoever stops the work stops the showing", async () => {
  show = (_payment, _receipt, signal) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const stop = new AbortController();
  const asked = ask("dead", stop.signal);
  await pass(0);
  stop.abort(new Error("stopped"));
  expect(await asked).toBe("stopped");
  for (let number = 0; number < 3; number += 1) expect(await askRefusing()).toBe("refused"); // and counted for nothing
});
