import type { ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { TerminalCommand, TerminalId } from "./contract/index.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";
import { anOrder, chf } from "./testing/rows.ts";

const first = "900001" as ServiceId;
const second = "900002" as ServiceId;
const till = "990001" as TerminalId;
const other = "990002" as TerminalId;
const device = (id: TerminalId) => id as string as ServiceId;

function aSale(changes: Partial<TerminalCommand> = {}): TerminalCommand {
  const offer = { reference, order: anOrder(), completion: "immediate", test: false } as const;
  return { kind: "terminal", ...offer, terminal: till, wait: 25, ...changes };
}
const sell = ({ core }: Bench, changes?: Partial<TerminalCommand>) => core.runCommand(shopId, aSale(changes));
const stop = ({ core }: Bench) => core.runCommand(shopId, { kind: "terminalStop", reference });
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Lets time pass for whoever waits for a lease. */
async function during<T>({ clock }: Bench, work: Promise<T>): Promise<T> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  while (!isDone) {
    await turn();
    clock.advance(0.25);
  }
  return done;
}

/** Until the terminal asks, or the command is answered. */
async function asked(bench: Bench, work: Promise<unknown>, terminal: TerminalId = till): Promise<void> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  while (!isDone && !bench.service.tills.asking.has(device(terminal))) await turn();
  await turn();
}

/** A payment that this terminal asks for, and the command that waits. */
async function waiting(changes: Partial<TerminalCommand> = {}) {
  const bench = createBench();
  const selling = sell(bench, changes);
  await asked(bench, selling, changes.terminal);
  return { bench, selling };
}

describe("a payment at a terminal", () => {
  it("costs three requests and answers what the buyer did", async () => {
    const { bench, selling } = await waiting();
    expect(bench.service.bodies.get(first)).toMatchObject({
      customersPresence: "PHYSICAL_PRESENT",
      chargeRetryEnabled: false,
      autoConfirmationEnabled: true,
      completionBehavior: "COMPLETE_IMMEDIATELY",
    });
    bench.service.tills.end(device(till), "FULFILL");
    const result = await selling;
    expect(result).toMatchObject({
      kind: "successful",
      payment: { standing: "paid", mayShip: true, governing: { terminal: { id: till, isStopped: false } } },
    });
    expect(bench.service.requests).toEqual(["create", "perform", "read"]);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });

  it("fails with the terminal's reason, and begins another transaction when it is asked again", async () => {
    const { bench, selling } = await waiting();
    bench.service.tills.end(device(till), "FAILED");
    expect(await selling).toMatchObject({ kind: "failed", payment: { standing: "failed" } });
    const again = sell(bench);
    await asked(bench, again);
    bench.service.tills.end(device(till), "FULFILL");
    expect(await again).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
    expect(bench.service.tills.begun).toEqual([first, second]);
  });

  it("is pending for a caller who cannot wait longer, and shown when the buyer has paid", async () => {
    const { bench, selling } = await waiting({ wait: 3 });
    bench.clock.advance(3);
    expect(await selling).toMatchObject({
      kind: "pending",
      payment: { standing: "open", governing: { transaction: first, terminal: { id: till } } },
    });
    bench.service.tills.end(device(till), "FULFILL");
    await turn();
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });

  it("is joined by whoever asks again, without a request", async () => {
    const { bench, selling } = await waiting();
    const again = sell(bench, { wait: 40 });
    await turn();
    bench.service.tills.end(device(till), "FULFILL");
    expect((await again).kind).toBe("successful");
    expect((await selling).kind).toBe("successful");
    expect(bench.service.requests.filter((one) => one === "perform")).toHaveLength(1);
  });

  it("is answered as paid when a webhook is quicker than the request that hangs", async () => {
    const { bench, selling } = await waiting({ wait: 20 });
    bench.service.move(first, "FULFILL");
    await bench.hint(first, "FULFILL");
    bench.clock.advance(10);
    await bench.settleAll();
    expect(await sell(bench)).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
    bench.clock.advance(10);
    expect(await selling).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
  });

  it("goes on after the service gave up, and after a till that died", async () => {
    const { bench, selling } = await waiting();
    bench.service.tills.giveUp();
    expect((await selling).kind).toBe("pending");
    const performs = () => bench.service.requests.filter((one) => one === "perform").length;
    const again = sell(bench);
    while (performs() < 2) await turn();
    const restarted = createBench({ wrapStore: () => bench.store, service: bench.service, clock: bench.clock });
    const elsewhere = sell(restarted);
    while (performs() < 3) await turn();
    await turn();
    bench.service.tills.end(device(till), "FULFILL");
    expect((await during(bench, again)).kind).toBe("successful");
    expect((await during(bench, elsewhere)).kind).toBe("successful");
    expect(bench.service.tills.begun).toEqual([first]);
  });

  it.each(["cutBefore", "cutAfter"] as const)("is read, not begun anew, after %s", async (fault) => {
    const bench = createBench();
    bench.service.failNext("perform", fault);
    expect((await sell(bench)).kind).toBe("pending");
    for (const effect of bench.service.late.splice(0)) effect();
    expect(bench.service.tills.asking.get(device(till))).toBe(first);
    expect(await sell(bench, { terminal: other })).toMatchObject({ failure: { code: "oneStillOpen" } });
    bench.service.tills.end(device(till), "FULFILL");
    expect(await sell(bench)).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
    expect(bench.service.tills.begun).toEqual([first]);
  });

  it("tells a tip beside the amount, and is not held by it", async () => {
    const { bench, selling } = await waiting();
    bench.service.tills.end(device(till), "FULFILL", "3.05");
    expect((await selling).payment).toMatchObject({
      standing: "paid",
      amount: chf(2995),
      authorized: chf(3300),
      tip: chf(305),
      findings: [],
    });
  });

  it("is held when more was taken than the amount and a tip", async () => {
    const { bench, selling } = await waiting();
    const known = bench.service.transactions.get(first);
    if (known) bench.service.transactions.set(first, { ...known, authorizationAmount: "40" as never });
    bench.service.tills.end(device(till), "FULFILL", "3.05");
    expect((await selling).payment).toMatchObject({ standing: "held", findings: [{ kind: "wrongAmount" }] });
  });

  it("takes an order of nothing without asking anybody", async () => {
    const bench = createBench();
    expect(await sell(bench, { order: anOrder(chf(0)) })).toMatchObject({ kind: "successful", payment: null });
    expect(bench.service.requests).toEqual([]);
  });
});

