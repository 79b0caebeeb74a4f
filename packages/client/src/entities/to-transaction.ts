import {
  type Fields,
  knownOf,
  listOf,
  objectOf,
  oneOf,
  orNull,
  readDecimal,
  readFields,
  readId,
  readInstant,
  readInteger,
  readReference,
  readSpaceId,
  readText,
  readTexts,
} from "../wire/fields.ts";
import {
  chargeEnvironments,
  completionBehaviors,
  type FailureReason,
  failureCategories,
  type LineItem,
  lineItemTypes,
  type TaxCreate,
  type Transaction,
  transactionStates,
} from "./transaction.ts";

/** What must be expanded so that `toMethodReference` can read it. */
export const methodExpand: readonly string[] = [
  "paymentConnectorConfiguration",
  "paymentConnectorConfiguration.paymentMethodConfiguration",
];

/** What must be expanded so that `toTransaction` can read it. */
export const transactionExpand: readonly string[] = ["failureReason", ...methodExpand];

/** @throws TypeError that names the field that is missing, of another type or of an unknown state. */
export function toTransaction(fields: Fields): Transaction {
  return {
    id: readId(fields, "id"),
    linkedSpaceId: readSpaceId(fields, "linkedSpaceId"),
    version: readInteger(fields, "version"),
    state: oneOf(transactionStates)(fields, "state"),
    currency: readText(fields, "currency"),
    authorizationAmount: readDecimal(fields, "authorizationAmount"),
    completedAmount: orNull(fields, "completedAmount", readDecimal),
    refundedAmount: orNull(fields, "refundedAmount", readDecimal),
    merchantReference: orNull(fields, "merchantReference", readText),
    metaData: readTexts(fields, "metaData"),
    lineItems: listOf(toLineItem)(fields, "lineItems"),
    authorizationEnvironment: orNull(fields, "authorizationEnvironment", oneOf(chargeEnvironments)),
    completionBehavior: orNull(fields, "completionBehavior", oneOf(completionBehaviors)),
    createdOn: orNull(fields, "createdOn", readInstant),
    confirmedOn: orNull(fields, "confirmedOn", readInstant),
    processingOn: orNull(fields, "processingOn", readInstant),
    authorizedOn: orNull(fields, "authorizedOn", readInstant),
    completedOn: orNull(fields, "completedOn", readInstant),
    failedOn: orNull(fields, "failedOn", readInstant),
    authorizationTimeoutOn: orNull(fields, "authorizationTimeoutOn", readInstant),
    completionTimeoutOn: orNull(fields, "completionTimeoutOn", readInstant),
    endOfLife: orNull(fields, "endOfLife", readInstant),
    userFailureMessage: orNull(fields, "userFailureMessage", readText),
    failureReason: orNull(fields, "failureReason", objectOf(toFailureReason)),
    paymentMethodConfiguration: orNull(fields, "paymentConnectorConfiguration", objectOf(toMethodReference)),
    token: orNull(fields, "token", readReference),
    terminal: orNull(fields, "terminal", readReference),
  };
}

export function toLineItem(fields: Fields): LineItem {
  return {
    uniqueId: readText(fields, "uniqueId"),
    type: oneOf(lineItemTypes)(fields, "type"),
    name: readText(fields, "name"),
    sku: orNull(fields, "sku", readText),
    quantity: readDecimal(fields, "quantity"),
    amountIncludingTax: readDecimal(fields, "amountIncludingTax"),
    unitPriceIncludingTax: orNull(fields, "unitPriceIncludingTax", readDecimal),
    taxes: listOf(toTax)(fields, "taxes"),
  };
}

function toTax(fields: Fields): TaxCreate {
  return { title: readText(fields, "title"), rate: readDecimal(fields, "rate") };
}

export function toFailureReason(fields: Fields): FailureReason {
  return {
    id: orNull(fields, "id", readId),
    category: knownOf(failureCategories)(fields, "category"),
    name: readTexts(fields, "name"),
    description: readTexts(fields, "description"),
  };
}

export function toMethodReference(connectorConfiguration: Fields): Transaction["paymentMethodConfiguration"] {
  const method = orNull(connectorConfiguration, "paymentMethodConfiguration", readFields);
  if (method === null) return null;
  const resolvedTitle = readTexts(method, "resolvedTitle");
  return { id: readId(method, "id"), name: orNull(method, "name", readText), resolvedTitle };
}
