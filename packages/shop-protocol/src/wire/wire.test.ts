import { readFileSync } from "node:fs";
import { isPaymentError, type Json, type Payment, type ShopCommand, type Shown } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commandSchema, parseCommand } from "./command.ts";
import { parsePayment, paymentSchema } from "./payment.ts";
import { parseResult, resultSchema } from "./result.ts";
import { parseShown, type ShowMessage, shownSchema } from "./show.ts";

function readVectors<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8")) as T;
}
const { valid, invalid } = readVectors<{
  readonly valid: readonly ShopCommand[];
  readonly invalid: readonly { readonly name: string; readonly command: unknown; readonly field: string }[];
}>("commands");
const { messages, answers } = readVectors<{
  readonly messages: readonly { readonly message: ShowMessage }[];
  readonly answers: readonly Shown<Json>[];
}>("show");
const twint = {
  id: "8001",
  name: "TWINT",
  description: "With the app.",
  image: "https://checkout.example.ch/twint.svg",
  currencies: ["CHF"],
};
const chf = { minor: 2000, currency: "CHF" };
const balance = {
  id: "995001",
  terminal: "990001",
  startedOn: null,
  endedOn: "2026-02-03T18:00:00.000Z",
  count: 1,
  totals: [chf],
  brands: [{ name: "Visa", count: 1, amount: chf, tip: chf }],
};
const paid = messages[1]?.message.payment as Payment;

function textOf(parse: () => unknown): string {
  try {
    parse();
  } catch (error) {
    if (isPaymentError(error) && error.code === "badRequest") return error.message;
    throw error;
  }
  throw new Error("was accepted");
}

