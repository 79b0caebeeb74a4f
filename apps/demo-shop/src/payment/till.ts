import type {
  Attempt,
  CommandKind,
  CommandResult,
  FinalBalanceId,
  Payment,
  SlipLayout,
  TerminalId,
} from "@checkout-plugins/core";
import type { GatewayClient } from "@checkout-plugins/shop-protocol";
import type { Order } from "../orders.ts";
import { toReference, toShopOrder } from "./checkout.ts";
import { createHear, type HearParts, type NoAnswer } from "./hear.ts";

export interface TillParts extends HearParts {
  readonly gateway: GatewayClient;
  readonly isTest: boolean;
}

type Heard<K extends CommandKind> = Promise<CommandResult<K> | NoAnswer>;

/** What a cashier asks the gateway. All of it is safe to repeat. */
export interface Till {
  terminals(): Heard<"terminals">;
  /**
   * Has the terminal ask the buyer, or goes on waiting for him. `pending`: he is at it, and the door is told what comes
   * of it; the page need not wait.
   */
  sell(order: Order, terminal: TerminalId): Heard<"terminal">;
  /** Nobody waits at the terminal any more. What the buyer pays all the same is kept. */
  stop(order: Order): Heard<"terminalStop">;
  receipts(order: Order): Heard<"terminalReceipts">;
  /** Ends the day once, whoever presses and however often; `after` is the newest balance he has seen. */
  endDay(terminal: TerminalId, after: FinalBalanceId | null, again: boolean): Heard<"finalBalance">;
  days(terminal: TerminalId): Heard<"finalBalances">;
  slip(balance: FinalBalanceId): Heard<"finalBalanceSlip">;
}

/** Millimetres of a till's paper. */
const paper: SlipLayout = { format: "pdf", width: 80 };

export function createTill({ gateway, isTest: test, ...parts }: TillParts): Till {
  const hear = createHear(parts);
  return {
    terminals: () => hear(gateway.run({ kind: "terminals", test })),
    sell: (order, terminal) =>
      hear(
        gateway.run({
          kind: "terminal",
          reference: toReference(order),
          order: toShopOrder(order),
          completion: "immediate",
          test,
          terminal,
          wait: 2,
        }),
      ),
    stop: (order) => hear(gateway.run({ kind: "terminalStop", reference: toReference(order) })),
    receipts: (order) => hear(gateway.run({ kind: "terminalReceipts", reference: toReference(order), ...paper })),
    endDay: (terminal, after, again) => hear(gateway.run({ kind: "finalBalance", terminal, test, after, again })),
    days: (terminal) => hear(gateway.run({ kind: "finalBalances", terminal, test })),
    slip: (balance) => hear(gateway.run({ kind: "finalBalanceSlip", balance, test, ...paper })),
  };
}

/** Where a payment that is open may be asked for; null: at no terminal. */
export function terminalOf(payment: Payment | null): NonNullable<Attempt["terminal"]> | null {
  return payment?.standing === "open" ? (payment.governing?.terminal ?? null) : null;
}
