import { describe, expect, it } from "vitest";
import { findPaymentStep, isPostFinanceCheckout, readPaymentOutcome } from "./index.ts";

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

  const ours = "pp_postfinance-checkout_default";
  const methods = [{ id: "1", name: "TWINT", image: null }];

  it.each([
    [
      { provider_id: ours, data: { url: "https://pay.test/1" } },
      { kind: "page", url: "https://pay.test/1", methods: [] },
    ],
    [
      { provider_id: ours, data: { url: "https://pay.test/1.js", integration: "iframe", methods } },
      { kind: "iframe", url: "https://pay.test/1.js", methods },
    ],
    [{ provider_id: ours, data: { url: null } }, null],
    [{ provider_id: "pp_stripe_stripe", data: { url: "https://pay.test/1" } }, null],
    [undefined, null],
  ])("finds how to pay: %j", (session, step) => {
    expect(findPaymentStep(session)).toEqual(step);
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
