import { refuseUnknown } from "./command-result.ts";
import type { BuyerStep, CommandResult, CoreParts, Payment, ReturnCommand, ShopId } from "./contract/index.ts";
import { lookForPlatform } from "./settle.ts";

/** Of the newest attempt: where the buyer goes when he wants to go on paying. */
function nextStep(payment: Payment, next: string | null): BuyerStep {
  return next !== null && payment.standing !== "open"
    ? { kind: "redirect", url: next as never }
    : { kind: "nothingToDo" };
}

/**
 * The buyer is back: look once, whatever the webhooks did, and answer the payment. What he carries in his address is
 * not believed.
 */
export async function runReturn(
  parts: CoreParts,
  shop: ShopId,
  command: ReturnCommand,
  signal?: AbortSignal,
): Promise<CommandResult<"return">> {
  const row = await parts.store.read(shop, command.reference);
  if (row === null || row.payment === null) return refuseUnknown(command.reference);
  const isKnown = row.payment.standing === "paid" && row.hintCount === row.seenHints;
  const payment = isKnown ? row.payment : await lookForPlatform(parts, row, signal);
  parts.wake?.();
  if (payment === null) return { kind: "pending", operation: null, payment };
  return { kind: "successful", answer: nextStep(payment, row.next), payment };
}