describe("a terminal that cannot be asked", () => {
  it.each([
    ["versionConflict", "busy"],
    ["invalid", "switched on"],
    ["notFound", "no terminal"],
  ] as const)("is told for %s, and the payment may go elsewhere", async (code, text) => {
    const bench = createBench();
    bench.service.tills.refuse = code;
    const refused = await sell(bench);
    expect(refused).toMatchObject({
      kind: "failed",
      failure: { code: "notPossibleNow" },
      payment: { standing: "open" },
    });
    expect(refused.kind === "failed" && refused.failure.merchantMessage).toContain(text);
    bench.service.tills.refuse = null;
    const elsewhere = sell(bench, { terminal: other });
    await asked(bench, elsewhere, other);
    bench.service.tills.end(device(other), "FULFILL");
    expect(await elsewhere).toMatchObject({ kind: "successful", payment: { standing: "paid" } });
    expect(bench.service.tills.begun).toEqual([second]);
  });

  it("is asked once more for a transaction that it wants confirmed", async () => {
    const bench = createBench();
    bench.service.tills.takesConfirmedOnly = true;
    const selling = sell(bench);
    await asked(bench, selling);
    bench.service.tills.end(device(till), "FULFILL");
    expect(await selling).toMatchObject({ payment: { standing: "paid" } });
    expect(bench.service.requests).toEqual(["create", "perform", "read", "confirm", "perform", "read"]);
  });

  it("is asked again for the same transaction at the same terminal", async () => {
    const bench = createBench();
    bench.service.tills.refuse = "versionConflict";
    await sell(bench);
    bench.service.tills.refuse = null;
    const again = sell(bench);
    await asked(bench, again);
    expect(bench.service.tills.begun).toEqual([first]);
  });

  it("throws when the service is not reached, and nothing is at the terminal", async () => {
    const bench = createBench();
    bench.service.failNext("perform", "unreachable");
    await expect(sell(bench)).rejects.toMatchObject({ code: "serviceUnavailable", retryable: true });
    const elsewhere = sell(bench, { terminal: other });
    await asked(bench, elsewhere, other);
    expect(bench.service.tills.begun).toEqual([second]);
  });

  it.each(["credentials", "permission", "rateLimited"] as const)(
    "throws for %s, and nothing is at it",
    async (code) => {
      const bench = createBench();
      bench.service.tills.refuse = code;
      await expect(sell(bench)).rejects.toThrow();
      bench.service.tills.refuse = null;
      const elsewhere = sell(bench, { terminal: other });
      await asked(bench, elsewhere, other);
      expect(bench.service.tills.begun).toEqual([second]);
    },
  );

  it.each(["x", "../payment/terminals", "-1"])("is refused by us when it is called %s", async (name) => {
    const bench = createBench();
    expect(await sell(bench, { terminal: name as TerminalId })).toMatchObject({ failure: { code: "invalidRequest" } });
    expect(bench.service.requests).toEqual([]);
  });

  it("is refused where the shop has no till", async () => {
    const bench = createBench({ terminals: false });
    expect(await sell(bench)).toMatchObject({ failure: { code: "notSupported" } });
    expect(await stop(bench)).toMatchObject({ failure: { code: "notSupported" } });
    const listed = await bench.core.runCommand(shopId, { kind: "terminals", test: false });
    expect(listed).toMatchObject({ failure: { code: "notSupported" } });
    expect(bench.service.requests).toEqual([]);
  });
});

