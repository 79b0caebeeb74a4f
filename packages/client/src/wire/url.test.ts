import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toOrigin, toPathAndQuery } from "./url.ts";

describe("toPathAndQuery", () => {
  it("repeats keys for arrays and leaves out what is undefined", () => {
    const query = { expand: ["group", "token.x"], limit: 100, after: undefined, flag: true };
    expect(toPathAndQuery("/payment/refunds", query)).toBe(
      "/api/v2.0/payment/refunds?expand=group&expand=token.x&limit=100&flag=true",
    );
    expect(toPathAndQuery("/payment/refunds", { expand: [] })).toBe("/api/v2.0/payment/refunds");
  });

  it("is what a URL parser leaves as it is, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const target = toPathAndQuery("/x", { query: text });
        const url = new URL(`https://checkout.postfinance.ch${target}`);
        expect(url.pathname + url.search).toBe(target);
        expect(url.searchParams.get("query")).toBe(text.toWellFormed());
      }),
    );
  });
});

it("escapes half a character as the replacement character instead of failing", () => {
  expect(toPathAndQuery("/x", { query: "a\ud800" })).toBe("/api/v2.0/x?query=a%EF%BF%BD");
});

describe("toOrigin", () => {
  it.each(["https://checkout.postfinance.ch", "https://checkout.postfinance.ch/", "http://127.0.0.1:8080"])(
    "takes %s",
    (url) => {
      expect(toOrigin(url)).toBe(new URL(url).origin);
    },
  );

  it.each([
    "",
    "checkout.postfinance.ch",
    "ftp://checkout.postfinance.ch",
    "https://a:b@checkout.postfinance.ch",
    "https://checkout.postfinance.ch/api",
    "https://checkout.postfinance.ch/?x",
    "https://checkout.postfinance.ch/#x",
  ])("refuses %j", (url) => {
    expect(() => toOrigin(url)).toThrow(/baseUrl must be an origin/);
  });
});
