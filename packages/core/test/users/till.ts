/**
 * A till with a terminal on the contract, as code that compiles. A terminal payment is an attempt like any other; only
 * its first step is not an address but a call that blocks for a minute and is resumed when it times out. What it showed:
 * commands of a terminal are a family of their own beside the shop's (no buyer's step, no return), and they fit without
 * a change to Payment, because `state`, `failure` and `operations` say all that a cashier must see.
 */
import type {
  CommandResult,
  Core,
  Money,
  Payment,
  PaymentReference,
  ServiceId,
  ShopId,
  ShopOrder,
} from "../../src/index.ts";

type TerminalId = ServiceId;

/** What core is to gain: started once, resumed as often as needed, never twice on the device. */
export interface TerminalCommands {
  startOnTerminal(
    shop: ShopId,
    reference: PaymentReference,
    order: ShopOrder,
    terminal: TerminalId,
    signal: AbortSignal,
  ): Promise<TerminalOutcome>;
  /** The same transaction on the same device: the service resumes it and does not begin a second one. */
  resumeOnTerminal(shop: ShopId, reference: PaymentReference, signal: AbortSignal): Promise<TerminalOutcome>;
  readReceipts(
    shop: ShopId,
    reference: PaymentReference,
    width: number,
  ): Promise<readonly { readonly text: string; readonly printed: boolean }[]>;
  finishDay(shop: ShopId, terminal: TerminalId): Promise<{ readonly summary: ServiceId }>;
}

/** `waiting`: the device is still busy with the buyer; ask again. */
export type TerminalOutcome = { readonly kind: "done" | "waiting"; readonly payment: Payment };

export async function sell(
  commands: TerminalCommands,
  shop: ShopId,
  sale: { readonly reference: PaymentReference; readonly order: ShopOrder; readonly terminal: TerminalId },
  screen: { show(text: string): void },
  signal: AbortSignal,
): Promise<Payment> {
  let outcome = await commands.startOnTerminal(shop, sale.reference, sale.order, sale.terminal, signal);
  while (outcome.kind === "waiting") outcome = await commands.resumeOnTerminal(shop, sale.reference, signal);
  const { payment } = outcome;
  screen.show(payment.standing === "paid" ? "Paid" : (payment.failure?.publicMessage ?? "Not paid"));
  return payment;
}

/** At the counter the goods come back with the receipt: the refund is the shop's own command, with the till's key. */
export function takeBack(
  core: Core,
  shop: ShopId,
  reference: PaymentReference,
  receipt: string,
  amount: Money,
): Promise<CommandResult<"refund">> {
  return core.runCommand(shop, {
    kind: "refund",
    reference,
    shopKey: receipt as never,
    heldKeys: "all",
    amount,
    lines: null,
    reason: null,
    offline: false,
  });
}
