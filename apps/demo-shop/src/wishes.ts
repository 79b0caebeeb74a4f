import { type Decimal, type LineAmount, type ShopKey, toMoney } from "@checkout-plugins/core";
import { type Rappen, toChf } from "./money.ts";
import type { Order, Wish } from "./orders.ts";
import { toReference } from "./payment/checkout.ts";
import { type AmountLeft, amountOf, toPossible } from "./possible.ts";

export type WishMistake = "notPossible" | "nothingChosen" | "notAnAmount" | "tooMuch";
type Form = Readonly<Record<string, string>>;
type Read = { readonly wish: Wish } | { readonly mistake: WishMistake };

export const wishKinds = ["complete", "void", "refund", "review"] as const;
export type WishKind = (typeof wishKinds)[number];

export function isWishKind(value: unknown): value is WishKind {
  return wishKinds.some((kind) => kind === value);
}

/**
 * What a merchant's form asks for, as a command of the contract, or what is wrong with it. `form.key` was made with the
 * form, so a form that is sent twice is one wish.
 */
export function readWish(order: Order, kind: WishKind, form: Form): Read {
  const possible = toPossible(order);
  const base = { reference: toReference(order), shopKey: (form.key ?? "") as ShopKey };
  const write = { ...base, heldKeys: "all" } as const;
  if (base.shopKey === "") return { mistake: "notPossible" };
  switch (kind) {
    case "void":
      return possible.void === null
        ? { mistake: "notPossible" }
        : { wish: { kind, ...write, whenCompleted: "refuse" } };
    case "review":
      return possible.review && (form.decision === "suitable" || form.decision === "notSuitable")
        ? { wish: { kind, ...base, decision: form.decision } }
        : { mistake: "notPossible" };
    case "complete": {
      const part = readPart(possible.complete, form);
      if ("mistake" in part) return part;
      const last = form.part === "all" || form.last === "yes" ? true : "whenWhole";
      return { wish: { kind, ...write, ...part, last } };
    }
    case "refund": {
      const part = readPart(possible.refund, form);
      if ("mistake" in part) return part;
      const reason = (form.reason ?? "").trim().slice(0, 200);
      return { wish: { kind, ...write, ...part, reason: reason === "" ? null : reason, offline: false } };
    }
  }
}

type Part = Pick<Extract<Wish, { kind: "refund" }>, "amount" | "lines">;

function readPart(left: AmountLeft | null, form: Form): Part | { readonly mistake: WishMistake } {
  if (left === null) return { mistake: "notPossible" };
  if (form.part === "all") return { amount: "rest", lines: null };
  if (form.part === "amount") {
    const amount = parseAmount(form.amount ?? "");
    if (amount === null || amount <= 0) return { mistake: "notAnAmount" };
    return amount > left.rest ? { mistake: "tooMuch" } : { amount: toChf(amount), lines: null };
  }
  const chosen = left.lines.flatMap((line) => {
    const pieces = Math.min(Math.trunc(Number(form[`pieces.${line.line.id}`])) || 0, line.pieces);
    return pieces > 0 ? [{ id: line.line.id, pieces, amount: amountOf(line, pieces) }] : [];
  });
  const total = chosen.reduce((sum, { amount }) => sum + amount, 0);
  if (chosen.length === 0 || total <= 0) return { mistake: "nothingChosen" };
  if (total > left.rest) return { mistake: "tooMuch" };
  const lines = chosen.map(
    ({ id, pieces, amount }): LineAmount => ({ id, quantity: String(pieces) as Decimal, amount: toChf(amount) }),
  );
  return { amount: toChf(total), lines };
}

/** "12.50", "12,5" or "1’200" francs in Rappen; null for anything else. */
export function parseAmount(typed: string): Rappen | null {
  const decimal = typed.replace(/CHF|[\s'’]/g, "").replace(",", ".");
  return /^\d{1,7}(?:\.\d{1,2})?$/.test(decimal) ? toMoney(decimal.replace(/^0+(?=\d)/, ""), "CHF").minor : null;
}
