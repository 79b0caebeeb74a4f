import type { LineItem } from "@checkout-plugins/client";
import fc from "fast-check";
import type { Decimal, Money } from "../src/contract/ids.ts";
import type { LineAmount } from "../src/contract/order.ts";
import { toMoney } from "../src/money.ts";
import { read, write } from "./service-lines.ts";

/** What a merchant does with one line: nothing, all of it, some of its pieces at their price, or a part of its amount. */
interface Wish {
  readonly kind: "nothing" | "all" | "pieces" | "amount" | "allPiecesForLess";
  /** Per thousand of what is left. */
  readonly share: number;
}

/** Some completions or refunds, one after the other; each has a wish for up to twelve lines. */
export const sequences: fc.Arbitrary<readonly (readonly Wish[])[]> = fc.array(
  fc.array(
    fc.record<Wish>({
      kind: fc.constantFrom("nothing", "all", "pieces", "amount", "allPiecesForLess"),
      share: fc.integer({ min: 0, max: 1000 }),
    }),
    { minLength: 12, maxLength: 12 },
  ),
  { maxLength: 5 },
);

export const everything: readonly Wish[] = [{ kind: "all", share: 0 }];

/** The shop's books: what is left of each line. */
export type Books = ReadonlyMap<string, { readonly quantity: bigint; readonly minor: number }>;

export function toBooks(lines: readonly LineItem[], currency: string): Books {
  return new Map(
    lines.map((line) => [
      line.uniqueId,
      { quantity: read(line.quantity), minor: toMoney(line.amountIncludingTax, currency).minor },
    ]),
  );
}

export function book(books: Books, parts: readonly LineAmount[]): Books {
  const next = new Map(books);
  for (const { id, quantity, amount } of parts) {
    const line = next.get(id) ?? { quantity: 0n, minor: 0 };
    next.set(id, { quantity: line.quantity - read(quantity), minor: line.minor - amount.minor });
  }
  return next;
}

export function toParts(books: Books, wishes: readonly Wish[], currency: Money["currency"]): readonly LineAmount[] {
  return [...books].flatMap(([id, { quantity, minor }], index) => {
    const { kind, share } = wishes[index % wishes.length] ?? { kind: "nothing", share: 0 };
    const part = (pieces: bigint, units: number): LineAmount[] => [
      { id, quantity: write(pieces) as Decimal, amount: { minor: units === 0 ? 0 : units, currency } },
    ];
    const someUnits = Math.trunc((minor * share) / 1000);
    if (kind === "nothing") return [];
    if (kind === "all") return part(quantity, minor);
    if (kind === "amount") return part(0n, someUnits);
    if (kind === "allPiecesForLess") return part(quantity, someUnits);
    const pieces = (quantity * BigInt(share)) / 1000n;
    return part(pieces, quantity === 0n ? 0 : Number((pieces * BigInt(minor)) / quantity));
  });
}

export function sumOf(parts: readonly LineAmount[]): number {
  return parts.reduce((total, { amount }) => total + amount.minor, 0);
}
