import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { added, aShop, live, type ManyShops, openManyShops } from "./test/many-shops.ts";

let bench: ManyShops;
beforeEach(async () => {
  bench = await openManyShops();
});
afterEach(() => bench.close());

/** All 23 of the service, by the simulator's names. */
const all = [
  "postFinancePay",
  "card",
  "twint",
  "invoice",
  "payPal",
  "sepaDirectDebit",
  "bankTransfer",
  "sofort",
  "eps",
  "giropay",
  "paysafecard",
  "skrill",
  "alipay",
  "przelewy24",
  "trustly",
  "masterPass",
  "paydirekt",
  "onlineBanking",
  "ideal",
  "directDebitUk",
  "paylib",
  "tenpay",
  "paybox",
];
const hour = 65 * 60;
const step = 5 * 60;
const list = { kind: "methods", reference: "methods", integration: "page", order: null, test: false, explain: false };

/** A gateway with one shop that keeps its methods, and how often it was told that they changed. */
async function open() {
  let told = 0;
  let isDown = false;
  const showUrl = await bench.openDoor({
    show: async () => ({ kind: "unchanged", receipt: null }),
    async methodsChanged() {
      if (isDown) throw new Error("The shop is down");
      told += 1;
    },
  });
  const gateway = await bench.start("reached");
  const id = await added(bench.shops, aShop({ key: showUrl, settings: { showUrl } }));
  await bench.advance(61);
  return {
    told: () => told,
    stop: () => {
      isDown = true;
    },
    restart: () => {
      isDown = false;
    },
    setMethods: (...methods: readonly string[]) => bench.simulator.change(`spaces/${live.space}`, { methods }),
    async names(language: string) {
      const { body } = await bench.send(gateway, `/shops/${id}/commands`, { ...list, language });
      const { offered } = (body as unknown as { answer: { offered: { name: string; image: string | null }[] } }).answer;
      return offered;
    },
  };
}

describe("a method that is switched on or off in the space", () => {
  it("is told to the shop within one webhook, which then lists it with title and picture in its language", async () => {
    const { told, setMethods, names } = await open();
    await setMethods("card");
    await bench.advance(3);
    expect(told()).toBeGreaterThan(0);
    expect((await names("de")).map(({ name }) => name)).toEqual(["Kredit-/Debitkarte"]);
    const before = told();
    await setMethods("card", "twint");
    await bench.advance(3);
    expect(told()).toBeGreaterThan(before);
    expect((await names("fr")).map(({ name }) => name)).toEqual(["Carte de crédit/débit", "TWINT"]);
    for (const { image } of await names("it")) expect(image).toMatch(/^http.*\.svg/);
  });

  it("is told within an hour where the webhook was lost, once", async () => {
    const { told, setMethods } = await open();
    await bench.advance(2 * hour, step);
    const before = told();
    await bench.simulator.fault({ on: "webhook", kind: "drop", times: "always" });
    await setMethods("card");
    await bench.advance(3);
    expect(told()).toBe(before);
    await bench.advance(hour, step);
    expect(told()).toBe(before + 1);
    await bench.advance(hour, step);
    expect(told()).toBe(before + 1);
  });

  it("is told in the next hour to a shop that was down", async () => {
    const { told, setMethods, stop, restart } = await open();
    await bench.advance(2 * hour, step);
    const before = told();
    stop();
    await setMethods("card");
    await bench.advance(hour, step);
    expect(told()).toBe(before);
    restart();
    await bench.advance(hour, step);
    expect(told()).toBe(before + 1);
  });

  it("is one of all that the service knows, none lost to paging", async () => {
    const { setMethods, names } = await open();
    await setMethods(...all);
    const offered = await names("en");
    expect(offered).toHaveLength(23);
    expect(new Set(offered.map(({ name }) => name)).size).toBe(23);
  });
});
