import type { ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { FinalBalanceCommand, FinalBalanceId, TerminalId } from "./contract/index.ts";
import { type Bench, createBench, shopId } from "./testing/bench.ts";
import { createTestAnswers } from "./testing/memory-answers.ts";
import { chf } from "./testing/rows.ts";

const till = "990001" as TerminalId;
const day = 24 * 60 * 60;

function close({ core }: Bench, changes: Partial<FinalBalanceCommand> = {}) {
  const command = { kind: "finalBalance", terminal: till, test: false, after: null, again: false } as const;
  return core.runCommand(shopId, { ...command, ...changes });
}
const open = () => createBench({ answers: createTestAnswers() });

describe("a final balance", () => {
  it("is triggered once, however often it is asked for", async () => {
    const bench = open();
    const made = await close(bench);
    expect(made).toMatchObject({
      kind: "successful",
      answer: {
        id: "995001",
        terminal: till,
        count: 1,
        totals: [chf(2000)],
        brands: [{ name: "Visa", tip: chf(200) }],
      },
    });
    expect(await close(bench)).toEqual(made);
    expect(bench.service.requests).toEqual(["summaries", "balance", "summary", "summaries"]);
    const next = await close(bench, { after: "995001" as FinalBalanceId });
    expect(next).toMatchObject({ answer: { id: "995002" } });
    const listed = bench.core.runCommand(shopId, { kind: "finalBalances", terminal: till, test: false });
    expect(await listed).toMatchObject({ answer: [{ id: "995002" }, { id: "995001" }] });
  });

  it("is found after a cut answer, and not triggered again", async () => {
    const bench = open();
    bench.service.failNext("balance", "cutAfter");
    expect(await close(bench)).toMatchObject({ kind: "successful", answer: { id: "995001" } });
    expect(bench.service.tills.summaries).toHaveLength(1);
  });

  it("is pending while nobody knows, whoever asks and under whatever id", async () => {
    const bench = open();
    bench.service.failNext("balance", "cutBefore");
    expect(await close(bench)).toEqual({ kind: "pending", operation: null, payment: null });
    expect((await close(bench)).kind).toBe("pending");
    expect(bench.service.requests.filter((one) => one === "balance")).toHaveLength(1);
    // The request that was cut has its effect at last.
    for (const effect of bench.service.late.splice(0)) effect();
    expect(await close(bench)).toMatchObject({ kind: "successful", answer: { id: "995001" } });
    expect(bench.service.tills.summaries).toHaveLength(1);
  });

  it("is triggered again when a person says so, or a day later", async () => {
    const bench = open();
    bench.service.failNext("balance", "cutBefore");
    await close(bench);
    expect(await close(bench, { again: true })).toMatchObject({ kind: "successful" });
    const later = open();
    later.service.failNext("balance", "cutBefore");
    await close(later);
    later.clock.advance(day);
    expect(await close(later)).toMatchObject({ kind: "successful" });
  });

  it("is refused while a buyer is at the terminal, and may be tried after it", async () => {
    const bench = open();
    bench.service.tills.asking.set(till as string as ServiceId, "1" as ServiceId);
    expect(await close(bench)).toMatchObject({ kind: "failed", failure: { code: "notPossibleNow" } });
    bench.service.tills.asking.clear();
    expect(await close(bench)).toMatchObject({ kind: "successful" });
  });

  it("throws while the service is not reached, and nothing was triggered", async () => {
    const bench = open();
    bench.service.failNext("balance", "unreachable");
    await expect(close(bench)).rejects.toMatchObject({ code: "serviceUnavailable" });
    expect(await close(bench)).toMatchObject({ kind: "successful" });
    expect(bench.service.tills.summaries).toHaveLength(1);
  });

  it("is refused where nothing remembers that it was triggered, and for what is no id", async () => {
    expect(await close(createBench())).toMatchObject({ failure: { code: "notSupported" } });
    expect(await close(open(), { after: "x" as FinalBalanceId })).toMatchObject({
      failure: { code: "invalidRequest" },
    });
  });

  it("has a slip", async () => {
    const slip = { kind: "finalBalanceSlip", test: false, format: "pdf", width: 80 } as const;
    const read = (balance: string) => open().core.runCommand(shopId, { ...slip, balance: balance as FinalBalanceId });
    expect(await read("995001")).toMatchObject({ answer: { mimeType: "PDF", base64: expect.stringMatching(/^YmFs/) } });
    expect(await read("../1")).toMatchObject({ failure: { code: "invalidRequest" } });
  });
});
