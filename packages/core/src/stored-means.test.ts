import type { Instant } from "@checkout-plugins/client";
import { describe, expect, it, test } from "vitest";
import type { StoredMeansId } from "./contract/index.ts";
import { toMasked } from "./stored-means.ts";
import { type Bench, createBench, shopId } from "./testing/bench.ts";
import { aToken, aTokenVersion } from "./testing/service-checkout.ts";

const visa = aToken(1);
const twint = aToken(2);
const inactive = aToken(3, { state: "INACTIVE" });
const empty = aToken(4);
const other = aToken(5, { customerId: "cust-881" });
const testData = aToken(6);

function aBench(): Bench {
  const bench = createBench();
  const { tokens, tokenVersions } = bench.service.checkout;
  for (const token of [visa, twint, inactive, empty, other, testData]) tokens.set(token.id, token);
  for (const token of [visa, inactive, other]) tokenVersions.set(token.id, aTokenVersion(token));
  const named = { name: null, brand: null, paymentMethodConfiguration: null, iconUrl: null };
  tokenVersions.set(twint.id, aTokenVersion(twint, { ...named, name: "TWINT +41 79 *** ** 01" }));
  tokenVersions.set(testData.id, aTokenVersion(testData, { environment: "TEST" }));
  return bench;
}

const stored = (bench: Bench, customer = "cust-88") =>
  bench.core.runCommand(shopId, { kind: "stored", customer, test: false });

const forget = (bench: Bench, means: string, customer = "cust-88") =>
  bench.core.runCommand(shopId, { kind: "forget", customer, means: means as StoredMeansId, test: false });

describe("stored", () => {
  it("tells what this customer can be charged on: active, not of another one, not test data", async () => {
    const bench = aBench();
    bench.service.checkout.tokenVersions.set(
      visa.id,
      aTokenVersion(visa, { expiresOn: "2028-12-31T22:59:59.000Z" as Instant }),
    );
    expect(await stored(bench)).toEqual({
      kind: "successful",
      payment: null,
      answer: [
        {
          id: "940001",
          label: "Visa 4111 11** **** 1111",
          method: "8001",
          image: "https://pay.example.ch/brand/visa.svg",
          expiresOn: "2028-12-31T22:59:59.000Z",
        },
        { id: "940002", label: "TWINT +41 79 *** ** 01", method: null, image: null, expiresOn: null },
      ],
    });
    expect(bench.service.requests).toEqual(["tokens", ...Array(4).fill("tokenVersion")]);
  });

  it("is none for somebody unknown", async () => {
    expect(await stored(aBench(), "cust-1")).toMatchObject({ kind: "successful", answer: [] });
  });

  it("throws when the service cannot be asked, and does not say none", async () => {
    const bench = aBench();
    bench.service.failNext("tokenVersion", "unreachable");
    await expect(stored(bench)).rejects.toMatchObject({ code: "serviceUnavailable", retryable: true });
  });
});

describe("forget", () => {
  it("deletes at the service, and is done when it is asked again", async () => {
    const bench = aBench();
    const done = { kind: "successful", answer: null, payment: null };
    expect(await forget(bench, visa.id)).toEqual(done);
    expect(bench.service.requests).toEqual(["token", "deleteToken"]);
    expect(await forget(bench, visa.id)).toEqual(done);
    expect(await stored(bench)).toMatchObject({ answer: [{ id: twint.id }] });
  });

  it.each(["cutBefore", "cutAfter"] as const)("whose answer is %s is done by asking again", async (fault) => {
    const bench = aBench();
    bench.service.failNext("deleteToken", fault);
    await expect(forget(bench, visa.id)).rejects.toMatchObject({ retryable: true });
    expect(await forget(bench, visa.id)).toMatchObject({ kind: "successful" });
    expect(bench.service.checkout.tokens.has(visa.id)).toBe(false);
  });

  it.each([other.id, "940001x", "", "0", "-1"])("never deletes what is not this customer's: %j", async (means) => {
    const bench = aBench();
    expect(await forget(bench, means)).toMatchObject({ kind: "failed", failure: { code: "unknownMeans" } });
    expect(bench.service.checkout.tokens.size).toBe(6);
    expect(bench.service.requests).not.toContain("deleteToken");
  });
});

test.each([
  ["4111 11** **** 1111", "4111 11** **** 1111"],
  ["4111111111111111", "411111******1111"],
  ["Visa 4111 1111 1111 1111", "Visa 411111******1111"],
  ["5555-5555-5555-4444 (2028)", "555555******4444 (2028)"],
  ["CH93 0076 2011 6238 5295 7", "CH930076*********2957"],
])("toMasked of %j shows six and four digits at most", (label, masked) => {
  expect(toMasked(label)).toBe(masked);
});
