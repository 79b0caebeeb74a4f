import type { CommandKind, CommandResult, Commands, OperationKey, ShopKey } from "@checkout-plugins/core";
import { afterEach, expect, it } from "vitest";
import { anOrder, aStart, type Bench, chf, createBench, liveSpace, reference } from "./test/bench.ts";

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

type Preset = "lenient" | "strict" | "otherAnswers";

/** The service as it is documented, and with the other answer to what is not. */
async function open(preset: Preset = "lenient"): Promise<Bench> {
  bench = await createBench();
  await bench.simulator.change(`spaces/${liveSpace}`, { preset });
  await bench.simulator.forgetRequests();
  return bench;
}

/** What our side asked the service since it was asked last, without the ids. */
async function requestsOf({ simulator }: Bench): Promise<readonly string[]> {
  const requests = await simulator.requests();
  await simulator.forgetRequests();
  return requests.map(({ method, path }) => `${method} ${path.replace(/\d{4,}/g, "{id}").replace(/\?.*/, "")}`);
}

function answerOf<K extends CommandKind>(result: CommandResult<K>) {
  if (result.kind !== "successful") throw new Error(`It was ${JSON.stringify(result)}`);
  return result.answer;
}

const create = "POST /payment/transactions";
const update = "PATCH /payment/transactions/{id}";
const list = "GET /payment/transactions/{id}/payment-method-configurations";
const presets = ["lenient", "strict", "otherAnswers"] as const;
const listing = { kind: "methods", reference, language: null, test: false, explain: false } as const;
const dearer = {
  ...anOrder(),
  total: chf(5000),
  lines: anOrder().lines.map((line) => ({ ...line, total: chf(5000) })),
};

it.each(["lightbox", "iframe"] as const)(
  "leads a shop over HTTP from its cart into the %s: 4 requests",
  async (integration) => {
    const { connectShop, pay, advance, shop } = await open();
    const gateway = connectShop();
    const { offered } = answerOf(await gateway.run({ ...listing, integration, order: anOrder() }));
    expect(offered.map(({ name }) => name)).toContain("TWINT");
    const step = answerOf(await gateway.run(aStart({ integration })));
    expect(step).toMatchObject({ kind: "script", integration, methods: offered });
    const script = `GET /payment/transactions/{id}/${integration}-javascript-url`;
    expect(await requestsOf(bench as Bench)).toEqual([create, list, script, update]);

    expect(answerOf(await gateway.run({ kind: "update", reference, order: dearer }))).toBeNull();
    expect(await requestsOf(bench as Bench)).toEqual([update]);
    await pay();
    await advance(5);
    expect(shop.order(reference)).toMatchObject({ payment: { standing: "paid", amount: chf(5000) } });
  },
);

it.each(presets)("follows the cart until the buyer confirms: %s", async (preset) => {
  const { connectShop, pay, advance, shop, simulator } = await open(preset);
  const gateway = connectShop();
  await gateway.run({ ...listing, integration: "page", order: anOrder() });
  await gateway.run(aStart());
  for (const order of [dearer, anOrder(), dearer]) await gateway.run({ kind: "update", reference, order });
  const step = answerOf(await gateway.run(aStart({ order: dearer })));
  expect(step.kind).toBe("redirect");
  await pay();
  await advance(5);
  expect(await simulator.transactions()).toHaveLength(1);
  expect(shop.order(reference)).toMatchObject({ payment: { standing: "paid", amount: chf(5000), findings: [] } });
});

it("tells a merchant the space's methods, and what a cart is not offered", async () => {
  const { connectShop } = await open();
  const gateway = connectShop();
  const all = answerOf(await gateway.run({ ...listing, integration: "page", order: null, language: "it-CH" }));
  const cart = { ...listing, integration: "page", order: anOrder(), explain: true } as const;
  const { offered, hidden } = answerOf(await gateway.run(cart));
  expect(offered.length + hidden.length).toBe(all.offered.length);
  expect(await requestsOf(bench as Bench)).toEqual([
    "GET /payment/method-configurations",
    create,
    list,
    "GET /payment/method-configurations",
  ]);
});

it.each(presets)("keeps a card, charges it once without the buyer, and forgets it: %s", async (preset) => {
  const { connectShop, simulator, advance, shop } = await open(preset);
  const gateway = connectShop();
  await gateway.run(aStart({ store: true }));
  await simulator.buyer({ action: "pay", card: "success", keep: true });
  await advance(5);
  const means = { kind: "stored", customer: "88", test: false } as const;
  const [card] = answerOf(await gateway.run(means));
  expect(card).toMatchObject({ label: expect.stringMatching(/^Visa 4111 11\*\* \*{4} 1111$/) });
  expect(answerOf(await gateway.run({ ...means, customer: "89" }))).toEqual([]);
  if (card === undefined) throw new Error("no card");

  const renewal = "renewal-2026-03" as typeof reference;
  const charge: Commands["charge"] = {
    kind: "charge",
    reference: renewal,
    order: anOrder(),
    completion: "immediate",
    test: false,
    means: card.id,
    shopKey: "2026-03" as ShopKey,
  };
  await requestsOf(bench as Bench);
  expect(await gateway.run(charge)).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
  expect(await requestsOf(bench as Bench)).toEqual([
    "GET /payment/tokens/{id}",
    create,
    "POST /payment/transactions/{id}/process-without-interaction",
  ]);
  expect(await gateway.run(charge)).toMatchObject({ kind: "successful" });
  await advance(5);
  expect(shop.order(renewal)).toMatchObject({ timesPaid: 1, payment: { standing: "paid", mayShip: true } });
  expect((await requestsOf(bench as Bench)).filter((one) => one === create)).toEqual([]);

  const forget = { kind: "forget", customer: "88", means: card.id, test: false } as const;
  expect(await gateway.run({ ...forget, customer: "89" })).toMatchObject({ failure: { code: "unknownMeans" } });
  expect(answerOf(await gateway.run(forget))).toBeNull();
  expect(answerOf(await gateway.run(forget))).toBeNull();
  expect(answerOf(await gateway.run(means))).toEqual([]);
  const next = { ...charge, reference: "renewal-2026-04" as typeof reference, shopKey: "2026-04" as ShopKey };
  expect(await gateway.run(next)).toMatchObject({ kind: "failed", failure: { code: "unknownMeans" } });
});

it.each(presets)("gives the documents of a payment as they come to be: %s", async (preset) => {
  const { connectShop, pay, advance } = await open(preset);
  const gateway = connectShop();
  const read = (document: Commands["document"]["document"]) => gateway.run({ kind: "document", reference, document });
  await gateway.run(aStart());
  expect(await read("invoice")).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" } });
  await pay();
  await advance(5);
  for (const document of ["invoice", "packingSlip"] as const) {
    const { mimeType, base64 } = answerOf(await read(document));
    expect(mimeType).toBe("application/pdf");
    expect(Buffer.from(base64, "base64").toString("latin1")).toMatch(/^%PDF-/);
  }
  const shopKey = "refund-1" as ShopKey;
  const refund = { kind: "refund", reference, shopKey, heldKeys: [shopKey], amount: chf(500) } as const;
  const done = await gateway.run({ ...refund, lines: null, reason: null, offline: false });
  const { key } = answerOf(done) as { readonly key: OperationKey };
  expect(answerOf(await read({ refund: key }))).toMatchObject({ mimeType: "application/pdf" });
});
