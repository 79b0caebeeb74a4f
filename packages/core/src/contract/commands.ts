import type {
  Instant,
  MethodId,
  Money,
  OperationKey,
  PaymentReference,
  ServiceId,
  ShopKey,
  StoredMeansId,
  Url,
} from "./ids.ts";
import type { LineAmount, ShopOrder } from "./order.ts";
import type { Failure, Operation, Payment } from "./payment.ts";
import type {
  FinalBalance,
  FinalBalanceCommand,
  FinalBalanceSlipCommand,
  FinalBalancesCommand,
  Terminal,
  TerminalCommand,
  TerminalReceipt,
  TerminalReceiptsCommand,
  TerminalStopCommand,
  TerminalsCommand,
} from "./terminals.ts";

export type Integration = "page" | "lightbox" | "iframe";

export interface Base<K extends string> {
  readonly kind: K;
  readonly reference: PaymentReference;
}

/** Keys of one kind of command for which the shop still has rows; "all" where it never deletes one. */
export type HeldKeys = readonly ShopKey[] | "all";

interface Write<K extends string> extends Base<K> {
  /** null: the platform has no id yet (Vendure) or none at all (WooCommerce void). */
  readonly shopKey: ShopKey | null;
  /**
   * While the shop does not know what came of a command of the same kind and amount: same key = same row; its row gone in
   * the shop = joined; both rows there = queued; no key to tell = refused with `oneStillOpen`.
   */
  readonly heldKeys: HeldKeys;
}

export interface Offer<K extends string> extends Base<K> {
  readonly order: ShopOrder;
  /** Shopify's kind, Saleor's actionType; `configured` leaves it to the space. */
  readonly completion: "immediate" | "deferred" | "configured";
  /** Chooses the shop's test space. */
  readonly test: boolean;
}

export interface StartCommand extends Offer<"start"> {
  /** `configured` leaves it to the shop's terms in the gateway; without them it is the page. */
  readonly integration: Integration | "configured";
  readonly method: MethodId | null;
  /**
   * Offer the buyer to keep the means of payment; `always`: keep them, because he was told that they are charged again
   * (a subscription). Only of a customer with an id.
   */
  readonly store: boolean | "always";
  /** Where the buyer comes back to. null: showPayment tells it (Shopify). */
  readonly returnUrl: Url | null;
  readonly cancelUrl: Url | null;
}
export type UpdateCommand = Base<"update"> & { readonly order: ShopOrder };
export type MethodsCommand = Base<"methods"> & {
  /** As in `start`. */
  readonly integration: Integration | "configured";
  /** null: whatever the space has set up; `reference` is not read then. */
  readonly order: ShopOrder | null;
  /** Of the names, as an IETF tag. null: the order's, and English without one. */
  readonly language: string | null;
  /** Chooses the shop's test space. */
  readonly test: boolean;
  /** Tell the hidden ones too: one request more, for a merchant's page and not for a buyer's. */
  readonly explain: boolean;
};
/**
 * Charges stored means without the buyer. The same `shopKey` never charges twice, however often it is sent; after a
 * failure another key tries again.
 */
export interface ChargeCommand extends Offer<"charge"> {
  readonly means: StoredMeansId;
  readonly shopKey: ShopKey;
}
export interface CompleteCommand extends Write<"complete"> {
  readonly amount: Money | "rest";
  readonly lines: readonly LineAmount[] | null;
  /** No further completion follows: what is left of the reservation is given back. */
  readonly last: boolean | "whenWhole";
}
export interface VoidCommand extends Write<"void"> {
  /**
   * Before authorization a void means abandon. After completion: refused, or refunded where the platform means "undo"
   * (Medusa, Vendure, Saleor).
   */
  readonly whenCompleted: "refuse" | "refund";
}
export interface RefundCommand extends Write<"refund"> {
  readonly amount: Money | "rest";
  readonly lines: readonly LineAmount[] | null;
  readonly reason: string | null;
  /** Book-keeping only: the merchant pays the buyer back himself. */
  readonly offline: boolean;
}
export interface ReviewCommand extends Base<"review"> {
  readonly shopKey: ShopKey | null;
  readonly decision: "suitable" | "notSuitable";
}
export type DocumentCommand = Base<"document"> & {
  readonly document: "invoice" | "packingSlip" | { readonly refund: OperationKey };
};
export interface StoredCommand {
  readonly kind: "stored";
  readonly customer: string;
  /** Chooses the shop's test space. */
  readonly test: boolean;
}
export interface ForgetCommand {
  readonly kind: "forget";
  readonly customer: string;
  readonly means: StoredMeansId;
  /** Chooses the shop's test space. */
  readonly test: boolean;
}
/**
 * A transaction that another plugin created for this order becomes an attempt of this payment. Sent again it changes
 * nothing; one that the service does not have, that is of another order, or was refunded already is refused. Its lines
 * are that plugin's: complete and refund it by amount.
 */
