import type { Service } from "../service/service.ts";
import { find, type World } from "../service/world.ts";
import { methodConfigurationView } from "../views/method-views.ts";
import { chargeAttemptView, deliveryIndicationView } from "../views/operation-views.ts";
import { readTriple, tableResource } from "./lists.ts";
import { act, type Operation, type SpaceCall } from "./operation.ts";

/** Attempts, delivery indications and the methods of a space. */
export function createPaymentOperations(world: World, service: Service): readonly Operation[] {
  const { chargeAttempts, deliveryIndications, methodConfigurations } = world.state.tables;
  const mark = (decision: "SUITABLE" | "NOT_SUITABLE") => (call: SpaceCall) => {
    const row = find(deliveryIndications, call.space.id, call.params.id ?? "", "delivery indication");
    return deliveryIndicationView(service.deliveries.mark(row, decision, call.user.id), call.expand, call.context);
  };
  return [
    act("/payment/delivery-indications/:id/mark-suitable", mark("SUITABLE")),
    act("/payment/delivery-indications/:id/mark-not-suitable", mark("NOT_SUITABLE")),
    ...readTriple(
      tableResource(
        "delivery indication",
        "/payment/delivery-indications",
        deliveryIndications,
        deliveryIndicationView,
      ),
    ),
    ...readTriple(tableResource("charge attempt", "/payment/charge-attempts", chargeAttempts, chargeAttemptView)),
    ...readTriple(
      tableResource(
        "payment method configuration",
        "/payment/method-configurations",
        methodConfigurations,
        methodConfigurationView,
      ),
    ),
  ];
}
