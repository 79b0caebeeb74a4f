import type { Commands, Payment, ShopKey } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { shopId } from "./gateway.ts";
import { toStart } from "./orders.ts";
import { createScene, type Scene } from "./scene.ts";
import { visitPage } from "./world.ts";

const buttons = 50;
const rounds = 200;

/** Lets whoever works go on in an order of chance, until all are done. */
async function finish(scene: Scene): Promise<void> {
  for (let turn = 0; turn < 100_000 && scene.running() > 0; turn += 1) {
    if (scene.scheduler.resume() === null) scene.advance(0.25);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(scene.running()).toBe(0);
}

/** Time passes, until no outcome is to come: of the refunds the service may take one at a time. */
async function settle(scene: Scene): Promise<void> {
  let quiet = 0;
  for (let time = 0; time < 300 && quiet < 5; time += 1) {
    const isPending = shownOf(scene).operations.some(({ state }) => state === "pending");
    quiet = isPending || scene.world.jobs.length > 0 ? 0 : quiet + 1;
    scene.advance(1000);
    for (const job of scene.world.jobs.splice(0)) job();
    scene.spawn("settle", scene.random.pick(scene.gateways()), async (core) => {
      await core.settleDue({ total: 1, perShop: 1 });
    });
    await finish(scene);
  }
}

function setWeather({ weather }: Scene, faults: number, lag: number): void {
  weather.faults = faults;
  weather.lag = lag;
}

/** Fifty different clicks at once, over both gateways, half of them pressed twice. */
async function pressAll(scene: Scene, toCommand: (shopKey: ShopKey) => Commands["complete" | "refund"]): Promise<void> {
  const keys = Array.from({ length: buttons }, (_, number) => `key-${number}` as ShopKey);
  for (const shopKey of [...keys, ...keys.filter((_, number) => number % 2 === 0)]) {
    scene.spawn(`press ${shopKey}`, scene.random.pick(scene.gateways()), async (core) => {
      await core.runCommand(shopId, toCommand(shopKey) as Commands["refund"]);
    });
  }
  await finish(scene);
  setWeather(scene, 0, 0);
  await settle(scene);
}

function shownOf(scene: Scene): Payment {
  const [shelf] = scene.book.shelves.values();
  if (shelf === undefined) throw new RangeError("Nothing is shown");
  return shelf.payment;
}

/** Each click is one operation, done once at the service and once in the shop. */
function expectOnce(scene: Scene, kind: "completion" | "refund", part: number): void {
  const operations = shownOf(scene).operations.filter((one) => one.kind === kind && one.origin === "shop");
  expect(operations.filter(({ state }) => state === "successful")).toHaveLength(buttons);
  expect(new Set(operations.flatMap(({ shopKeys }) => shopKeys)).size).toBe(buttons);
  const all = kind === "completion" ? scene.operations.completions : scene.operations.refunds;
  const made = [...all.values()].filter(({ externalId }) => externalId !== null);
  expect(made).toHaveLength(buttons);
  expect(new Set(made.map(({ externalId }) => externalId)).size).toBe(buttons);
  expect(operations.map(({ amount }) => amount?.minor)).toEqual(Array(buttons).fill(part));
}

async function live(seed: number): Promise<void> {
  const operations = seed % 10 === 0 ? "later" : "atOnce";
  const answers = { failures: 0, outsideAuthorized: 422, abort: "fails", operations } as const;
  const scene = createScene(seed, { answers });
  const [customer] = scene.customers;
  if (customer === undefined) throw new RangeError("There is no customer");
  const { reference, currency, total } = customer;
  const part = Math.floor(total / buttons);
  setWeather(scene, 0, 0);
  scene.spawn("start", scene.random.pick(scene.gateways()), async (core) => {
    await core.startPayment(shopId, { ...toStart(customer), completion: "deferred" });
  });
  await finish(scene);
  scene.spawn("settle", scene.random.pick(scene.gateways()), async (core) => {
    await core.settleDue({ total: 1, perShop: 1 });
  });
  await finish(scene);
  const [id] = scene.world.transactions.keys();
  if (id === undefined) throw new RangeError("There is no transaction");
  visitPage(scene.world, id, "pay");
  await settle(scene);
  setWeather(scene, scene.random.pick([0, 0.1]), scene.random.pick([0, 0.2]));
  const common = { reference, amount: { minor: part, currency }, heldKeys: "all", lines: null } as const;
  await pressAll(scene, (shopKey) => ({ kind: "complete", ...common, shopKey, last: false }));
  expectOnce(scene, "completion", part);
  expect(shownOf(scene).completed.minor).toBe(part * buttons);
  scene.advance(6 * 86_400);
  await settle(scene);
  expect(shownOf(scene).completed.minor).toBe(total);
  setWeather(scene, scene.random.pick([0, 0.1]), scene.random.pick([0, 0.2]));
  await pressAll(scene, (shopKey) => ({ kind: "refund", ...common, shopKey, reason: null, offline: false }));
  expectOnce(scene, "refund", part);
  expect(shownOf(scene).refunded.minor).toBe(part * buttons);
  expect(scene.wrong).toEqual([]);
}

describe("T8: fifty refunds and completions at once", () => {
  it.each([1, 51, 101, 151])(`have one effect each, in 50 of ${rounds} rounds from %i on`, async (first) => {
    for (let round = first; round < first + 50; round += 1) await live(round);
  });
});