describe("while a terminal asks", () => {
  it("no other way may begin", async () => {
    const { bench } = await waiting();
    expect(await sell(bench, { terminal: other })).toMatchObject({ failure: { code: "oneStillOpen" } });
    expect(await sell(bench, { order: anOrder(chf(5000)) })).toMatchObject({ failure: { code: "oneStillOpen" } });
    expect(await bench.start()).toMatchObject({ kind: "pending" });
    const charge = { kind: "charge", reference, order: anOrder(), completion: "immediate", test: false } as const;
    const charged = bench.core.runCommand(shopId, { ...charge, means: "940001" as never, shopKey: "k" as never });
    expect(await charged).toMatchObject({ failure: { code: "oneStillOpen" } });
    expect(bench.service.transactions.size).toBe(1);
  });

  it("looks and shows go on", async () => {
    const { bench } = await waiting();
    bench.clock.advance(10);
    await bench.hint(first, "PROCESSING");
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "open", state: "processing" });
  });

  it("no timer asks it again", async () => {
    const bench = createBench();
    bench.service.failNext("perform", "cutBefore");
    await sell(bench);
    for (let hour = 0; hour < 24; hour += 1) {
      bench.clock.advance(3600);
      await bench.settleAll();
    }
    expect(bench.service.tills.begun).toEqual([]);
  });
});

