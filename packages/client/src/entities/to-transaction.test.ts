import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toFields } from "../wire/fields.ts";
import { parseJson, type WireJson } from "../wire/json.ts";
import { toTransaction } from "./to-transaction.ts";
import type { Transaction } from "./transaction.ts";

const fixture = readFileSync(new URL("__fixtures__/transaction.json", import.meta.url), "utf8");

function read(changes: Readonly<Record<string, WireJson>> = {}): Transaction {
  const values = parseJson(fixture) as Readonly<Record<string, WireJson>>;
  return toTransaction(toFields({ ...values, ...changes }, "Transaction"));
}

describe("toTransaction", () => {
  it("reads amounts as plain decimals and dates as UTC instants", () => {
    const transaction = read();
    expect(transaction).toMatchObject({
      id: "900001",
      linkedSpaceId: "70001",
      version: 3,
      state: "FAILED",
      authorizationAmount: "116.8",
      completedAmount: "0",
      confirmedOn: "2026-02-03T09:00:05.000Z",
      failedOn: "2026-02-03T09:00:17.500Z",
      authorizedOn: null,
      completedOn: null,
      metaData: { orderId: "1001", channel: "web" },
      paymentMethodConfiguration: { id: "340868", name: "Credit / Debit Card" },
      token: "940001",
    });
    expect(transaction.lineItems.map((item) => item.amountIncludingTax)).toEqual(["119.8", "7", "-10"]);
    expect(transaction.lineItems[0]?.taxes).toEqual([{ title: "MwSt.", rate: "8.1" }]);
    expect(transaction.failureReason?.category).toBe("END_USER");
  });

  it("takes what is absent or null as not there", () => {
    const values = { token: null, metaData: null, lineItems: null, failureReason: null };
    expect(read({ ...values, paymentConnectorConfiguration: null })).toMatchObject({
      token: null,
      metaData: {},
      lineItems: [],
      failureReason: null,
      paymentMethodConfiguration: null,
    });
  });

  it("takes a stub of a connector as no known method", () => {
    expect(read({ paymentConnectorConfiguration: { id: 126431 } }).paymentMethodConfiguration).toBeNull();
  });

  it("ignores an unknown property, and an unknown failure category only there", () => {
    expect(read({ invented: { deep: [1] } }).state).toBe("FAILED");
    expect(read({ failureReason: { id: 1, category: "INVENTED" } }).failureReason?.category).toBeNull();
  });

  it.each([
    [{ state: "INVENTED" }, /Transaction\.state must be one of .*, got "INVENTED"/],
    [{ state: null }, /Transaction\.state must be one of/],
    [{ authorizationEnvironment: "STAGING" }, /Transaction\.authorizationEnvironment must be one of .*"STAGING"/],
    [{ id: "900001" }, /Transaction\.id must be a number, got "900001"/],
    [{ id: -1 }, /Transaction\.id: .*positive integer/],
    [{ version: 1.5 }, /Transaction\.version must be an integer/],
    [{ authorizationAmount: null }, /Transaction\.authorizationAmount must be a number/],
    [{ createdOn: "2026-02-03T09:00:00" }, /Transaction\.createdOn must be a date with time and zone/],
    [{ metaData: { a: 1 } }, /Transaction\.metaData\.a must be a text, got 1/],
    [{ lineItems: [{}] }, /Transaction\.lineItems\[0\]\.uniqueId must be a text/],
    [{ lineItems: "none" }, /Transaction\.lineItems must be a list/],
    [{ token: 940001 }, /Transaction\.token must be an object/],
  ])("names the field that is wrong: %j", (changes, message) => {
    expect(() => read(changes as Readonly<Record<string, WireJson>>)).toThrow(message);
  });
});
