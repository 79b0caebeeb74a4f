import type { Base, Offer, Rendered } from "./commands.ts";
import type { FinalBalanceId, Instant, Money, Seconds, TerminalId } from "./ids.ts";

/**
 * The buyer pays at a terminal. Begins it, goes on with it and asks for its outcome: the same payment at the same terminal
 * is joined, whoever began it. While it may still be asked there, it is refused elsewhere (`oneStillOpen`); stop it first.
 */
export interface TerminalCommand extends Offer<"terminal"> {
  readonly terminal: TerminalId;
  /** How long the caller can wait for the buyer, 0 to 45 seconds; after it the answer is `pending`, and the waiting goes on. */
  readonly wait: Seconds;
}
/**
 * Nobody waits for the buyer at the terminal any more, so the payment may be begun another way. What he pays before he
 * sees it is taken all the same, and is the answer. The service cannot stop the device: while it may still be asking, the
 * answer is `pending`, and the red key on it ends that. Whoever takes cash instead sends `void`: that pays it back.
 */
export type TerminalStopCommand = Base<"terminalStop">;
/** How a slip is printed. `width`: characters of a line (text) or millimetres of paper (pdf). */
export interface SlipLayout {
  readonly format: "pdf" | "text";
  readonly width: number;
}
export type TerminalReceiptsCommand = Base<"terminalReceipts"> & SlipLayout;
export interface TerminalsCommand {
  readonly kind: "terminals";
  /** Chooses the shop's test space. */
  readonly test: boolean;
}
interface OfTerminal<K extends string> {
  readonly kind: K;
  readonly terminal: TerminalId;
  /** Chooses the shop's test space. */
  readonly test: boolean;
}
/**
 * Ends the terminal's day. It takes no key at the service, so it names what its caller knows: a balance newer than `after`
 * is the answer, and nothing is triggered. One whose outcome is not known is never triggered again by a repeat.
 */
export interface FinalBalanceCommand extends OfTerminal<"finalBalance"> {
  /** The newest balance that the caller has seen; null: none. */
  readonly after: FinalBalanceId | null;
  /** A person has looked into the list and wants it triggered again, although the outcome of the last one is not known. */
  readonly again: boolean;
}
export type FinalBalancesCommand = OfTerminal<"finalBalances">;
export type FinalBalanceSlipCommand = Omit<OfTerminal<"finalBalanceSlip">, "terminal"> &
  SlipLayout & { readonly balance: FinalBalanceId };

export interface Terminal {
  readonly id: TerminalId;
  /** The terminal id (TID) that the device shows. */
  readonly identifier: string | null;
  /** As the merchant calls it; its identifier or id where he gave it no name. */
  readonly name: string;
  /** The only one it takes; null: the service does not say. */
  readonly currency: string | null;
  /** Set up, and a device is linked. Whether that is switched on the service does not say. */
  readonly isReady: boolean;
}
export interface TerminalReceipt extends Rendered {
  /** Whom it is for; null: the service names neither. */
  readonly for: "merchant" | "buyer" | null;
  /** The device has printed it already. */
  readonly isPrinted: boolean;
}
export interface FinalBalance {
  readonly id: FinalBalanceId;
  readonly terminal: TerminalId;
  readonly startedOn: Instant | null;
  readonly endedOn: Instant | null;
  readonly count: number;
  /** One for each currency. */
  readonly totals: readonly Money[];
  readonly brands: readonly {
    readonly name: string;
    readonly count: number;
    readonly amount: Money;
    /** Part of the amount. */
    readonly tip: Money;
  }[];
}
