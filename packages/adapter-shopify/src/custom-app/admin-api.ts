import { z } from "zod";
import type { Operation } from "../shopify-api.ts";

/** The money that the buyer sees and pays in: a decimal in major units. */
export interface AdminMoneyBag {
  readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string };
}

/** Where the order is billed or sent to. */
export interface AdminAddress {
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly company: string | null;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly city: string | null;
  readonly zip: string | null;
  readonly provinceCode: string | null;
  readonly countryCodeV2: string | null;
  readonly phone: string | null;
}

interface AdminTaxLine {
  readonly title: string;
  readonly ratePercentage: number | null;
  readonly priceSet: AdminMoneyBag;
}

/** One product of an order. `discountedTotalSet` is of all its pieces. */
export interface AdminLine {
  readonly id: string;
  readonly name: string;
  readonly sku: string | null;
  readonly quantity: number;
  readonly currentQuantity: number;
  readonly requiresShipping: boolean;
  readonly discountedTotalSet: AdminMoneyBag;
  readonly taxLines: readonly AdminTaxLine[];
}

export interface AdminShippingLine {
  readonly id: string;
  readonly title: string;
  readonly discountedPriceSet: AdminMoneyBag;
  readonly taxLines: readonly AdminTaxLine[];
}

/** Money that Shopify counts, in or out. */
export interface AdminTransaction {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly gateway: string | null;
  readonly processedAt: string | null;
  readonly amountSet: AdminMoneyBag;
}

export interface AdminRefund {
  readonly id: string;
  readonly note: string | null;
  readonly transactions: { readonly nodes: readonly AdminTransaction[] };
}

/** What is read of an order, before it is paid and whenever it is shown. */
export interface AdminOrder {
  readonly id: string;
  readonly name: string;
  readonly confirmationNumber: string | null;
  readonly test: boolean;
  readonly cancelledAt: string | null;
  readonly canMarkAsPaid: boolean;
  readonly paymentGatewayNames: readonly string[];
  readonly statusPageUrl: string | null;
  readonly taxesIncluded: boolean;
  readonly tags: readonly string[];
  readonly email: string | null;
  readonly customerLocale: string | null;
  readonly customer: { readonly id: string } | null;
  readonly totalOutstandingSet: AdminMoneyBag;
  readonly billingAddress: AdminAddress | null;
  readonly shippingAddress: AdminAddress | null;
  readonly lineItems: { readonly nodes: readonly AdminLine[] };
  readonly shippingLines: { readonly nodes: readonly AdminShippingLine[] };
  readonly transactions: readonly AdminTransaction[];
  readonly refunds: readonly AdminRefund[];
}

const text = z.string().nullable();
const bag: z.ZodType<AdminMoneyBag> = z.object({
  presentmentMoney: z.object({ amount: z.string(), currencyCode: z.string() }),
});
const address: z.ZodType<AdminAddress | null> = z
  .object({
    firstName: text,
    lastName: text,
    company: text,
    address1: text,
    address2: text,
    city: text,
    zip: text,
    provinceCode: text,
    countryCodeV2: text,
    phone: text,
  })
  .nullable();
const taxLines = z.array(z.object({ title: z.string(), ratePercentage: z.number().nullable(), priceSet: bag }));
const transaction = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  gateway: text,
  processedAt: text,
  amountSet: bag,
});

const orderSchema: z.ZodType<AdminOrder | null> = z
  .object({
    id: z.string(),
    name: z.string(),
    confirmationNumber: text,
    test: z.boolean(),
    cancelledAt: text,
    canMarkAsPaid: z.boolean(),
    paymentGatewayNames: z.array(z.string()),
    statusPageUrl: text,
    taxesIncluded: z.boolean(),
    tags: z.array(z.string()),
    email: text,
    customerLocale: text,
    customer: z.object({ id: z.string() }).nullable(),
    totalOutstandingSet: bag,
    billingAddress: address,
    shippingAddress: address,
    lineItems: z.object({
      nodes: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          sku: text,
          quantity: z.int(),
          currentQuantity: z.int(),
          requiresShipping: z.boolean(),
          discountedTotalSet: bag,
          taxLines,
        }),
      ),
    }),
    shippingLines: z.object({
      nodes: z.array(z.object({ id: z.string(), title: z.string(), discountedPriceSet: bag, taxLines })),
    }),
    transactions: z.array(transaction),
    refunds: z.array(z.object({ id: z.string(), note: text, transactions: z.object({ nodes: z.array(transaction) }) })),
  })
  .nullable();

const money = "{ presentmentMoney { amount currencyCode } }";
const taxes = `taxLines { title ratePercentage priceSet ${money} }`;
const where = "{ firstName lastName company address1 address2 city zip provinceCode countryCodeV2 phone }";
const paid = `{ id kind status gateway processedAt amountSet ${money} }`;

/** https://shopify.dev/docs/api/admin-graphql/2026-10/queries/order; a cart has at most 250 lines that matter. */
export const readOrder: Operation<AdminOrder | null> = {
  surface: "admin",
  field: "order",
  document: `query order($id: ID!) { order(id: $id) {
    id name confirmationNumber test cancelledAt canMarkAsPaid paymentGatewayNames statusPageUrl
    taxesIncluded tags email customerLocale customer { id } totalOutstandingSet ${money}
    billingAddress ${where} shippingAddress ${where}
    lineItems(first: 250) { nodes { id name sku quantity currentQuantity requiresShipping
      discountedTotalSet(withCodeDiscounts: true) ${money} ${taxes} } }
    shippingLines(first: 10) { nodes { id title discountedPriceSet ${money} ${taxes} } }
    transactions(first: 100) ${paid}
    refunds(first: 100) { id note transactions(first: 20) { nodes ${paid} } }
  } }`,
  schema: orderSchema,
};

/** Records a payment of all that is outstanding. */
export const orderMarkAsPaid: Operation<unknown> = {
  surface: "admin",
  field: "orderMarkAsPaid",
  document:
    "mutation orderMarkAsPaid($input: OrderMarkAsPaidInput!) { orderMarkAsPaid(input: $input) { order { id } userErrors { field message } } }",
  schema: z.object({ order: z.object({ id: z.string() }) }),
};

/** Since 2026-04 only with an idempotency key (https://shopify.dev/docs/api/usage/implementing-idempotency). */
export const refundCreate: Operation<unknown> = {
  surface: "admin",
  field: "refundCreate",
  document:
    "mutation refundCreate($input: RefundInput!, $key: String!) { refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } } }",
  schema: z.object({ refund: z.object({ id: z.string() }) }),
};

/** Adds tags that it does not have yet. */
export const tagsAdd: Operation<unknown> = {
  surface: "admin",
  field: "tagsAdd",
  document:
    "mutation tagsAdd($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { node { id } userErrors { field message } } }",
  schema: z.object({ node: z.object({ id: z.string() }).nullable() }),
};

/** As the Admin API names an order. */
export function toOrderGid(order: string): string {
  return `gid://shopify/Order/${order}`;
}

/** `450789469` of `gid://shopify/Order/450789469`. */
export function toId(gid: string): string {
  return gid.slice(gid.lastIndexOf("/") + 1);
}