describe("parseCommand", () => {
  it.each(valid)("accepts vector %#: $kind", (command) => {
    expect(parseCommand(command)).toEqual(command);
  });

  it("has a vector of each kind", () => {
    const kinds = [
      "start",
      "update",
      "methods",
      "charge",
      "complete",
      "void",
      "refund",
      "review",
      "document",
      "stored",
    ];
    const ofTerminals = ["terminals", "terminal", "terminalStop", "terminalReceipts"];
    const balances = ["finalBalance", "finalBalances", "finalBalanceSlip"];
    const all = [...kinds, "forget", "adopt", "return", ...ofTerminals, ...balances];
    expect(new Set(valid.map(({ kind }) => kind))).toEqual(new Set(all));
  });

  it.each(invalid)("refuses $name and names $field", ({ command, field }) => {
    expect(textOf(() => parseCommand(command))).toContain(field);
  });

  it.each([
    [{ kind: "return", reference: "" }, "The command is not valid. reference: must not be empty; leave it out"],
    [
      { kind: "return", reference: "1", Reference: "1" },
      'The whole: unknown field "Reference"; remove it or correct its name.',
    ],
    [{ kind: "stored" }, "customer: is missing; it must be a text of 1 to 200 characters."],
    [
      { kind: "review", reference: "1", shopKey: null, decision: "yes" },
      'decision: must be one of "suitable", "notSuitable".',
    ],
  ])("says of %j: %s", (command, text) => {
    expect(textOf(() => parseCommand(command))).toContain(text);
  });

  it("tells at most ten faults at once", () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index}`, { minor: "x" }]));
    expect(textOf(() => parseCommand({ kind: "start", order: { lines: Object.values(many) } })).length).toBeLessThan(
      2000,
    );
  });
});

describe("what the gateway says", () => {
  it("is read as it was sent", () => {
    expect(parsePayment(paid)).toEqual(paid);
  });

  it("may hold fields that came later, at every depth", () => {
    const later = { ...paid, amount: { ...paid.amount, later: 1 }, later: 1 };
    expect(parsePayment(later)).toEqual(paid);
  });

  it("may hold a kind of finding that came later: the shop learns of the payment all the same", () => {
    const finding = { key: "k", kind: "solarFlare", detail: "Unplug the till.", amount: null };
    const known = { ...finding, kind: "chargeback" };
    const { findings } = parsePayment({ ...paid, findings: [finding, { ...finding, kind: "toString" }, known] });
    expect(findings).toEqual([{ ...finding, kind: "other" }, { ...finding, kind: "other" }, known]);
    expect(textOf(() => parsePayment({ ...paid, findings: [{ ...finding, kind: 7 }] }))).toContain("findings[0].kind");
  });

  it("is refused when a state is unknown, by name", () => {
    expect(textOf(() => parsePayment({ ...paid, state: "sleeping" }))).toContain("state: must be one of");
  });

  it.each([
    ["start", { kind: "redirect", url: "https://checkout.example.ch/pay" }],
    ["return", { kind: "nothingToDo" }],
    ["update", null],
    ["void", null],
    ["refund", paid.operations[0]],
    ["start", { kind: "script", integration: "lightbox", url: "https://checkout.example.ch/a.js", methods: [twint] }],
    ["methods", { offered: [twint], hidden: [{ ...twint, id: "8002", reason: "currency" }] }],
    ["charge", null],
    [
      "stored",
      [{ id: "940001", label: "Visa 1111", method: "8001", image: null, expiresOn: "2028-12-31T22:59:59.000Z" }],
    ],
    ["forget", null],
    ["adopt", null],
    ["document", { mimeType: "application/pdf", title: "invoice.pdf", base64: "JVBERg==" }],
    ["terminals", [{ id: "990001", identifier: null, name: "Kasse 1", currency: "CHF", isReady: true }]],
    ["terminal", null],
    ["terminalStop", "taken"],
    [
      "terminalReceipts",
      [{ mimeType: "text/plain", title: "Receipt", base64: "VG90YWw=", for: "buyer", isPrinted: false }],
    ],
    ["finalBalance", balance],
    ["finalBalances", [balance]],
    ["finalBalanceSlip", { mimeType: "application/pdf", title: "Final balance", base64: "JVBERg==" }],
  ] as const)("has an answer to %s", (kind, answer) => {
    const result = { kind: "successful", answer, payment: paid };
    expect(parseResult(kind, result)).toEqual(result);
    expect(textOf(() => parseResult(kind, { ...result, answer: 7 }))).toContain("answer");
  });

  it("may be pending or failed", () => {
    const pending = { kind: "pending", operation: "cmd_1", payment: null };
    expect(parseResult("refund", pending)).toEqual(pending);
    const failure = { code: "oneStillOpen", publicMessage: "", merchantMessage: "One is open.", serviceReason: null };
    expect(parseResult("refund", { kind: "failed", failure, payment: null })).toMatchObject({ failure });
    expect(textOf(() => parseResult("refund", { kind: "perhaps" }))).toContain("kind");
  });
});

describe("parseShown", () => {
  it.each(answers)("accepts vector %#: $kind", (shown) => {
    expect(parseShown(shown)).toEqual(shown);
    expect(parseShown({ ...shown, later: true })).toEqual(shown);
  });

  it.each([
    [{ kind: "done" }, "kind"],
    [{ kind: "refused", reason: "because", detail: "" }, "reason: must be one of"],
    [{ kind: "shown", receipt: null, next: "thanks" }, "next: must be an absolute http or https address"],
    [{ kind: "shown" }, "receipt"],
  ])("refuses %j and names %s", (shown, text) => {
    expect(textOf(() => parseShown(shown))).toContain(text);
  });
});

describe("the schemas", () => {
  it.each([
    ["command", commandSchema],
    ["payment", paymentSchema],
    ["result", resultSchema("refund")],
    ["shown", shownSchema],
  ])("of a %s can be told as JSON Schema", (_name, schema) => {
    expect(z.toJSONSchema(schema, { io: "input", unrepresentable: "throw" })).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
    });
  });
});
