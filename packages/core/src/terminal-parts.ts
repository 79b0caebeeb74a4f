import { isServiceId } from "@checkout-plugins/client";
import { type Refused, refuse } from "./command-result.ts";
import type { AttemptId, CommandResult, CoreParts, Money, PaymentId, Shop, TerminalId } from "./contract/index.ts";

/** Somebody in this process waits at a terminal. */
export interface Waiting {
  readonly attempt: AttemptId;
  readonly terminal: TerminalId;
  readonly test: boolean;
  readonly total: Money;
  readonly result: Promise<CommandResult<"terminal">>;
}

export interface TerminalParts extends CoreParts {
  /** One for each payment: whoever asks again joins. */
  readonly terminals: Map<PaymentId, Waiting>;
}

/** null: the shop has a till, and these can be ids of the service. */
export function refuseTerminals(shop: Shop, language: string, ...ids: readonly (string | null)[]): Refused | null {
  if (!shop.adapter.capabilities.terminals) {
    const why = `This connection (${shop.adapter.platform}) has no till, so nobody could show what a terminal took.`;
    return refuse("notSupported", language, why);
  }
  const wrong = ids.find((id) => id !== null && !isServiceId(id));
  if (wrong == null) return null;
  const why = `"${wrong.slice(0, 40)}" is not an id of the service. Take one of the list.`;
  return refuse("invalidRequest", language, why);
}
