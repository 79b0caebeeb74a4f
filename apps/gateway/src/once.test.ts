import { describe, expect, it } from "vitest";
import { createOnce } from "./once.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function createCounted() {
  let now = 0;
  let runs = 0;
  const once = createOnce(() => now);
  const run = (key: string, body: string, work?: () => Promise<Response>) =>
    once.run(key, bytes(body), work ?? (async () => Response.json({ run: ++runs }, { status: 200 })));
  return {
    run,
    pass: (milliseconds: number) => {
      now += milliseconds;
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

  it("joins repeats that come while the first still runs", async () => {
    const { run } = createCounted();
    const gate = Promise.withResolvers<Response>();
    const first = run("a", "{}", () => gate.promise);
    const second = run("a", "{}");
    gate.resolve(Response.json({ run: "first" }));
    expect(await (await second).json()).toEqual({ run: "first" });
    expect(await (await first).json()).toEqual({ run: "first" });
  });

  it("refuses an id that was used for something else", async () => {
    const { run } = createCounted();
    await run("a", '{"amount":1}');
    await expect(run("a", '{"amount":2}')).rejects.toMatchObject({ code: "badRequest" });
  });

  it("tries again after a fault", async () => {
    const { run } = createCounted();
    await expect(run("a", "{}", () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(await (await run("a", "{}")).json()).toEqual({ run: 1 });
  });

  it("keeps an answer for 15 minutes", async () => {
    const { run, pass } = createCounted();
    await run("a", "{}");
    pass(15 * 60_000 - 1);
    expect(await (await run("a", "{}")).json()).toEqual({ run: 1 });
    pass(1);
    expect(await (await run("a", "{}")).json()).toEqual({ run: 2 });
  });
});
