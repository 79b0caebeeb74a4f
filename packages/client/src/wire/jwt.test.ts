import { describe, expect, it } from "vitest";
import { createRequestSigner } from "./jwt.ts";
import { testKey } from "./test-service.ts";

describe("createRequestSigner", () => {
  it("makes the token of the reference vector", () => {
    const sign = createRequestSigner("12345", testKey);
    expect(sign("GET", "/api/v2.0/payment/transactions/42?expand=group", 1_700_000_000)).toBe(
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsInZlciI6MX0.eyJzdWIiOiIxMjM0NSIsImlhdCI6MTcwMDAwMDAwMCwicmVxdWVzdFBhdGgiOiIvYXBpL3YyLjAvcGF5bWVudC90cmFuc2FjdGlvbnMvNDI_ZXhwYW5kPWdyb3VwIiwicmVxdWVzdE1ldGhvZCI6IkdFVCJ9.M6C63UzCXFxWDEjcMIBNoobkuYQ0lOq8vepqUHOxgo4",
    );
  });

  it.each(["", "not Base64!", "AAECAw", `${testKey} `, testKey.replace("=", ""), "AAECAwQ_BgcICQoL"])(
    "refuses the key %j and does not repeat it",
    (key) => {
      const make = () => createRequestSigner("12345", key);
      expect(make).toThrow(/authenticationKey is not Base64/);
      if (key.trim() !== "") expect(make).not.toThrow(key);
    },
  );

  it.each(["", "abc", "0", "12.5", "12345 "])("refuses the user id %j", (userId) => {
    expect(() => createRequestSigner(userId, testKey)).toThrow(/userId must be/);
  });
});
