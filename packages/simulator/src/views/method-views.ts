import type { Expand } from "../api/expand.ts";
import { toLocalised } from "../catalogue/languages.ts";
import { type PaymentMethod, paymentMethod } from "../catalogue/methods.ts";
import type { MethodConfigurationRow } from "../state/space.ts";
import { type Json, numberText } from "../values/json.ts";
import type { View, ViewContext } from "./common.ts";

/** Synthetic: the connector and processor of the simulation. */
const connector = "1552654159264";
const processor = "1552653430666";

export const paymentMethodView: View<PaymentMethod> = (method) => ({
  id: numberText(method.id),
  name: toLocalised(method.title),
  description: toLocalised(method.description),
  merchantDescription: toLocalised(method.description),
  imagePath: method.image,
  dataCollectionTypes: [method.kind === "card" ? "ONSITE" : "OFFSITE"],
  supportedCurrencies: [],
});

export const methodConfigurationView: View<MethodConfigurationRow> = (row, expand, context) => {
  const method = paymentMethod(row.method);
  return {
    id: numberText(row.id),
    linkedSpaceId: numberText(row.space),
    spaceId: numberText(row.space),
    version: row.version,
    state: row.state,
    name: method.title.en,
    sortOrder: row.sortOrder,
    dataCollectionType: method.kind === "card" ? "ONSITE" : "OFFSITE",
    oneClickPaymentMode: method.kind === "card" ? "ALLOW" : "DISABLED",
    title: {},
    description: {},
    resolvedTitle: toLocalised(method.title),
    resolvedDescription: toLocalised(method.description),
    imageResourcePath: null,
    resolvedImageUrl: `${context.origin}/s/${row.space}/resource/${method.image}`,
    paymentMethod: expand.one("paymentMethod", method.id, (inner) => paymentMethodView(method, inner, context)),
    plannedPurgeDate: null,
  };
};

/** Each method configuration has one connector; the answer names the connector's id, the row is the method's. */
export const connectorConfigurationView: View<MethodConfigurationRow> = (row, expand, context) => {
  const method = paymentMethod(row.method);
  return {
    id: numberText(row.connectorConfiguration),
    linkedSpaceId: numberText(row.space),
    version: row.version,
    state: row.state,
    name: `${method.title.en} (simulated)`,
    priority: row.sortOrder,
    applicableForTransactionProcessing: true,
    conditions: [],
    enabledSalesChannels: [],
    enabledSpaceViews: [],
    imagePath: `${context.origin}/s/${row.space}/resource/${method.image}`,
    paymentMethodConfiguration: expand.one("paymentMethodConfiguration", row.id, (inner) =>
      methodConfigurationView(row, inner, context),
    ),
    processorConfiguration: expand.one("processorConfiguration", row.processorConfiguration, () => ({
      id: numberText(row.processorConfiguration),
      linkedSpaceId: numberText(row.space),
      version: 1,
      state: "ACTIVE",
      name: "Simulator",
      applicationManaged: false,
      contractId: null,
      processor: { id: numberText(processor) },
      plannedPurgeDate: null,
    })),
    connector: expand.one("connector", connector, () => ({
      id: numberText(connector),
      name: { "en-US": "Simulator" },
      description: { "en-US": "Connector of the simulator" },
      paymentMethod: { id: numberText(method.id) },
      processor: { id: numberText(processor) },
      supportedCurrencies: [],
    })),
    plannedPurgeDate: null,
  };
};

/** A reference to the connector of a payment method configuration. */
export function connectorReference(expand: Expand, name: string, method: string | null, context: ViewContext): Json {
  const row = method === null ? undefined : context.world.state.tables.methodConfigurations.get(method);
  if (row === undefined) return null;
  return expand.one(name, row.connectorConfiguration, (inner) => connectorConfigurationView(row, inner, context));
}
