import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createWebhookKeys, type WebhookKeys, type WebhookKeysSettings } from "./webhook-keys.ts";

const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const base64 = publicKey.export({ type: "spki", format: "der" }).toString("base64");

interface TestKeys extends WebhookKeys {
  readonly reads: readonly string[];
  time: number;
}

function testKeys(
  answer: (keyId: string) => string | null | Promise<string | null>,
  more: Partial<WebhookKeysSettings> = {},
): TestKeys {
  const reads: string[] = [];
  const keys: TestKeys = {
    reads,
    time: 0,
    find: createWebhookKeys({
      read: async (keyId) => {
        reads.push(keyId);
        return answer(keyId);
      },
      now: () => keys.time,
      ...more,
    }).find,
  };
  return keys;
}

describe("createWebhookKeys", () => {
  it("T3: asks once for a thousand webhooks at once, and never again", async () => {
    const keys = testKeys(() => base64);
    const found = await Promise.all(Array.from({ length: 1000 }, () => keys.find("a")));
    expect(found.every((lookup) => lookup.kind === "found")).toBe(true);
    await keys.find("a");
    expect(keys.reads).toEqual(["a"]);
  });

  it("does not ask again for an unknown id within a minute", async () => {
    const keys = testKeys(() => null);
    await Promise.all([keys.find("a"), keys.find("a")]);
    keys.time = 59_999;
    expect(await keys.find("a")).toEqual({ kind: "unknown" });
    expect(keys.reads).toHaveLength(1);
    keys.time = 60_000;
    await keys.find("a");
    expect(keys.reads).toHaveLength(2);
  });

  it("T3: asks ten times in any ten seconds for 10,000 unknown ids, and says when to come back", async () => {
    const keys = testKeys((keyId) => (keyId === "genuine" ? base64 : null));
    await keys.find("genuine");
    keys.time = 20_000;
    for (let index = 0; index < 10_000; index++) {
      keys.time = 20_000 + index;
      await keys.find(`unknown ${index}`);
    }
    expect(keys.reads).toHaveLength(11);
    expect(await keys.find("another")).toEqual({ kind: "throttled", retryAfter: 1 });
    expect((await keys.find("genuine")).kind).toBe("found");
    keys.time = 30_000;
    expect((await keys.find("another")).kind).toBe("unknown");
  });

  it("passes a failure on to all who wait, remembers nothing of it and asks again", async () => {
    const fault = new Error("down");
    let isDown = true;
    const keys = testKeys(() => (isDown ? Promise.reject(fault) : base64));
    const both = await Promise.allSettled([keys.find("a"), keys.find("a")]);
    expect(both).toEqual([
      { status: "rejected", reason: fault },
      { status: "rejected", reason: fault },
    ]);
    isDown = false;
    expect((await keys.find("a")).kind).toBe("found");
    expect(keys.reads).toHaveLength(2);
  });

  it("counts failures too, so that a service that is down is not asked without end", async () => {
    const keys = testKeys(() => Promise.reject(new Error("down")));
    for (let index = 0; index < 10; index++) await expect(keys.find("a")).rejects.toThrow("down");
    expect((await keys.find("a")).kind).toBe("throttled");
  });

  it("keeps the keys used last", async () => {
    const keys = testKeys(() => base64, { capacity: 2 });
    for (const keyId of ["a", "b", "a", "c", "a", "b"]) await keys.find(keyId);
    expect(keys.reads).toEqual(["a", "b", "c", "b"]);
  });

  it("T3: refuses a key that is not on P-256 as unreadable", async () => {
    const keys = testKeys(() => "MFkw");
    await expect(keys.find("a")).rejects.toMatchObject({ code: "unreadable" });
  });
});
