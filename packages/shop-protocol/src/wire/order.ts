import type { Address, LineAmount, LineItem, ShopOrder } from "@checkout-plugins/core";
import { z } from "zod";
import { wire } from "./check.ts";
import { decimal, id, lenientMoney, list, money, oneOf, text } from "./parts.ts";

const truth = z.boolean("must be true or false");

const taxShape = z.strictObject({ title: text(40), rate: decimal });
const tax: z.ZodType<Readonly<z.output<typeof taxShape>>> = taxShape;

const lineItem: z.ZodType<LineItem> = wire<LineItem>()(
  z.strictObject({
    id: text(200),
    type: oneOf("product", "shipping", "fee", "discount", "tip", "rounding"),
    name: text(500),
    sku: text(200).nullable(),
    quantity: decimal,
    total: money,
    taxes: list(tax),
    shippingRequired: truth,
  }),
);

const address: z.ZodType<Address> = wire<Address>()(
  z.strictObject({
    givenName: text(200).exactOptional(),
    familyName: text(200).exactOptional(),
    organization: text(200).exactOptional(),
    street: text(500).exactOptional(),
    postcode: text(40).exactOptional(),
    city: text(200).exactOptional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be an ISO 3166 code of two capitals, such as "CH"')
      .exactOptional(),
    state: text(10).exactOptional(),
    email: text(254).exactOptional(),
    phone: text(100).exactOptional(),
    dateOfBirth: z.iso.date('must be a date such as "1990-12-31"').exactOptional(),
    salutation: text(50).exactOptional(),
    vatNumber: text(100).exactOptional(),
  }),
);

const customer: z.ZodType<ShopOrder["customer"]> = wire<ShopOrder["customer"]>()(
  z.strictObject({ id: text(200).nullable(), email: text(254).nullable() }),
);

export const order: z.ZodType<ShopOrder> = wire<ShopOrder>()(
  z.strictObject({
    group: id<NonNullable<ShopOrder["group"]>>().nullable(),
    merchantReference: text(100).nullable(),
    total: money,
    lines: list(lineItem),
    customer,
    billing: address.nullable(),
    shipping: address.nullable(),
    language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be an IETF tag such as "de-CH"'),
  }),
);

const lineAmountShape = wire<LineAmount>()(z.strictObject({ id: text(200), quantity: decimal, amount: money }));
export const lineAmount: z.ZodType<LineAmount> = lineAmountShape;
/** What the gateway says: fields that came later are ignored. */
export const lenientLineAmount: z.ZodType<LineAmount> = z.object({ ...lineAmountShape.shape, amount: lenientMoney });
