import { describe, expect, it } from "vitest";
import { createGroupCommit } from "./group-commit.ts";

/** A commit that waits until it is let go, one after the other. */
function createGate() {
  const groups: (readonly string[])[] = [];
  const open: (() => void)[] = [];
  const commit = async (calls: readonly string[]): Promise<readonly string[]> => {
    groups.push(calls);
    await new Promise<void>((resolve) => open.push(resolve));
    if (calls.includes("bad")) throw new Error(`refused: ${calls.join()}`);
    return calls.map((call) => `stored ${call}`);
  };
  const letGo = async (): Promise<void> => {
    while (open.length === 0) await new Promise((resolve) => setImmediate(resolve));
    open.shift()?.();
  };
  return { groups, commit, letGo };
}

describe("group commit", () => {
  it("commits together what comes in one turn, and answers after it", async () => {
    const { groups, commit, letGo } = createGate();
    const { add } = createGroupCommit(commit, 10);
    const answered: string[] = [];
    const calls = ["a", "b", "c"].map((call) => add(call).then((answer) => answered.push(answer)));
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    expect(groups).toEqual([["a", "b", "c"]]);
    expect(answered).toEqual([]);
    await letGo();
    await Promise.all(calls);
    expect(answered).toEqual(["stored a", "stored b", "stored c"]);
  });

  it("lets what comes meanwhile wait for the next one, of at most so many", async () => {
    const { groups, commit, letGo } = createGate();
    const { add } = createGroupCommit(commit, 2);
    const first = add("a");
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    const others = ["b", "c", "d"].map((call) => add(call));
    await letGo();
    expect(await first).toBe("stored a");
    await letGo();
    await letGo();
    expect(await Promise.all(others)).toEqual(["stored b", "stored c", "stored d"]);
    expect(groups).toEqual([["a"], ["b", "c"], ["d"]]);
  });

  it("lets only him fail whose call cannot be stored", async () => {
    const { groups, commit, letGo } = createGate();
    const { add } = createGroupCommit(commit, 10);
    const calls = Promise.allSettled(["a", "bad", "c"].map((call) => add(call)));
    for (let commits = 0; commits < 4; commits += 1) await letGo();
    expect((await calls).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(groups).toEqual([["a", "bad", "c"], ["a"], ["bad"], ["c"]]);
  });

  it("is drained when nothing waits any more, and works on", async () => {
    const { commit, letGo } = createGate();
    const { add, drain } = createGroupCommit(commit, 1);
    const calls = [add("a"), add("b")];
    let isDrained = false;
    const draining = drain().then(() => {
      isDrained = true;
    });
    await letGo();
    await calls[0];
    expect(isDrained).toBe(false);
    await letGo();
    await draining;
    const last = add("c");
    await letGo();
    expect(await last).toBe("stored c");
  });
});
