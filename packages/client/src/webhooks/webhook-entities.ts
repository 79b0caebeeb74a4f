import { type ServiceId, toServiceId } from "../ids.ts";

/** Ids of the entity types a webhook listener can be made for, by their technical names; the same in every space. */
export const webhookEntities: {
  readonly Transaction: ServiceId;
  readonly TransactionCompletion: ServiceId;
  readonly TransactionVoid: ServiceId;
  readonly Refund: ServiceId;
  readonly TransactionInvoice: ServiceId;
  readonly DeliveryIndication: ServiceId;
  readonly ManualTask: ServiceId;
  readonly Token: ServiceId;
  readonly TokenVersion: ServiceId;
  readonly PaymentMethodConfiguration: ServiceId;
  readonly Charge: ServiceId;
  readonly ChargeAttempt: ServiceId;
  readonly ChargeFlow: ServiceId;
  readonly ChargeFlowLevel: ServiceId;
  readonly ChargeFlowLevelConfiguration: ServiceId;
  readonly ChargeFlowLevelPaymentLink: ServiceId;
  readonly Condition: ServiceId;
  readonly PaymentConnectorConfiguration: ServiceId;
  readonly PaymentProcessorConfiguration: ServiceId;
  readonly PaymentTerminal: ServiceId;
  readonly TransactionGroup: ServiceId;
} = {
  Transaction: toServiceId("1472041829003"),
  TransactionCompletion: toServiceId("1472041831364"),
  TransactionVoid: toServiceId("1472041867364"),
  Refund: toServiceId("1472041839405"),
  TransactionInvoice: toServiceId("1472041816898"),
  DeliveryIndication: toServiceId("1472041819799"),
  ManualTask: toServiceId("1487165678181"),
  Token: toServiceId("1472041806455"),
  TokenVersion: toServiceId("1472041811051"),
  PaymentMethodConfiguration: toServiceId("1472041857405"),
  Charge: toServiceId("1472041836176"),
  ChargeAttempt: toServiceId("1472041801860"),
  ChargeFlow: toServiceId("1472041871385"),
  ChargeFlowLevel: toServiceId("1472041819798"),
  ChargeFlowLevelConfiguration: toServiceId("1472041847188"),
  ChargeFlowLevelPaymentLink: toServiceId("1582966575060"),
  Condition: toServiceId("1472041875547"),
  PaymentConnectorConfiguration: toServiceId("1472041843695"),
  PaymentProcessorConfiguration: toServiceId("1472041863438"),
  PaymentTerminal: toServiceId("1582966575099"),
  TransactionGroup: toServiceId("1472041814414"),
};
