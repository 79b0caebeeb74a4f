import type {
  Core,
  HostedShopAdapter,
  LineAmount,
  Money,
  PaymentReference,
  ShopAdapter,
  ShopCommand,
  ShopId,
  ShopOrder,
  Standing,
} from "@checkout-plugins/core";
import type { AdapterBench } from "./bench.ts";

/** What the suite gives the shop of one case. */
export interface ShopParts {
  readonly shopId: ShopId;
  /**
   * The gateway, for a shop that calls it over HTTP: the adapter reads the request, core runs the command, the adapter
   * writes the answer; a PaymentError is answered as `{ error: { code, message, publicMessage, retryable } }`. Rejects
   * like `fetch` when the case cuts the connection, which may be after the effect.
   */
  readonly gateway: typeof globalThis.fetch;
  /** Core itself, for an adapter that lives in the shop's own server. Asked anew each time: the suite kills processes. */
  readonly core: () => Core;
  /** Milliseconds since 1970. Stands still until the suite moves it. */
  readonly now: () => number;
  readonly createId: () => string;
}

/** A fresh shop with nothing in it, and the adapter connected to it. */
export interface ShopHarness {
  readonly adapter: ShopAdapter | HostedShopAdapter;
  readonly shop: ShopProbe;
  /**
   * What somebody sends to the gateway who is not this shop, or who changed what it sent. Only for hosted adapters, and
   * needed for them.
   */
  forge?(command: ShopCommand, how: Forgery): Promise<Request>;
  /** What the shop's server does by its own timer, beside all that is due in core. Only for an adapter that lives in it. */
  work?(): Promise<void>;
  /**
   * The process was killed: what it held in memory, its own locks too, is gone, and what it had begun is never gone on
   * with. Needed for an adapter that lives in the shop's server, which dies with core.
   */
  restart?(): Promise<void>;
  close(): Promise<void>;
}

/** `genuine` is what the shop itself would send; `stale` was signed an hour ago. */
export type Forgery = "genuine" | "unsigned" | "wrongSecret" | "stale" | "altered";

/**
 * The shop itself: its buyer, its merchant, and what is written in its own books. Never through the adapter: read the
 * shop's own tables, pages or API.
 */
export interface ShopProbe {
  /** The buyer orders this and presses "pay"; the shop does what it then does. The same `group` is the same order. */
  order(order: ShopOrder, wish: OrderWish): Promise<Ordered>;
  /** The merchant presses a button; answers what the shop tells him. Unknown is `pending`, never `failed`. */
  press(press: Press): Promise<Told>;
  read(reference: PaymentReference): Promise<ShopView>;
  /** Breaks something, or with null mends everything. */
  break(fault: ShopFault | null, reference: PaymentReference): Promise<void>;
}

export interface OrderWish {
  /** Of an order that is there already: its cart changed, or it is paid again. null: a new order. */
  readonly reference: PaymentReference | null;
  readonly completion: "immediate" | "deferred";
  readonly test: boolean;
}

export interface Ordered {
  readonly reference: PaymentReference;
  /** Where the shop sends its buyer; null where it could not. */
  readonly url: string | null;
}

export interface Press {
  /** `accept` and `deny` decide what must be checked before it ships; only where the capabilities have `review`. */
  readonly kind: "complete" | "refund" | "void" | "accept" | "deny";
  readonly reference: PaymentReference;
  readonly amount: Money | "rest";
  readonly lines: readonly LineAmount[] | null;
  /** The name of the shop's own row of it. The same name is the same row, pressed again. */
  readonly row: string;
  /** Rows of this kind that the shop has deleted since: it no longer holds them. */
  readonly deleted: readonly string[];
}

export type Told = "successful" | "pending" | "failed";

/**
 * - `down`: it does not answer. `slow`: it takes the payment and does not answer until it is mended.
 * - `nonsense`: it answers something that is none of its answers.
 * - `orderGone`: a person deleted the order. `orderClosed`: it can no longer be changed.
 */
export type ShopFault = "down" | "slow" | "nonsense" | "orderGone" | "orderClosed";

/** One order as the shop has it. */
export interface ShopView {
  /** What its state means. Several where the shop has one word for them; what is `paid` must mean nothing else. */
  readonly means: readonly Standing[];
  /** Taken from the buyer. */
  readonly paid: Money;
  readonly refunded: Money;
  readonly entries: readonly ShopEntry[];
  /** What people read at the order. */
  readonly notes: readonly string[];
  /** How often each thing was done that must be done once: mails sent, stock taken, bookings made. */
  readonly effects: Readonly<Record<string, number>>;
}

/** A completion, void or refund in the shop's books, whoever started it. */
export interface ShopEntry {
  readonly kind: "completion" | "void" | "refund";
  readonly amount: Money | null;
  readonly state: "pending" | "done" | "failed";
}

/** A case that this adapter cannot pass, why, and the test of what happens instead. Fails when the case passes after all. */
export interface Deviation {
  readonly reason: string;
  /** With a fresh shop of its own, as the case would have had. */
  readonly test: (bench: AdapterBench) => Promise<void>;
}

export interface ShopAdapterUnderTest {
  /** Called for each case. */
  createHarness(parts: ShopParts): Promise<ShopHarness>;
  /** By the name of the case. */
  readonly deviations?: Readonly<Record<string, Deviation>>;
}
