import type { Commands, ShopKey } from "../contract/index.ts";
import { reference } from "./bench.ts";
import { chf } from "./rows.ts";

/** The shop has this one row, or none where it gives no key. */
function withKey(name: string | null): Pick<Commands["refund"], "reference" | "shopKey" | "heldKeys"> {
  const shopKey = name as ShopKey | null;
  return { reference, shopKey, heldKeys: shopKey === null ? "all" : [shopKey] };
}

/** Completes the rest. */
export function aComplete(key: string | null, changes: Partial<Commands["complete"]> = {}): Commands["complete"] {
  return { kind: "complete", ...withKey(key), amount: "rest", lines: null, last: "whenWhole", ...changes };
}

/** Gives CHF 10 back. */
export function aRefund(key: string | null, changes: Partial<Commands["refund"]> = {}): Commands["refund"] {
  return { kind: "refund", ...withKey(key), amount: chf(1000), lines: null, reason: null, offline: false, ...changes };
}

export function aVoid(key: string | null, changes: Partial<Commands["void"]> = {}): Commands["void"] {
  return { kind: "void", ...withKey(key), whenCompleted: "refuse", ...changes };
}

export function aReview(decision: Commands["review"]["decision"], key: string): Commands["review"] {
  return { kind: "review", reference, shopKey: key as ShopKey, decision };
}
