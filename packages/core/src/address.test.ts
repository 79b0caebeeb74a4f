import { describe, expect, test } from "vitest";
import { toAddressCreate, toEmail, toMerchantReference } from "./address.ts";
import type { Address } from "./contract/order.ts";

const anna: Address = {
  givenName: "Anna",
  familyName: "Muster",
  organization: "Muster AG",
  street: "Bahnhofstrasse 1",
  postcode: "8001",
  city: "Zürich",
  country: "CH",
  state: "CH-ZH",
  email: "anna.muster@example.ch",
  phone: "+41 44 000 00 00",
  dateOfBirth: "1980-02-29",
  salutation: "Frau",
  vatNumber: "CHE-123.456.789 MWST",
};

describe("toAddressCreate", () => {
  test("gives every field its name at the service", () => {
    expect(toAddressCreate(anna)).toEqual({
      givenName: "Anna",
      familyName: "Muster",
      organizationName: "Muster AG",
      street: "Bahnhofstrasse 1",
      postcode: "8001",
      city: "Zürich",
      country: "CH",
      postalState: "CH-ZH",
      emailAddress: "anna.muster@example.ch",
      phoneNumber: "+41 44 000 00 00",
      dateOfBirth: "1980-02-29",
      salutation: "Frau",
      salesTaxNumber: "CHE-123.456.789 MWST",
    });
  });

  test("is undefined when there is nothing to say", () => {
    expect(toAddressCreate(null)).toBeUndefined();
    expect(toAddressCreate({})).toBeUndefined();
    expect(toAddressCreate({ city: " \n", state: "Zürich" })).toBeUndefined();
  });

  test("cuts what is too long", () => {
    const long = "ü".repeat(400);
    const address = toAddressCreate({
      givenName: long,
      familyName: long,
      organization: long,
      street: long,
      postcode: long,
      city: long,
      phone: long,
      salutation: long,
      vatNumber: long,
    });
    const lengths = Object.entries(address ?? {}).map(([field, value]) => [field, value?.length]);
    expect(Object.fromEntries(lengths)).toEqual({
      givenName: 100,
      familyName: 100,
      organizationName: 100,
      street: 300,
      postcode: 40,
      city: 100,
      phoneNumber: 100,
      salutation: 20,
      salesTaxNumber: 100,
    });
  });

  test("has line breaks in the street only, and control characters nowhere", () => {
    const address = toAddressCreate({
      city: "Zü\r\nrich\u0000",
      street: " c/o Muster\r\n\r\nBahnhof\tstrasse 1\u2028Hof \n",
    });
    expect(address).toEqual({ city: "Zü rich", street: "c/o Muster\nBahnhof strasse 1\nHof" });
  });

  test.each([
    [
      { country: "ch", state: "zh" },
      { country: "CH", postalState: "CH-ZH" },
    ],
    [
      { country: "CH", state: "CH-ZH" },
      { country: "CH", postalState: "CH-ZH" },
    ],
    [{ country: "CH", state: "DE-BY" }, { country: "CH" }],
    [{ country: "CH", state: "Zürich" }, { country: "CH" }],
    [{ country: "Schweiz", state: "CH-ZH" }, { postalState: "CH-ZH" }],
    [{ country: "Schweiz", state: "ZH" }, undefined],
    [{ email: "anna" }, undefined],
    [{ email: `${"a".repeat(250)}@b.ch` }, undefined],
    [{ dateOfBirth: "1981-02-29" }, undefined],
    [{ dateOfBirth: "29.02.1980" }, undefined],
  ])("leaves out what has another meaning when mended: %j", (address, expected) => {
    expect(toAddressCreate(address)).toEqual(expected);
  });
});

test.each([
  [" anna@example.ch ", "anna@example.ch"],
  [`${"a".repeat(249)}@b.ch`, `${"a".repeat(249)}@b.ch`],
  ["anna@example.ch, b@example.ch", undefined],
  ["a@b@c", undefined],
  ["", undefined],
  [null, undefined],
])("toEmail takes one address, whole or not at all: %j", (text, expected) => {
  expect(toEmail(text)).toBe(expected);
});

test.each([
  ["ORDER-1001", "ORDER-1001"],
  ["Zürich\n№ 7 – Straße", "Zurich No 7 Strasse"],
  ["注文1001", "1001"],
  ["注文", undefined],
  ["", undefined],
  [null, undefined],
  ["x".repeat(101), "x".repeat(100)],
  [`${"x".repeat(99)} y`, "x".repeat(99)],
])("toMerchantReference makes ASCII of %j", (text, expected) => {
  expect(toMerchantReference(text)).toBe(expected);
});
