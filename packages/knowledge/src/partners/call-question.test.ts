import { describe, expect, it } from "vitest";
import { languages } from "../language.ts";
import { toCallQuestion } from "./call-question.ts";
import { cardBrands, methodNames, namesOf, paymentMethods } from "./methods.ts";

const ask = (name: string, brand: string | null = null) => toCallQuestion({ name, brand }, "online");

describe("toCallQuestion", () => {
  it.each(languages)("knows every brand and method by its name in %s", (language) => {
    for (const brand of cardBrands) {
      const question = { method: "card", brand, channel: "online" };
      expect(ask(methodNames[brand][language])).toEqual(question);
      expect(ask("Cards", methodNames[brand][language].toUpperCase())).toEqual(question);
    }
    for (const method of paymentMethods) {
      if (method !== "card") expect(ask(methodNames[method][language])).toEqual({ method, channel: "online" });
    }
  });

  it.each(["Kredit-/Debitkarte", "Carte de crédit/débit", "Carta di credito/debito", "Credit / Debit Card", "Karten"])(
    "asks about “%s” as a card whose brand is not told",
    (name) => {
      expect(ask(name)).toEqual({ method: "card", channel: "online" });
    },
  );

  it("asks for the channel that it is given", () => {
    expect(toCallQuestion({ name: "TWINT", brand: null }, "counter")).toEqual({ method: "twint", channel: "counter" });
  });

  it.each(["Direct Debit", "paysafecard", "Geschenkkarte", "Visage", "Sofort", "", "–"])(
    "guesses nothing of “%s”",
    (name) => {
      expect(ask(name)).toBeNull();
    },
  );

  it("guesses nothing of a brand that is told and not known, nor of no method", () => {
    expect(ask("Credit / Debit Card", "Cartes Bancaires")).toBeNull();
    expect(toCallQuestion(null, "online")).toBeNull();
  });
});

describe("namesOf", () => {
  it("gives what the title of a method holds, once", () => {
    expect(namesOf("twint")).toEqual(["TWINT"]);
    expect(namesOf("invoice")).toEqual(["Rechnung", "facture", "fattura", "invoice"]);
    expect(namesOf("card")).toEqual(["card", "karte", "carte", "carta"]);
  });
});
