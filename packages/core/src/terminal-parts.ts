import type {
  AttemptId,
  CommandResult,
  CoreParts,
  Failure,
  Money,
  Payment,
  PaymentId,
  Shop,
  TerminalId,
} from "./contract/index.ts";
import { refusal } from "./failure.ts";

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

interface Refused {
  readonly kind: "failed";
  readonly failure: Failure;
  readonly payment: Payment | null;
}

const idPattern = /^[1-9][0-9]{0,18}$/;

/** null: the shop has a till, and these can be ids of the service. */
export function refuseTerminals(shop: Shop, language: string, ...ids: readonly (string | null)[]): Refused | null {
  if (!shop.adapter.capabilities.terminals) {
    const why = `This connection (${shop.adapter.platform}) has no till, so nobody could show what a terminal took.`;
    return { kind: "failed", failure: refusal("notSupported", language, why), payment: null };
  }
  const wrong = ids.find((id) => id !== null && !idPattern.test(id));
  if (wrong == null) return null;
  const why = `"${wrong.slice(0, 40)}" is not an id of the service. Take one of the list.`;
  return { kind: "failed", failure: refusal("invalidRequest", language, why), payment: null };
}
