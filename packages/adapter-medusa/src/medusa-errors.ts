import { isServiceError } from "@checkout-plugins/client";
import { type CommandResult, isPaymentError } from "@checkout-plugins/core";
import { MedusaError } from "@medusajs/framework/utils";
import { findRuntime } from "./runtime.ts";

/**
 * Medusa shows the text of an error to whoever asked. The buyer gets what he can act on, the log the reason.
 *
 * @throws MedusaError
 */
export async function forBuyer<T>(work: () => Promise<T>): Promise<T> {
  return work().catch(async (error: unknown) => {
    if (!isPaymentError(error)) throw error;
    (await findRuntime()).logger.error("refused", { code: error.code, why: error.message });
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, error.publicMessage);
  });
}

/**
 * The merchant gets the reason, and what to do.
 *
 * @throws MedusaError
 */
export async function forMerchant<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    if (!isPaymentError(error) && !isServiceError(error)) throw error;
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, error.message);
  });
}

/** @throws MedusaError with the buyer's message. */
export function mustSucceed<K extends "start">(
  result: CommandResult<K>,
): (CommandResult<K> & { kind: "successful" })["answer"] {
  if (result.kind === "successful") return result.answer;
  const why = result.kind === "failed" ? result.failure.publicMessage : "The payment could not be started.";
  throw new MedusaError(MedusaError.Types.NOT_ALLOWED, why);
}
