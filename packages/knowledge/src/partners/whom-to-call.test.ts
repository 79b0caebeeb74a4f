import { describe, expect, it } from "vitest";
import type { Channel } from "../facts.ts";
import { languages } from "../language.ts";
import { sources } from "../sources.ts";
import { findTextFaults } from "../text-faults.ts";
import { acquirers } from "./acquirers.ts";
import { type CardBrand, cardBrands, methodNames, type PaymentMethod, paymentMethods } from "./methods.ts";
import { type CallQuestion, whomToCall } from "./whom-to-call.ts";

/** What the page of PostFinance lists: method or brand, online, at the counter. */
const expected: Readonly<Record<Exclude<PaymentMethod, "card"> | CardBrand, readonly [string[], string[]]>> = {
  postFinanceCard: [["postFinance"], ["postFinance"]],
  postFinanceEFinance: [["postFinance"], []],
  postFinancePay: [["postFinance"], []],
  twint: [["worldline", "twint", "walleeSnapswap"], ["worldline"]],
  invoice: [["powerPay"], []],
  payPal: [["payPal"], []],
  visa: [
    ["worldline", "concardis", "walleeSnapswap"],
    ["worldline", "concardis"],
  ],
  mastercard: [
    ["worldline", "concardis", "walleeSnapswap"],
    ["worldline", "concardis"],
  ],
  maestro: [[], ["worldline", "concardis"]],
  vPay: [[], ["worldline", "concardis"]],
  americanExpress: [["swisscard"], ["swisscard"]],
  diners: [["worldline", "concardis"], []],
  chinaUnionPay: [["worldline"], ["worldline"]],
  discover: [[], []],
  jcb: [[], []],
};

const channels: readonly Channel[] = ["online", "counter"];
const questions: readonly (readonly [string, CallQuestion, readonly string[]])[] = Object.entries(expected).flatMap(
  ([name, partners]) =>
    channels.map((channel, index) => {
      const brand = cardBrands.find((known) => known === name);
      const method = paymentMethods.find((known) => known === name) ?? "card";
      const question: CallQuestion = brand === undefined ? { method, channel } : { method, brand, channel };
      return [`${name} ${channel}`, question, partners[index] ?? []] as const;
    }),
);

function idsOf(question: CallQuestion): readonly string[] {
  const advice = whomToCall(question);
  return advice.kind === "named" ? advice.partners.map(({ partner }) => partner.id) : [];
}

describe("whomToCall", () => {
  it.each(questions)("%s", (_, question, partners) => {
    const advice = whomToCall(question);
    expect(idsOf(question)).toEqual(partners);
    expect(advice.kind).toBe(partners.length > 0 ? "named" : "notNamed");
    expect(findTextFaults("text", advice.text)).toEqual([]);
    if (advice.kind === "notNamed") return;
    for (const { partner, accepts, contacts } of advice.partners) {
      expect(accepts.every(({ channel }) => channel === question.channel)).toBe(true);
      expect(contacts.every(({ channel }) => channel === null || channel === question.channel)).toBe(true);
      expect(contacts.length).toBe(partner.id === "walleeSnapswap" ? 0 : 1);
    }
  });

  it("names the partners of all brands where the brand is not known", () => {
    expect(idsOf({ method: "card", channel: "online" })).toEqual([
      "worldline",
      "concardis",
      "swisscard",
      "walleeSnapswap",
    ]);
    expect(idsOf({ method: "card", channel: "counter" })).toEqual(["worldline", "concardis", "swisscard"]);
  });

  it("gives Worldline's address of the channel", () => {
    const email = (channel: Channel) => {
      const advice = whomToCall({ method: "card", brand: "chinaUnionPay", channel });
      return advice.kind === "named" ? advice.partners[0]?.contacts[0]?.email?.address : undefined;
    };
    expect(email("online")).toBe("cs.ecom@worldline.com");
    expect(email("counter")).toBe("customerservice@worldline.com");
  });

  it("refuses a brand of what has none", () => {
    expect(() => whomToCall({ method: "twint", brand: "visa", channel: "online" })).toThrow(/Only "card" has brands/);
  });
});

describe("acquirers", () => {
  it("have dated sources for whatever they accept", () => {
    for (const { id, accepts } of acquirers) {
      expect(accepts.length, id).toBeGreaterThan(0);
      for (const { source, asOf, name, volatile } of accepts) {
        expect(Object.keys(sources)).toContain(source);
        expect(asOf).toMatch(/^20\d\d-\d\d-\d\d$/);
        expect(sources[source].edition === "newer" ? volatile : true, `${id} ${name}`).toBe(true);
        for (const language of languages) expect(methodNames[name][language]).not.toBe("");
      }
    }
  });

  it("have a way to be reached in every contact", () => {
    for (const { contacts } of acquirers) {
      for (const { email, phone, url } of contacts) expect(email ?? phone ?? url).toBeDefined();
    }
  });
});