describe("stopping", () => {
  it("says that the device may still ask, and lets another way begin", async () => {
    const { bench, selling } = await waiting();
    expect(await stop(bench)).toMatchObject({
      kind: "pending",
      payment: { standing: "open", governing: { terminal: { isStopped: true } } },
    });
    const elsewhere = sell(bench, { terminal: other });
    await asked(bench, elsewhere, other);
    bench.service.tills.end(device(till), "FAILED");
    await selling;
    bench.service.tills.end(device(other), "FULFILL");
    expect(await elsewhere).toMatchObject({ payment: { standing: "paid", governing: { transaction: second } } });
  });

  it("takes what the buyer paid meanwhile", async () => {
    const { bench, selling } = await waiting();
    bench.service.tills.end(device(till), "FULFILL");
    expect(await during(bench, stop(bench))).toMatchObject({
      kind: "successful",
      answer: "taken",
      payment: { standing: "paid" },
    });
    await selling;
  });

  it("is done when the red key was pressed, or nothing was asked", async () => {
    const { bench, selling } = await waiting();
    bench.service.tills.end(device(till), "FAILED");
    await selling;
    expect(await stop(bench)).toMatchObject({ kind: "successful", answer: "stopped" });
    const idle = createBench();
    idle.service.tills.refuse = "versionConflict";
    await sell(idle);
    expect(await stop(idle)).toMatchObject({ kind: "successful", answer: "stopped" });
  });

  it("gives one back when both ways were paid", async () => {
    const { bench, selling } = await waiting();
    await stop(bench);
    const started = await bench.start();
    expect(started).toMatchObject({ kind: "successful", answer: { kind: "redirect" } });
    bench.service.move(second, "FULFILL");
    await bench.hint(second, "FULFILL");
    bench.clock.advance(5);
    await bench.settleAll();
    bench.service.tills.end(device(till), "FULFILL");
    await selling;
    bench.clock.advance(60);
    await bench.settleAll();
    const refunds = [...bench.service.operations.refunds.values()];
    expect(refunds).toHaveLength(1);
    expect(await bench.store.findings(shopId)).toMatchObject([
      { kind: "doublePayment", resolvedOn: expect.anything() },
    ]);
    expect(bench.shop.shown.at(-1)?.standing).toBe("paid");
  });

  it("goes on when the same terminal is asked again", async () => {
    const { bench, selling } = await waiting();
    await stop(bench);
    const again = sell(bench);
    while (bench.service.requests.filter((one) => one === "perform").length < 2) await turn();
    await turn();
    bench.service.tills.end(device(till), "FULFILL");
    await during(bench, Promise.all([selling, again]));
    expect(bench.service.tills.begun).toEqual([first]);
    const governing = (await bench.core.recall(shopId, reference))?.governing;
    expect(governing?.terminal?.isStopped).toBe(false);
  });

  it("is refused where there is nothing to stop", async () => {
    const bench = createBench();
    expect(await stop(bench)).toMatchObject({ failure: { code: "unknownPayment" } });
    await bench.start();
    expect(await stop(bench)).toMatchObject({ failure: { code: "notPossibleNow" } });
  });

  it("with a void pays back what comes by card after the buyer paid cash", async () => {
    const { bench, selling } = await waiting();
    await stop(bench);
    await bench.core.runCommand(shopId, {
      kind: "void",
      reference,
      shopKey: null,
      heldKeys: "all",
      whenCompleted: "refuse",
    });
    bench.service.tills.end(device(till), "FULFILL");
    await selling;
    bench.clock.advance(60);
    await bench.settleAll();
    expect(bench.shop.shown.at(-1)).toMatchObject({ standing: "voided", abandoned: true });
    expect([...bench.service.operations.refunds.values()]).toHaveLength(1);
    expect(await sell(bench)).toMatchObject({ failure: { code: "notPossibleNow" } });
  });
});

describe("terminals and slips", () => {
  it("are those that a till can use", async () => {
    const bench = createBench();
    const [one, two] = bench.service.tills.terminals;
    if (one && two) {
      bench.service.tills.terminals.splice(1, 1, { ...two, name: null, deviceSerialNumber: null });
      bench.service.tills.terminals.push({ ...one, id: device("990003" as TerminalId), state: "DECOMMISSIONED" });
    }
    expect(await bench.core.runCommand(shopId, { kind: "terminals", test: false })).toMatchObject({
      answer: [
        { id: till, name: "Kasse 1", currency: "CHF", isReady: true },
        { id: other, name: "30000002", isReady: false },
      ],
    });
  });

  it("are for the merchant and the buyer, whatever the service calls them", async () => {
    const { bench, selling } = await waiting();
    bench.service.tills.end(device(till), "FULFILL");
    await selling;
    const slip = { mimeType: "text/plain", data: Buffer.from("Total"), printed: true };
    const named = (name: Record<string, string>) => ({ ...slip, type: { id: null, name } });
    bench.service.tills.receipts.push(
      named({ "de-DE": "Händler", "en-US": "Merchant receipt" }),
      named({ "en-US": "Cardholder" }),
      { ...slip, type: null },
    );
    const receipts = { kind: "terminalReceipts", reference, format: "text", width: 40 } as const;
    expect(await bench.core.runCommand(shopId, receipts)).toMatchObject({
      answer: [
        { for: "merchant", title: "Merchant receipt", base64: "VG90YWw=", isPrinted: true },
        { for: "buyer", title: "Customer receipt" },
        { for: null, title: "Receipt" },
      ],
    });
    const unknown = { ...receipts, reference: "order-7" as typeof reference };
    expect(await bench.core.runCommand(shopId, unknown)).toMatchObject({ failure: { code: "unknownPayment" } });
  });
});
