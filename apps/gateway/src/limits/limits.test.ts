import type { Peer, ShopId } from "@checkout-plugins/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDoorLimits, toCaller } from "./door-limits.ts";
import { createTokenBuckets } from "./token-buckets.ts";

describe("a bucket of tokens", () => {
  it("lets a burst go on, then as many as come back in time", () => {
    let now = 0;
    const buckets = createTokenBuckets({ burst: 3, perSecond: 0.5, now: () => now });
    expect([1, 2, 3, 4].map(() => buckets.take("a"))).toEqual([null, null, null, 2]);
    expect(buckets.take("b")).toBeNull();
    now += 1999;
    expect(buckets.take("a")).toBe(1);
    now += 1;
    expect([buckets.take("a"), buckets.take("a")]).toEqual([null, 2]);
  });

  it("never lets more go on than its burst and what came back, and never makes anybody wait who comes as told", () => {
    const steps = fc.array(fc.tuple(fc.nat(5000), fc.constantFrom("a", "b")), { maxLength: 200 });
    fc.assert(
      fc.property(steps, (all) => {
        let now = 1000;
        const buckets = createTokenBuckets({ burst: 5, perSecond: 2, now: () => now });
        const passed = new Map<string, number>();
        for (const [wait, caller] of all) {
          now += wait;
          const told = buckets.take(caller);
          if (told === null) passed.set(caller, (passed.get(caller) ?? 0) + 1);
          else {
            now += told * 1000;
            expect(buckets.take(caller)).toBeNull();
            passed.set(caller, (passed.get(caller) ?? 0) + 1);
          }
        }
        for (const count of passed.values()) expect(count).toBeLessThanOrEqual(5 + ((now - 1000) / 1000) * 2);
        expect(passed.size).toBeLessThanOrEqual(2);
      }),
    );
  });

  it("remembers so many callers and no more, those that were seen last", () => {
    const buckets = createTokenBuckets({ burst: 1, perSecond: 1, remembered: 100, now: () => 0 });
    for (let number = 0; number < 10_000; number += 1) {
      buckets.take(`caller ${number}`);
      buckets.take("the one who goes on");
    }
    expect(buckets.size()).toBe(100);
    expect(buckets.take("the one who goes on")).toBe(1);
    expect(buckets.take("caller 0")).toBeNull();
  });

  it("takes nothing back when the clock is set back", () => {
    let now = 10_000;
    const buckets = createTokenBuckets({ burst: 1, perSecond: 1, now: () => now });
    expect(buckets.take("a")).toBeNull();
    now = 0;
    expect(buckets.take("a")).toBe(1);
    now = 1000;
    expect(buckets.take("a")).toBeNull();
  });
});

describe("the limits of a door", () => {
  const page = new Request("https://pay.example.ch/platforms/acme/pay");
  const hook = new Request(page, { method: "POST", body: "{}" });
  const peer = (address: string, certificate: Peer["certificate"] = null): Peer => ({ address, certificate });
  const times = (count: number, take: () => number | null) =>
    Array.from({ length: count }, take).filter(Boolean).length;

  it("are narrow for people, wide for servers, and none for who has shown who he is", () => {
    const limits = createDoorLimits(() => 0);
    const shown = { issuer: "CA", subject: "CN=shopify", fingerprint: "00" };
    expect(times(70, () => limits.takeOfPeer(page, peer("203.0.113.7")))).toBe(10);
    expect(times(700, () => limits.takeOfPeer(hook, peer("203.0.113.7")))).toBe(100);
    expect(times(5000, () => limits.takeOfPeer(hook, peer("203.0.113.7", shown)))).toBe(0);
    expect(times(60, () => limits.takeOfPeer(page, peer("203.0.113.8")))).toBe(0);
    expect(times(310, () => limits.takeOfShop("one" as ShopId))).toBe(10);
    expect(times(300, () => limits.takeOfShop("two" as ShopId))).toBe(0);
  });

  it("take all addresses of one network of IPv6 for one caller", () => {
    const limits = createDoorLimits(() => 0);
    const answers = Array.from({ length: 70 }, (_, number) => limits.takeOfPeer(page, peer(`2001:db8:0:1::${number}`)));
    expect(answers.filter(Boolean)).toHaveLength(10);
    expect(limits.takeOfPeer(page, peer("2001:db8:0:2::1"))).toBeNull();
  });

  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["2001:db8:0:1:2:3:4:5", "2001:db8:0:1"],
    ["2001:0db8::1", "2001:db8:0:0"],
    ["::1", "0:0:0:0"],
    ["fe80::1%eth0", "fe80:0:0:0"],
    ["", ""],
  ])("the caller of %s is %s", (address, caller) => expect(toCaller(address)).toBe(caller));
});
