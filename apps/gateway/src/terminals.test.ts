import { randomUUID } from "node:crypto";
import type { CommandKind, CommandResult, Commands, FinalBalanceId, TerminalId } from "@checkout-plugins/core";
import { type GatewayClient, signMessage } from "@checkout-plugins/shop-protocol";
import { afterEach, expect, it } from "vitest";
import { anOrder, type Bench, chf, createBench, liveSpace, reference, secret, shopId } from "./test/bench.ts";
import { createCheckedFetch } from "./test/checked-fetch.ts";

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

const till = "380001" as TerminalId;
const presets = ["lenient", "strict", "otherAnswers"] as const;

function answerOf<K extends CommandKind>(result: CommandResult<K>) {
  if (result.kind !== "successful") throw new Error(`It was ${JSON.stringify(result)}`);
  return result.answer;
}

function aSale(changes: Partial<Commands["terminal"]> = {}): Commands["terminal"] {
  const offer = { reference, order: anOrder(), completion: "immediate", test: false } as const;
  return { kind: "terminal", ...offer, terminal: till, wait: 25, ...changes };
}

async function open(preset: (typeof presets)[number] = "lenient") {
  bench = await createBench();
  await bench.simulator.change(`spaces/${liveSpace}`, { preset });
  const { simulator, connectShop, during } = bench;
  // What waits for a buyer is not counted by the bench; all else may have to wait until a payment is free.
  const patient = connectShop({ fetch: createCheckedFetch(fetch) });
  const gateway: GatewayClient = {
    run: (command) => (command.kind === "terminal" ? patient.run(command) : during(patient.run(command))),
  };
  const device = async (path: string, body?: object) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${simulator.url}/_simulator/terminals${path}`, init);
    return (await response.json()) as { readonly data: readonly { readonly performing: number | null }[] };
  };
  const untilAsking = async () => {
    while ((await device("")).data[0]?.performing === null);
  };
  return { ...bench, bench, gateway, device, untilAsking };
}

it.each(presets)("takes a payment with a tip at a terminal, prints its slips and ends the day: %s", async (preset) => {
  const { gateway, device, untilAsking, advance, during, shop, simulator } = await open(preset);
  const terminals = answerOf(await gateway.run({ kind: "terminals", test: false }));
  expect(terminals).toMatchObject([{ id: till, name: "Kasse 1", currency: "CHF", isReady: true }]);
  const selling = gateway.run(aSale());
  await untilAsking();
  await device(`/${till}`, { action: "pay", tip: 2.05 });
  expect(await during(selling)).toMatchObject({
    kind: "successful",
    payment: { standing: "paid", amount: chf(2995), authorized: chf(3200), tip: chf(205), findings: [] },
  });
  await advance(5);
  expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { governing: { terminal: { id: till } } } });
  expect(await simulator.transactions()).toHaveLength(1);

  const slips = answerOf(await gateway.run({ kind: "terminalReceipts", reference, format: "text", width: 40 }));
  expect(slips.map((one) => one.for)).toEqual(["merchant", "buyer"]);
  expect(Buffer.from(slips[1]?.base64 ?? "", "base64").toString()).toContain("CHF 32.00");

  const day = { terminal: till, test: false } as const;
  const close = (after: FinalBalanceId | null) => gateway.run({ kind: "finalBalance", ...day, after, again: false });
  const balance = answerOf(await close(null));
  expect(balance).toMatchObject({ count: 1, totals: [chf(3200)], brands: [{ name: "Visa", tip: chf(205) }] });
  expect(answerOf(await close(null))).toEqual(balance);
  expect(answerOf(await close(balance.id))).toMatchObject({ count: 0 });
  expect(answerOf(await gateway.run({ kind: "finalBalances", ...day }))).toHaveLength(2);
  const slip = { kind: "finalBalanceSlip", test: false, balance: balance.id, format: "pdf", width: 80 } as const;
  expect(answerOf(await gateway.run(slip))).toMatchObject({ mimeType: "application/pdf" });
});

it.each(presets)("answers in the caller's time and shows it when the buyer is done: %s", async (preset) => {
  const { gateway, device, untilAsking, advance, during, shop, simulator } = await open(preset);
  const selling = gateway.run(aSale({ wait: 3 }));
  await untilAsking();
  await advance(3);
  expect(await during(selling)).toMatchObject({ kind: "pending", payment: { standing: "open" } });
  // The service gives up its request, and the cashier asks again at another till.
  await advance(90);
  const again = gateway.run(aSale());
  await untilAsking();
  await device(`/${till}`, { action: "pay" });
  expect(await during(again)).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
  await advance(5);
  expect(shop.order(reference)?.timesPaid).toBe(1);
  expect(await simulator.transactions()).toHaveLength(1);
});

it("shows what was paid after the gateway died while the buyer looked for his card", async () => {
  const { gateway, device, untilAsking, advance, shop, bench, store } = await open();
  await Promise.all([gateway.run(aSale({ wait: 0 })), untilAsking(), advance(1)]);
  await bench.restart(store);
  await device(`/${till}`, { action: "pay" });
  await advance(60);
  expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid" } });
});

it("answers who waits when it is about to end", async () => {
  const { gateway, untilAsking, during, bench } = await open();
  const selling = gateway.run(aSale());
  await untilAsking();
  bench.gateway.drain();
  expect(await during(selling)).toMatchObject({ kind: "pending", payment: { standing: "open" } });
});

it("runs a command once per id of its caller, also while it waits", async () => {
  const { gatewayUrl, device, untilAsking, during, now, simulator } = await open();
  const body = JSON.stringify(aSale());
  const headers = { ...signMessage({ id: randomUUID(), now: Date.parse(now()), body, secrets: [secret] }) };
  const send = () => fetch(`${gatewayUrl}/shops/${shopId}/commands`, { method: "POST", headers, body });
  const sending = [send(), send()];
  await untilAsking();
  await device(`/${till}`, { action: "pay" });
  const texts = await Promise.all((await during(Promise.all(sending))).map((response) => response.text()));
  expect(new Set(texts).size).toBe(1);
  expect(await (await send()).text()).toBe(texts[0]);
  const asked = (await simulator.requests()).filter(({ path }) => path.includes("/perform-transaction"));
  expect(asked).toHaveLength(1);
});

it.each(presets)("says what keeps a terminal from asking, and lets it be asked elsewhere: %s", async (preset) => {
  const { gateway, device, untilAsking, advance, during } = await open(preset);
  const other = "order-1002" as typeof reference;
  const selling = gateway.run(aSale());
  await untilAsking();
  expect(await during(gateway.run(aSale({ reference: other })))).toMatchObject({
    kind: "failed",
    failure: { code: "notPossibleNow" },
    payment: { standing: "open" },
  });
  expect(await gateway.run({ kind: "terminalStop", reference: other })).toMatchObject({ answer: "stopped" });
  expect(await gateway.run({ kind: "terminalStop", reference })).toMatchObject({ kind: "pending" });
  await device(`/${till}`, { action: "stop" });
  expect(await during(selling)).toMatchObject({ kind: "failed", payment: { standing: "failed" } });
  expect(await gateway.run({ kind: "terminalStop", reference })).toMatchObject({ answer: "stopped" });
  const retry = gateway.run(aSale({ reference: other }));
  await untilAsking();
  await device(`/${till}`, { action: "pay" });
  expect(await during(retry)).toMatchObject({ payment: { standing: "paid" } });
  await advance(2);
});

it("does not end a day twice because an answer was cut, nor because it was asked again", async () => {
  const { gateway, simulator } = await open();
  const path = `/payment/terminals/${till}/trigger-final-balance`;
  const close = (again = false) =>
    gateway.run({ kind: "finalBalance", terminal: till, test: false, after: null, again });
  const triggers = async () => (await simulator.requests()).filter((one) => one.path === path).length;
  await simulator.fault({ on: "request", kind: "cutBefore", path });
  expect((await close()).kind).toBe("pending");
  expect((await close()).kind).toBe("pending");
  expect(await triggers()).toBe(1);
  await simulator.fault({ on: "request", kind: "cutAfter", path });
  expect(await close(true)).toMatchObject({ kind: "successful", answer: { count: 0 } });
  expect(await close()).toMatchObject({ kind: "successful" });
  expect(await triggers()).toBe(2);
});
