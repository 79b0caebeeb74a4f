import { describe, expect, it } from "vitest";
import { readDetails } from "./address-form.ts";
import { details } from "./testing.ts";

describe("readDetails", () => {
  it("reads an address, without spaces around it and without what was left empty", () => {
    const read = readDetails({ ...details, "billing.city": "  Bern ", "billing.organization": " ", other: "ignored" });
    expect(read).toEqual({
      details: {
        billing: {
          givenName: "Anna",
          familyName: "Müller",
          street: "Länggassstrasse 12",
          postcode: "3012",
          city: "Bern",
          country: "CH",
          email: "anna@example.ch",
        },
        delivery: null,
        shipping: "economy",
      },
    });
  });

  it.each([
    ["billing.givenName", "", "missing"],
    ["billing.givenName", "x".repeat(101), "tooLong"],
    ["billing.postcode", "0123", "invalid"],
    ["billing.postcode", "80331", "tooLong"],
    ["billing.country", "DE", "invalid"],
    ["billing.email", "anna@example", "invalid"],
    ["billing.phone", "call me", "invalid"],
    ["shipping", "drone", "missing"],
  ])("finds the mistake in %s = %j: %s", (name, value, mistake) => {
    expect(readDetails({ ...details, [name]: value })).toEqual({ mistakes: { [name]: mistake } });
  });

  it("wants a delivery address only when the parcel goes elsewhere", () => {
    const elsewhere = { ...details, elsewhere: "yes" };
    expect(readDetails({ ...elsewhere, shipping: "pickup" })).toMatchObject({ details: { delivery: null } });
    expect(Object.keys((readDetails(elsewhere) as { mistakes: object }).mistakes)).toEqual([
      "delivery.givenName",
      "delivery.familyName",
      "delivery.street",
      "delivery.postcode",
      "delivery.city",
      "delivery.country",
    ]);
  });
});
