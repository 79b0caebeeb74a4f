import type { CommandKind, CommandResult } from "@checkout-plugins/core";
import { type GatewayError, isGatewayError } from "@checkout-plugins/shop-protocol";
import type { Show } from "./door.ts";

/** The gateway gave no result. Whatever was asked may have happened: ask again, or wait to be told. */
export interface NoAnswer {
  readonly kind: "noAnswer";
  readonly error: GatewayError;
}

export interface HearParts {
  readonly show: Show;
  /** Called with every fault, for the log. */
  readonly report: (error: GatewayError) => void;
}

/** Shows the payment that comes with an answer, so that no page need wait to be told the same. */
export type Hear = <K extends CommandKind>(asked: Promise<CommandResult<K>>) => Promise<CommandResult<K> | NoAnswer>;

export function createHear({ show, report }: HearParts): Hear {
  return async (asked) => {
    try {
      const result = await asked;
      if (result.payment !== null) show(result.payment);
      return result;
    } catch (error) {
      if (!isGatewayError(error)) throw error;
      report(error);
      return { kind: "noAnswer", error };
    }
  };
}
