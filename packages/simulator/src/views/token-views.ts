import { cardBrands } from "../catalogue/cards.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import type { TokenRow, TokenVersionRow } from "../state/payment.ts";
import { numberText } from "../values/json.ts";
import { dateTime, reference, type View } from "./common.ts";
import { cardLabels } from "./label-view.ts";
import { connectorReference, paymentMethodView } from "./method-views.ts";

export const tokenView: View<TokenRow> = (row) => ({
  id: numberText(row.id),
  linkedSpaceId: numberText(row.space),
  version: row.version,
  state: row.state,
  createdOn: dateTime(row.createdOn),
  externalId: row.externalId,
  customerId: row.customerId,
  customerEmailAddress: row.customerEmailAddress,
  tokenReference: row.tokenReference,
  enabledForOneClickPayment: row.enabledForOneClickPayment,
  language: row.language,
  timeZone: row.timeZone,
  plannedPurgeDate: null,
});

export const tokenVersionView: View<TokenVersionRow> = (row, expand, context) => {
  const { tokens, methodConfigurations } = context.world.state.tables;
  const configuration = methodConfigurations.get(row.method);
  const method = paymentMethod(configuration?.method ?? "card");
  const brand = cardBrands[row.card.brand];
  const iconUrl = `${context.origin}/s/${row.space}/resource/${method.image}`;
  return {
    id: numberText(row.id),
    linkedSpaceId: numberText(row.space),
    version: row.version,
    state: row.state,
    name: row.card.maskedNumber,
    environment: row.environment,
    createdOn: dateTime(row.createdOn),
    activatedOn: dateTime(row.activatedOn),
    obsoletedOn: dateTime(row.obsoletedOn),
    expiresOn: endOfMonth(row.card.expiry),
    iconUrl,
    labels: cardLabels(row.card, expand.into("labels")),
    language: null,
    lastRetriedOn: null,
    retryIn: null,
    retryStrategy: "NO_RETRY",
    processorToken: row.processorToken,
    paymentInformationHashes: [],
    billingAddress: null,
    shippingAddress: null,
    plannedPurgeDate: null,
    type: null,
    token: reference(expand, "token", row.token, tokens, tokenView, context),
    paymentMethod: expand.one("paymentMethod", method.id, (inner) => paymentMethodView(method, inner, context)),
    paymentMethodBrand: expand.one("paymentMethodBrand", brand.id, () => ({
      id: numberText(brand.id),
      name: { "en-US": brand.name },
      description: { "en-US": brand.name },
      imagePath: method.image,
      grayImagePath: method.image,
      paymentMethod: numberText(method.id),
    })),
    paymentConnectorConfiguration: connectorReference(expand, "paymentConnectorConfiguration", row.method, context),
  };
};

/** "2028-12" is good until the last second of December. */
function endOfMonth(expiry: string): string {
  const [year = 0, month = 0] = expiry.split("-").map(Number);
  return new Date(Date.UTC(year, month, 1) - 1000).toISOString();
}
