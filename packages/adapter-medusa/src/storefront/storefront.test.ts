import { describe, expect, it } from "vitest";
import { findPaymentUrl, isPostFinanceCheckout, readPaymentOutcome } from "./index.ts";

describe("a storefront", () => {
  it.each([
    ["pp_postfinance-checkout_default", true],
    ["pp_postfinance-checkout", true],
    ["pp_postfinance-checkoutx_default", false],
    ["pp_stripe_stripe", false],
    [undefined, false],
  ])("knows whose session it is: %s", (id, isOurs) => {
    expect(isPostFinanceCheckout(id)).toBe(isOurs);
  });

  it.each([
    [{ provider_id: "pp_postfinance-checkout_default", data: { url: "https://pay.test/1" } }, "https://pay.test/1"],
    [{ provider_id: "pp_postfinance-checkout_default", data: { url: null } }, null],
    [{ provider_id: "pp_stripe_stripe", data: { url: "https://pay.test/1" } }, null],
    [undefined, null],
  ])("finds where to pay: %j", (session, url) => {
    expect(findPaymentUrl(session)).toBe(url);
  });

  it.each([
    ["payment=failed", "failed"],
    ["step=payment&payment=processing", "processing"],
    ["payment=other", null],
    ["", null],
  ])("reads how the buyer came back: %s", (query, outcome) => {
    expect(readPaymentOutcome(new URLSearchParams(query))).toBe(outcome);
  });
});
