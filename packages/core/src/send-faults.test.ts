import type { ServiceErrorCode } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import { aComplete, aRefund, aReview, aVoid } from "./testing/commands.ts";
import {
  addReview,
  first,
  operationsOf,
  recordedIn,
  run,
  serviceError,
  settleLater,
} from "./testing/recorded-service.ts";

describe("what a fault of the service means for a command", () => {
  it.each<[ServiceErrorCode, string, string | undefined]>([
    ["credentials", "failed", "configuration"],
    ["permission", "failed", "configuration"],
    ["invalid", "failed", "refusedByService"],
    ["notFound", "failed", "refusedByService"],
    ["rateLimited", "pending", undefined],
    ["unreachable", "pending", undefined],
    ["versionConflict", "pending", undefined],
    ["unavailable", "pending", undefined],
    ["cut", "pending", undefined],
    ["unreadable", "pending", undefined],
  ])("a refund with %s is %s", async (code, kind, failure) => {
    const recorded = await recordedIn("FULFILL");
    recorded.fault = serviceError(code);
    const result = await run(recorded.bench, aRefund("refund-1"));
    expect(result.kind).toBe(kind);
    if (failure !== undefined) {
      expect(result).toMatchObject({ failure: { code: failure, merchantMessage: `The service says ${code}.` } });
    }
    recorded.fault = null;
    await settleLater(recorded.bench);
    await settleLater(recorded.bench);
    const sent = kind === "failed" ? 1 : 2;
    expect(recorded.calls).toHaveLength(sent);
    expect(await operationsOf(recorded)).toMatchObject([{ state: kind === "failed" ? "failed" : "successful" }]);
  });

  it("is told to the log", async () => {
    const recorded = await recordedIn("FULFILL");
    const said: unknown[] = [];
    const warn = (...line: readonly unknown[]) => said.push(line);
    Object.assign(recorded.bench.parts.logger, { warn });
    recorded.fault = serviceError("rateLimited");
    await run(recorded.bench, aRefund("refund-1"));
    const [{ key: command } = expect.fail()] = await operationsOf(recorded);
    expect(said).toContainEqual(["command not sent", { command, kind: "refund", state: "open", sends: 1 }]);
  });

  it("is nothing when it is a mistake of ours, and the command stays open", async () => {
    const recorded = await recordedIn("FULFILL");
    recorded.fault = new TypeError("of ours");
    await expect(run(recorded.bench, aRefund("refund-1"))).rejects.toThrow("of ours");
    recorded.fault = null;
    await settleLater(recorded.bench);
    expect(await operationsOf(recorded)).toMatchObject([{ state: "successful" }]);
  });

  it("a completion that may have been made stays open while it cannot be asked for, whatever became of the payment", async () => {
    const recorded = await recordedIn("AUTHORIZED");
    recorded.fault = serviceError("cut");
    await run(recorded.bench, aComplete("capture-1"));
    recorded.bench.service.move(first, "VOIDED");
    recorded.fault = serviceError("rateLimited");
    await settleLater(recorded.bench);
    expect(await operationsOf(recorded)).toMatchObject([{ state: "pending" }]);
  });
});

describe("a repetition that the service refuses", () => {
  const pressed = {
    complete: aComplete("a"),
    refund: aRefund("a"),
    void: aVoid("a"),
    review: aReview("suitable", "a"),
  };

  it.each([
    ["complete", "AUTHORIZED", 10],
    ["review", "COMPLETED", 2],
    ["refund", "FULFILL", 10],
    ["void", "AUTHORIZED", 10],
  ] as const)("ends a %s of what is %s after %d sends", async (kind, state, sends) => {
    const recorded = await recordedIn(state);
    addReview(recorded, "MANUAL_CHECK_REQUIRED");
    recorded.fault = serviceError("cut");
    expect((await run(recorded.bench, pressed[kind])).kind).toBe("pending");
    recorded.fault = serviceError("invalid");
    for (let time = 0; time < 40; time += 1) {
      const [operation] = await operationsOf(recorded);
      expect(operation?.state).toBe(recorded.calls.length < sends ? "pending" : "failed");
      await settleLater(recorded.bench, 3600);
    }
    expect(recorded.calls).toHaveLength(sends);
  });

  it("ends a refund no sooner when it is answered otherwise", async () => {
    const recorded = await recordedIn("FULFILL");
    recorded.fault = serviceError("cut");
    await run(recorded.bench, pressed.refund);
    recorded.fault = serviceError("notFound");
    await settleLater(recorded.bench);
    expect(await operationsOf(recorded)).toMatchObject([{ state: "pending" }]);
  });

  it.each(["refund", "void"] as const)("ends a %s at once when it is the first send", async (kind) => {
    const recorded = await recordedIn(kind === "refund" ? "FULFILL" : "AUTHORIZED");
    recorded.fault = serviceError("invalid");
    expect(await run(recorded.bench, pressed[kind])).toMatchObject({
      kind: "failed",
      failure: { code: "refusedByService" },
    });
  });
});

describe("a repetition without the rights to ask for it", () => {
  it.each([
    ["credentials", aRefund("refund-1"), "FULFILL"],
    ["permission", aRefund("refund-1"), "FULFILL"],
    ["credentials", aComplete("capture-1"), "AUTHORIZED"],
    ["permission", aVoid("void-1"), "AUTHORIZED"],
  ] as const)("leaves it open, for the first send may have been carried out: %s", async (code, command, state) => {
    const recorded = await recordedIn(state);
    recorded.fault = serviceError("cut");
    await run(recorded.bench, command);
    recorded.fault = serviceError(code);
    for (let time = 0; time < 20; time += 1) await settleLater(recorded.bench, 3600);
    expect(await operationsOf(recorded)).toMatchObject([{ state: "pending" }]);
    recorded.fault = null;
    await settleLater(recorded.bench, 86_400);
    expect(await operationsOf(recorded)).toMatchObject([{ state: "successful" }]);
  });

  it("is joined when it is pressed again: the buyer gets the money once", async () => {
    const recorded = await recordedIn("FULFILL");
    recorded.bench.service.failNext("refund", "cutAfter");
    await run(recorded.bench, aRefund("refund-1"));
    recorded.fault = serviceError("permission");
    await settleLater(recorded.bench);
    recorded.fault = null;
    expect((await run(recorded.bench, aRefund("refund-2"))).kind).toBe("successful");
    expect(recorded.bench.service.operations.refunds.size).toBe(1);
  });
});
