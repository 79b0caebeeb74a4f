/**
 * An accounting system that books a shop's orders at night on the contract, as code that compiles: one order may have
 * several payments (siblings: a first one that failed for good, or an amount owed later), each with documents that exist
 * only at certain moments. What it showed: a payment carries its order's group, so that who is shown it can add up; a
 * document that is not there yet is an answer with a reason and not an error; and what was undone must be booked back by
 * the key it was booked under.
 */
import type {
  Commands,
  Core,
  Json,
  Money,
  OperationKey,
  OrderGroup,
  Payment,
  PaymentReference,
  Rendered,
  ShopAdapter,
  ShopId,
  Shown,
} from "../../src/index.ts";
import { add, subtract, zero } from "../../src/index.ts";

/** What is booked of one payment. */
export interface Entry {
  readonly reference: PaymentReference;
  readonly revision: number;
  /** Taken and not given back. */
  readonly balance: Money;
  readonly refunds: readonly OperationKey[];
}

export interface Ledger {
  readonly orders: Map<OrderGroup | PaymentReference, Map<PaymentReference, Entry>>;
}

function toEntry({ reference, revision, completed, refunded, operations }: Payment): Entry {
  const done = operations.filter(({ kind, state }) => kind === "refund" && state === "successful");
  return { reference, revision, balance: subtract(completed, refunded), refunds: done.map(({ key }) => key) };
}

/** Shown like a shop: the entry replaces the one of the last revision, so that what was undone is gone from it. */
export function createLedgerAdapter(ledger: Ledger, base: Omit<ShopAdapter, "showPayment">): ShopAdapter {
  return {
    ...base,
    async showPayment(payment): Promise<Shown<Json>> {
      const order = payment.group ?? payment.reference;
      const entries = ledger.orders.get(order) ?? new Map<PaymentReference, Entry>();
      const known = entries.get(payment.reference);
      if (known !== undefined && known.revision >= payment.revision) return { kind: "unchanged", receipt: null };
      ledger.orders.set(order, entries.set(payment.reference, toEntry(payment)));
      return { kind: "shown", receipt: null };
    },
  };
}

/** What came in for one order, over all of its payments. */
export function toIncome(entries: Iterable<Entry>, currency: Money["currency"]): Money {
  return [...entries].reduce((all, { balance }) => add(all, balance), zero(currency));
}

/** The papers of a payment that exist by now. What does not exist yet is asked for again tomorrow. */
export async function fetchPapers(
  core: Core,
  shop: ShopId,
  { reference, refunds }: Entry,
): Promise<{ readonly papers: readonly Rendered[]; readonly missing: readonly string[] }> {
  const wanted: Commands["document"]["document"][] = ["invoice", ...refunds.map((refund) => ({ refund }))];
  const papers: Rendered[] = [];
  const missing: string[] = [];
  for (const document of wanted) {
    const result = await core.runCommand(shop, { kind: "document", reference, document });
    if (result.kind === "successful") papers.push(result.answer);
    else missing.push(result.kind === "failed" ? result.failure.merchantMessage : "It is being made.");
  }
  return { papers, missing };
}
