import type { TransactionUpdate } from "../service/transactions.ts";
import type {
  Address,
  LineItem,
  LineItemAttribute,
  Tax,
  TransactionContent,
  TransactionCreation,
} from "../state/transaction.ts";
import { compare, readDecimal } from "../values/decimal.ts";
import type { ParsedJson } from "../values/json.ts";
import {
  choice,
  decimal,
  type Fields,
  flag,
  id,
  integer,
  list,
  map,
  nulls,
  object,
  read,
  type Shape,
  text,
} from "./shape.ts";

const ascii = { pattern: /^[\t\x20-\x7e]*$/, patternText: "printable ASCII" };
export const asciiText: Shape<string> = text({ max: 100, ...ascii });
export const externalId: Shape<string> = text({ min: 1, max: 100, ...ascii });
const address100 = text({ max: 100 });
const url = text({
  min: 9,
  max: 2000,
  pattern: /^https?:\/\/\S+$/i,
  patternText: "an address that begins with http:// or https://",
});
export const languageTag: Shape<string> = text({
  pattern: /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  patternText: "an IETF tag such as de-CH",
});

const taxRate: Shape<Tax["rate"]> = (value, at, problems) => {
  const rate = decimal(value, at, problems);
  const limit = readDecimal("100");
  if (rate === undefined || limit === null) return undefined;
  if (compare(rate, limit) > 0 || rate.startsWith("-")) return problems.invalid(at, "must be between 0 and 100");
  return rate;
};
const tax = object<Tax>({ title: text({ min: 2, max: 40 }), rate: taxRate }, ["title", "rate"]);
const attribute = object<LineItemAttribute>({ label: text({ max: 512 }), value: text({ max: 512 }) }, [
  "label",
  "value",
]);

export const lineItem: Shape<LineItem> = object<LineItem>(
  {
    uniqueId: text({ min: 1, max: 200 }),
    type: choice(["SHIPPING", "DISCOUNT", "FEE", "PRODUCT", "TIP"]),
    name: text({ min: 1, max: 150 }),
    quantity: decimal,
    amountIncludingTax: decimal,
    sku: text({ max: 200 }),
    discountIncludingTax: decimal,
    shippingRequired: flag,
    taxes: list(tax),
    attributes: map(attribute),
  },
  ["uniqueId", "type", "name", "quantity", "amountIncludingTax"],
);

export const address: Shape<Address> = object<Address>({
  city: address100,
  commercialRegisterNumber: address100,
  country: text({ pattern: /^[A-Z]{2}$/, patternText: "an ISO 3166 alpha-2 code such as CH" }),
  dateOfBirth: text({ pattern: /^\d{4}-\d{2}-\d{2}/, patternText: "a date such as 1980-12-31" }),
  dependentLocality: address100,
  emailAddress: text({ max: 254 }),
  familyName: address100,
  gender: choice(["MALE", "FEMALE"]),
  givenName: address100,
  legalOrganizationForm: id,
  mobilePhoneNumber: address100,
  organizationName: address100,
  phoneNumber: address100,
  postalState: text(),
  postcode: text({ max: 40 }),
  salesTaxNumber: address100,
  salutation: text({ max: 20 }),
  socialSecurityNumber: address100,
  sortingCode: address100,
  street: text({ max: 300 }),
});

const contentFields: Fields<TransactionContent> = {
  lineItems: list(lineItem),
  currency: text({ pattern: /^[A-Z]{3}$/, patternText: "an ISO 4217 code such as CHF" }),
  language: languageTag,
  allowedPaymentMethodBrands: list(id),
  allowedPaymentMethodConfigurations: list(id),
  billingAddress: address,
  completionBehavior: choice(["COMPLETE_IMMEDIATELY", "COMPLETE_DEFERRED", "USE_CONFIGURATION"]),
  customerEmailAddress: text({ max: 254 }),
  customerId: text(),
  failedUrl: url,
  invoiceMerchantReference: asciiText,
  merchantReference: asciiText,
  metaData: map(text()),
  shippingAddress: address,
  shippingMethod: text({ max: 200 }),
  successUrl: url,
  timeZone: text(),
  token: id,
  tokenizationMode: choice([
    "FORCE_UPDATE",
    "FORCE_CREATION",
    "FORCE_CREATION_WITH_ONE_CLICK_PAYMENT",
    "ALLOW_ONE_CLICK_PAYMENT",
  ]),
};

const creationFields: Fields<TransactionCreation> = {
  autoConfirmationEnabled: flag,
  chargeRetryEnabled: flag,
  customersPresence: choice(["NOT_PRESENT", "VIRTUAL_PRESENT", "PHYSICAL_PRESENT"]),
  deviceSessionIdentifier: text({
    min: 10,
    max: 40,
    pattern: /^[a-zA-Z0-9_-]*$/,
    patternText: "letters, digits, _ and -",
  }),
  emailsDisabled: flag,
  environment: choice(["LIVE", "PREVIEW"]),
  environmentSelectionStrategy: choice(["FORCE_TEST_ENVIRONMENT", "FORCE_PRODUCTION_ENVIRONMENT", "USE_CONFIGURATION"]),
  spaceViewId: id,
};

const createShape = object<TransactionContent>(contentFields, ["lineItems"]);
const creationShape = object<TransactionCreation>(creationFields);
const updateShape = object<Partial<TransactionContent> & { version: number }>({ ...contentFields, version: integer }, [
  "version",
]);

export function readTransactionCreate(body: ParsedJson): {
  readonly content: Partial<TransactionContent>;
  readonly creation: TransactionCreation;
} {
  return read((value, at, problems) => {
    const content = createShape(value, at, problems);
    const creation = creationShape(value, at, problems);
    return content === undefined || creation === undefined ? undefined : { content, creation };
  }, body);
}

export function readTransactionUpdate(body: ParsedJson): TransactionUpdate {
  const { version, ...set } = read(updateShape, body);
  return { version, set, cleared: nulls(body, contentFields) };
}