export interface AdoptCommand extends Base<"adopt"> {
  readonly order: ShopOrder;
  readonly transaction: ServiceId;
  /** What that plugin may have called this order: one of them must be the transaction's merchant reference. */
  readonly knownAs: readonly string[];
  /** Chooses the shop's test space. */
  readonly test: boolean;
}

/** The buyer is back: look once, and say where he goes. */
export type ReturnCommand = Base<"return">;

export interface Commands {
  start: StartCommand;
  update: UpdateCommand;
  methods: MethodsCommand;
  charge: ChargeCommand;
  complete: CompleteCommand;
  void: VoidCommand;
  refund: RefundCommand;
  review: ReviewCommand;
  document: DocumentCommand;
  stored: StoredCommand;
  forget: ForgetCommand;
  adopt: AdoptCommand;
  return: ReturnCommand;
  terminals: TerminalsCommand;
  terminal: TerminalCommand;
  terminalStop: TerminalStopCommand;
  terminalReceipts: TerminalReceiptsCommand;
  finalBalance: FinalBalanceCommand;
  finalBalances: FinalBalancesCommand;
  finalBalanceSlip: FinalBalanceSlipCommand;
}
export type CommandKind = keyof Commands;
export type ShopCommand = Commands[CommandKind];

export interface Method {
  readonly id: MethodId;
  readonly name: string;
  /** For the buyer, as the merchant wrote it; null: nothing. */
  readonly description: string | null;
  readonly image: Url | null;
  /** In which it can be paid; empty: the service names none, so any may do. */
  readonly currencies: readonly string[];
}
/** A method that the space has and this cart is not offered. */
export interface HiddenMethod extends Method {
  /**
   * `inactive`: it is switched off. `currency`: it does not take this one. Only what facts prove; null: the service does
   * not say why.
   */
  readonly reason: "inactive" | "currency" | null;
}
export interface Methods {
  /** In the merchant's order. */
  readonly offered: readonly Method[];
  /** Empty where it was not asked for. */
  readonly hidden: readonly HiddenMethod[];
}
export interface StoredMeans {
  readonly id: StoredMeansId;
  /** Masked, such as "Visa 4111 11** **** 1111". */
  readonly label: string;
  /** null: the service does not tell. */
  readonly method: MethodId | null;
  readonly image: Url | null;
  readonly expiresOn: Instant | null;
}

/** In Base64, with its type. */
export interface Rendered {
  readonly mimeType: string;
  readonly title: string;
  readonly base64: string;
}

/** Where the buyer goes next. */
export type BuyerStep =
  | { readonly kind: "redirect"; readonly url: Url }
  | {
      readonly kind: "script";
      readonly integration: "lightbox" | "iframe";
      readonly url: Url;
      readonly methods: readonly Method[];
    }
  /** Paid already, or nothing to pay. */
  | { readonly kind: "nothingToDo" };

export interface Answers {
  start: BuyerStep;
  update: null;
  methods: Methods;
  charge: null;
  complete: Operation;
  void: Operation | null;
  refund: Operation;
  review: Operation;
  document: Rendered;
  stored: readonly StoredMeans[];
  forget: null;
  adopt: null;
  return: BuyerStep;
  terminals: readonly Terminal[];
  terminal: null;
  /** `taken`: the buyer had paid, or did meanwhile. */
  terminalStop: "stopped" | "taken";
  terminalReceipts: readonly TerminalReceipt[];
  finalBalance: FinalBalance;
  /** Newest first. */
  finalBalances: readonly FinalBalance[];
  finalBalanceSlip: Rendered;
}

/** What the service may rightly answer. Faults are thrown as PaymentError instead. */
export type CommandResult<K extends CommandKind = CommandKind> =
  | { readonly kind: "successful"; readonly answer: Answers[K]; readonly payment: Payment | null }
  /** Not known yet. Tell the shop pending, never failed; showPayment brings the outcome. */
  | { readonly kind: "pending"; readonly operation: OperationKey | null; readonly payment: Payment | null }
  | { readonly kind: "failed"; readonly failure: Failure; readonly payment: Payment | null };

/** Correlated, so that `switch (done.kind)` narrows command and result together. */
export type Done = {
  [K in CommandKind]: { readonly kind: K; readonly command: Commands[K]; readonly result: CommandResult<K> };
}[CommandKind];
