import {
  type CommandResult,
  isPaymentError,
  type Money,
  type Payment,
  PaymentError,
  type PaymentReference,
  type ShopAdapter,
  type ShopKey,
  type ShopOrder,
  type Standing,
  type Url,
} from "@checkout-plugins/core";
import type {
  Ordered,
  OrderWish,
  Press,
  ShopEntry,
  ShopFault,
  ShopHarness,
  ShopParts,
  ShopView,
  Told,
} from "../harness.ts";
import { none } from "../orders.ts";

/** One order in the books of the example shop. */
export interface Book {
  order: ShopOrder;
  revision: number;
  standing: Standing;
  paid: Money;
  refunded: Money;
  readonly entries: Map<string, ShopEntry>;
  readonly notes: Set<string>;
  readonly effects: Record<string, number>;
}

/** What a broken adapter does instead; the kit's own tests break one thing at a time. */
export interface Quirks {
  /** Makes the order show the payment. */
  show?(book: Book, payment: Payment): void;
  order?(order: ShopOrder): ShopOrder;
  tell?(result: CommandResult): Told;
  readonly deniesAll?: boolean;
  readonly forgetsRows?: boolean;
  readonly ignoresSignal?: boolean;
  readonly swallowsRefusals?: boolean;
  readonly swallowsFaults?: boolean;
}

const states = { pending: "pending", successful: "done", failed: "failed" } as const;

/** What every shop has to do with a payment: show the newest, enter each operation once, mail and note once. */
export function showInBook(book: Book, payment: Payment): void {
  if (payment.revision <= book.revision) return;
  book.revision = payment.revision;
  book.standing = payment.standing;
  book.paid = payment.completed;
  book.refunded = payment.refunded;
  for (const { key, kind, amount, state } of payment.operations) {
    if (kind === "review") continue;
    if (state === "successful" && book.entries.get(key)?.state !== "done") once(book, `${kind} booked`);
    book.entries.set(key, { kind, amount, state: states[state] });
  }
  for (const { key, detail } of payment.findings) book.notes.add(`${key}: ${detail}`);
  if (payment.standing === "paid" && book.effects["order confirmed by mail"] === undefined) {
    once(book, "order confirmed by mail");
  }
}

export function once({ effects }: Book, what: string): void {
  effects[what] = (effects[what] ?? 0) + 1;
}

function toTold(result: CommandResult): Told {
  return result.kind;
}

/** A shop in this process, with an adapter inside it: the smallest that keeps the promise. */
export function createExampleShop(parts: ShopParts, quirks: Quirks = {}): ShopHarness {
  const { shopId, core, createId } = parts;
  const books = new Map<PaymentReference, Book>();
  const faults = new Map<PaymentReference, ShopFault>();
  let slowed: (() => void)[] = [];

  const find = (reference: PaymentReference): Book => {
    const book = books.get(reference);
    if (book === undefined) throw new RangeError(`There is no order ${reference}`);
    return book;
  };
  const adapter: ShopAdapter = {
    contractVersion: 1,
    platform: "example",
    capabilities: {
      completion: "many",
      refund: "lines",
      review: true,
      storedMeans: false,
      terminals: true,
      slow: true,
      retries: "sameReference",
      enters: { completion: true, void: true, refund: true },
    },
    async showPayment(payment, _receipt, signal) {
      const fault = faults.get(payment.reference);
      if (fault === "down" || fault === "nonsense") {
        if (quirks.swallowsFaults) return { kind: "shown", receipt: null };
        throw new PaymentError("shopUnavailable", `The shop is ${fault}`, { retryable: true });
      }
      if (fault === "orderGone" || fault === "orderClosed") {
        if (quirks.swallowsRefusals) return { kind: "shown", receipt: null };
        return { kind: "refused", reason: fault, detail: `Order ${payment.reference} cannot be changed` };
      }
      if (fault === "slow" && !quirks.ignoresSignal) await slow(signal, slowed);
      const book = find(payment.reference);
      const before = book.revision;
      (quirks.show ?? showInBook)(book, payment);
      return { kind: book.revision > before ? "shown" : "unchanged", receipt: { revision: book.revision } };
    },
  };

  const order = async (given: ShopOrder, wish: OrderWish): Promise<Ordered> => {
    const reference = wish.reference ?? (createId() as PaymentReference);
    const currency = given.total.currency;
    const known = books.get(reference);
    const fresh = { revision: 0, standing: "open", paid: none(currency), refunded: none(currency) } as const;
    books.set(reference, {
      ...(known ?? { ...fresh, entries: new Map(), notes: new Set(), effects: {} }),
      order: given,
    });
    const result = await core().startPayment(shopId, {
      kind: "start",
      reference,
      order: quirks.order?.(given) ?? given,
      completion: wish.completion,
      test: wish.test,
      integration: "page",
      method: null,
      store: false,
      returnUrl: `https://shop.example.ch/orders/${reference}` as Url,
      cancelUrl: null,
    });
    const isLed = result.kind === "successful" && result.answer.kind === "redirect";
    return { reference, url: isLed ? result.answer.url : null };
  };

  const press = async ({ kind, reference, amount, lines, deleted, ...given }: Press): Promise<Told> => {
    const row = quirks.forgetsRows ? createId() : given.row;
    const rows = pressed.get(`${kind} ${reference}`) ?? new Set<string>();
    pressed.set(`${kind} ${reference}`, rows.add(row));
    const heldKeys = [...rows].filter((one) => !deleted.includes(one)).map((one) => `${reference}-${one}` as ShopKey);
    const common = { reference, shopKey: `${reference}-${row}` as ShopKey, heldKeys };
    const commands = {
      complete: { kind: "complete", ...common, amount, lines, last: "whenWhole" },
      refund: { kind: "refund", ...common, amount, lines, reason: null, offline: false },
      void: { kind: "void", ...common, whenCompleted: "refuse" },
      accept: {
        kind: "review",
        reference,
        shopKey: common.shopKey,
        decision: quirks.deniesAll ? "notSuitable" : "suitable",
      },
      deny: { kind: "review", reference, shopKey: common.shopKey, decision: "notSuitable" },
    } as const;
    try {
      return (quirks.tell ?? toTold)(await core().runCommand(shopId, commands[kind] as never));
    } catch (error) {
      if (isPaymentError(error)) return "pending";
      throw error;
    }
  };
  const pressed = new Map<string, Set<string>>();

  return {
    adapter,
    shop: {
      order,
      press,
      async read(reference): Promise<ShopView> {
        const { standing, paid, refunded, entries, notes, effects } = find(reference);
        return {
          means: [standing],
          paid,
          refunded,
          entries: [...entries.values()],
          notes: [...notes],
          effects: { ...effects },
        };
      },
      async break(fault, reference) {
        if (fault === null) faults.delete(reference);
        else faults.set(reference, fault);
        for (const goOn of slowed) goOn();
        slowed = [];
      },
    },
    close: async () => undefined,
  };
}

function slow(signal: AbortSignal, slowed: (() => void)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    slowed.push(resolve);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
