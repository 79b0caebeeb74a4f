import type { PaymentReference } from "@checkout-plugins/core";
import { toLanguage } from "@checkout-plugins/knowledge";
import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http";
import { MedusaError } from "@medusajs/framework/utils";
import { findMessages } from "./messages.ts";
import { findObstacle, type Obstacle } from "./obstacle.ts";
import { findProviderOf } from "./provider-of.ts";
import { findRuntime, type Runtime } from "./runtime.ts";

/**
 * Before a fulfillment or a shipment of the admin: reads the order's payments and stops it where the goods must not leave,
 * unless `stopFulfillment` is false. Medusa's workflows have no hook before a fulfillment, so that one which is made by a
 * workflow alone is not stopped.
 *
 * @throws MedusaError in the language of the administrator's browser.
 */
export async function guardFulfillment(
  request: MedusaRequest,
  _response: MedusaResponse,
  next: MedusaNextFunction,
): Promise<void> {
  const obstacle = await findObstacleOf(await findRuntime(), request.params.id ?? "");
  if (obstacle === null) return next();
  const { mustNotShip } = findMessages(toLanguage(request.headers["accept-language"]));
  throw new MedusaError(MedusaError.Types.NOT_ALLOWED, mustNotShip[obstacle]);
}

async function findObstacleOf(runtime: Runtime, order: string): Promise<Obstacle | null> {
  const { shop, core, logger } = runtime;
  for (const id of await shop.listSessionsOf(order)) {
    const provider = await findProviderOf(runtime, id);
    if (provider?.settings.stopFulfillment !== true) continue;
    const reference = id as PaymentReference;
    if ((await core.recall(provider.id, reference)) === null) continue;
    const payment = await core.look(provider.id, reference).catch((error: unknown) => {
      logger.warn("shipping by what is recorded", { session: id, why: String(error) });
      return core.recall(provider.id, reference);
    });
    const obstacle = payment === null ? null : findObstacle(payment);
    if (obstacle !== null) return obstacle;
  }
  return null;
}
