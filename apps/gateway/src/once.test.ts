import type { AnswerStore, Instant, ShopId } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { createMemoryAnswers } from "./memory-answers.ts";
import { createOnce } from "./once.ts";

const shop = "demo" as ShopId;

function createCounted(answers: AnswerStore = createMemoryAnswers()) {
  let now = Date.UTC(2026, 1, 3, 9);
  let runs = 0;
  const clock = { now: () => new Date(now).toISOString() as Instant };
  const once = createOnce(answers, clock);
  const run = (id: string, body: string, work?: () => Promise<Response>, reads = false) =>
    once.run(
      { shop, id, body: new TextEncoder().encode(body), reads },
      work ?? (async () => Response.json({ run: ++runs }, { status: 200 })),
    );
  return {
    run,
    once,
    answers,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

describe("createOnce", () => {
  it("gives a repeat the first answer, and another id its own", async () => {
    const { run } = createCounted();
    expect(await (await run("a", "{}")).json()).toEqual({ run: 1 });
    const repeat = await run("a", "{}");
    expect(await repeat.json()).toEqual({ run: 1 });
    expect(repeat.headers.get("content-type")).toContain("application/json");
    expect(await (await run("b", "{}")).json()).toEqual({ run: 2 });
  });

  it("gives it after a restart too, where it changed something", async () => {
    const { run, answers } = createCounted();
    await run("write", "{}");
    await run("read", "{}", undefined, true);
    const restarted = createCounted(answers);
    expect(await (await restarted.run("write", "{}")).json()).toEqual({ run: 1 });
    await expect(restarted.run("write", '{"amount":2}')).rejects.toMatchObject({ code: "keyReused" });
    expect(await (await restarted.run("read", "{}", undefined, true)).json()).toEqual({ run: 1 });
  });

  it("joins repeats that come while the first still runs", async () => {
    const { run } = createCounted();
    const gate = Promise.withResolvers<Response>();
    const first = run("a", "{}", () => gate.promise);
    const second = run("a", "{}");
    await expect(run("a", "[]")).rejects.toMatchObject({ code: "keyReused" });
    gate.resolve(Response.json({ run: "first" }));
    expect(await (await second).json()).toEqual({ run: "first" });
    expect(await (await first).json()).toEqual({ run: "first" });
  });

  it("asks to come again while another process runs it, and runs it when that one is gone", async () => {
    const { answers, run: runElsewhere } = createCounted();
    const gone = new Promise<Response>(() => undefined);
    void runElsewhere("a", "{}", () => gone);
    const { run, pass } = createCounted(answers);
    await expect(run("a", "{}")).rejects.toMatchObject({ code: "busy", retryable: true });
    pass(61);
    expect(await (await run("a", "{}")).json()).toEqual({ run: 1 });
  });

  it("refuses an id that was used for something else", async () => {
    const { run } = createCounted();
    await run("a", '{"amount":1}');
    await expect(run("a", '{"amount":2}')).rejects.toMatchObject({ code: "keyReused" });
  });

  it("tries again after a fault", async () => {
    const { run } = createCounted();
    await expect(run("a", "{}", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await (await run("a", "{}")).json()).toEqual({ run: 1 });
  });

  it.each([
    ["of a command that reads for 15 minutes", true, 15 * 60],
    ["of any other for a day", false, 24 * 60 * 60],
  ])("keeps the answer %s", async (_name, reads, seconds) => {
    const { run, pass, once, answers } = createCounted();
    await run("a", "{}", undefined, reads);
    pass(seconds - 1);
    await once.tidy();
    expect(await (await run("a", "{}", undefined, reads)).json()).toEqual({ run: 1 });
    pass(1);
    await once.tidy();
    expect(await answers.forgetAnswers("2100-01-01T00:00:00.000Z" as Instant, 10)).toBe(0);
    expect(await (await run("a", "{}", undefined, reads)).json()).toEqual({ run: 2 });
  });
});
