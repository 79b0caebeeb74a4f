/** Ids of the entity types that a webhook listener can listen to. */
export const webhookEntities = {
  Transaction: "1472041829003",
  TransactionCompletion: "1472041831364",
  TransactionVoid: "1472041867364",
  Refund: "1472041839405",
  TransactionInvoice: "1472041816898",
  DeliveryIndication: "1472041819799",
  ManualTask: "1487165678181",
  Token: "1472041806455",
  TokenVersion: "1472041811051",
  PaymentMethodConfiguration: "1472041857405",
  Charge: "1472041836176",
  ChargeAttempt: "1472041801860",
  ChargeFlow: "1472041871385",
  ChargeFlowLevel: "1472041819798",
  ChargeFlowLevelConfiguration: "1472041847188",
  ChargeFlowLevelPaymentLink: "1582966575060",
  Condition: "1472041875547",
  PaymentConnectorConfiguration: "1472041843695",
  PaymentProcessorConfiguration: "1472041863438",
  PaymentTerminal: "1582966575099",
  TransactionGroup: "1472041814414",
} as const;

export type WebhookEntity = keyof typeof webhookEntities;

export function findWebhookEntity(id: string): WebhookEntity | undefined {
  return (Object.keys(webhookEntities) as WebhookEntity[]).find((name) => webhookEntities[name] === id);
}
