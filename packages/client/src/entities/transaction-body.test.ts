import { describe, expect, it } from "vitest";
import { toDecimal, toServiceId } from "../ids.ts";
import { toCreateBody, toPendingBody } from "./transaction-body.ts";

describe("bodies of transactions", () => {
  it("write ids and decimals as numbers, text that looks like a number as text", () => {
    const body = toCreateBody({
      lineItems: [
        {
          uniqueId: "1",
          type: "PRODUCT",
          name: "2",
          sku: "0042",
          quantity: toDecimal("2"),
          amountIncludingTax: toDecimal("59.90"),
          taxes: [{ title: "8.1", rate: toDecimal("8.10") }],
        },
      ],
      currency: "CHF",
      merchantReference: "1001",
      customerId: "88",
      billingAddress: { postcode: "8001" },
      metaData: { orderId: "1001", amount: "59.90" },
      allowedPaymentMethodConfigurations: [toServiceId("340868")],
      token: toServiceId("12345678901234567890"),
      spaceViewId: toServiceId(7),
    });
    expect(JSON.stringify(body)).toBe(
      '{"lineItems":[{"uniqueId":"1","type":"PRODUCT","name":"2","sku":"0042","quantity":2,"amountIncludingTax":59.9,' +
        '"taxes":[{"title":"8.1","rate":8.1}]}],"currency":"CHF","merchantReference":"1001","customerId":"88",' +
        '"billingAddress":{"postcode":"8001"},"metaData":{"orderId":"1001","amount":"59.90"},' +
        '"allowedPaymentMethodConfigurations":[340868],"token":12345678901234567890,"spaceViewId":7}',
    );
  });

  it("leave out what is not given, so that an update changes nothing else", () => {
    expect(JSON.stringify(toPendingBody({ version: 3 }))).toBe('{"version":3}');
  });
});
