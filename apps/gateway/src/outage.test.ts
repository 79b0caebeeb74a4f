import { createMemoryStore, type Payment, type PaymentReference } from "@checkout-plugins/core";
import { expect, it } from "vitest";
import { anOrder, aStart } from "./test/bench.ts";
import { createSmallWorld, type SmallWorld } from "./test/small-world.ts";

const minute = 60;
const hour = 60 * minute;

function toReference(number: number): PaymentReference {
  return `order-${number}` as PaymentReference;
}

/** Starts a payment, if the space's limit lets; else later. */
async function start(world: SmallWorld, number: number): Promise<void> {
  const reference = toReference(number);
  const command = aStart({ reference, order: { ...anOrder(), merchantReference: reference } });
  for (let result = await world.run(command); result instanceof Error; result = await world.run(command)) {
    await world.pass(30);
  }
}

async function pay(world: SmallWorld, number: number): Promise<void> {
  const all = await world.simulator.transactions();
  const mine = all.find(({ merchantReference }) => merchantReference === toReference(number));
  await world.simulator.buyer(mine?.id ?? "", { action: "pay" });
}

function isShownPaid(world: SmallWorld, number: number): boolean {
  return world.shown.get(toReference(number))?.at(-1)?.standing === "paid";
}

/** What the shop was shown, one after the other. */
function standingsOf(world: SmallWorld, number: number): readonly Payment["standing"][] {
  return (world.shown.get(toReference(number)) ?? []).map(({ standing }) => standing);
}

const inOrder = /^(open ?)*(authorized ?)*(paid ?)+$/;

it("a service that was away for 72 hours: all settle within its request limit, in order", async () => {
  const orders = 60;
  const requestLimit = 40;
  const world = await createSmallWorld({ store: createMemoryStore(), requestLimit, switches: { requestLimit } });
  for (let number = 0; number < orders; number += 1) await start(world, number);
  for (let number = 0; number < orders; number += 1) await pay(world, number);
  world.trouble({ network: "dns", hangs: false });
  await world.pass(72 * hour, 30 * minute);
  await world.simulator.forgetRequests();
  world.trouble({ network: "up", hangs: false });
  const back = world.now();
  const isOpen = () => Array.from({ length: orders }, (_, number) => number).some((one) => !isShownPaid(world, one));
  while (isOpen() && world.now() - back < 2 * hour * 1000) await world.pass(10);
  expect((world.now() - back) / 1000).toBeLessThan(20 * minute);
  for (let number = 0; number < orders; number += 1) expect(standingsOf(world, number).join(" ")).toMatch(inOrder);
  const requests = await world.simulator.requests();
  expect(requests.filter(({ status }) => status === 429)).toEqual([]);
  expect(requests.length).toBeGreaterThanOrEqual(orders);
  expect(requests.length).toBeLessThan(2 * orders);
});

it("a day without one webhook: all orders are paid", async () => {
  const orders = 100;
  const world = await createSmallWorld({ store: createMemoryStore() });
  const isDue = new Map<number, number[]>();
  let seed = 7;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let number = 0; number < orders; number += 1) {
    const begun = next(22 * 60);
    const paid = begun + 1 + next(20);
    isDue.set(paid, [...(isDue.get(paid) ?? []), number]);
    isDue.set(begun, [...(isDue.get(begun) ?? []), -1 - number]);
  }
  for (let passed = 0; passed < 24 * 60; passed += 1) {
    for (const event of isDue.get(passed) ?? []) await (event < 0 ? start(world, -1 - event) : pay(world, event));
    await world.pass(minute);
  }
  for (let number = 0; number < orders; number += 1) expect(standingsOf(world, number).join(" ")).toMatch(inOrder);
  expect(await world.simulator.webhooks()).toEqual([]);
});
