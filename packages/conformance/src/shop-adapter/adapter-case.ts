import type { ShopCapabilities } from "@checkout-plugins/core";
import { expect } from "vitest";
import type { AdapterBench, Begun } from "./bench.ts";
import type { ShopEntry, ShopView } from "./harness.ts";

/** One promise, and how it is proved. */
export interface AdapterCase {
  readonly name: string;
  readonly run: (bench: AdapterBench) => Promise<void>;
  /** What of the capabilities this promise needs; where they lack it there is nothing to promise. Default: none. */
  readonly needs?: (capabilities: ShopCapabilities) => boolean;
  /** Is it a promise of hosted adapters only? Default: no. */
  readonly hosted?: boolean;
}

export const completes = ({ completion }: ShopCapabilities): boolean => completion !== "none";
export const refundsParts = ({ refund }: ShopCapabilities): boolean => refund === "amount" || refund === "lines";

export type CaseGroup = readonly [name: string, cases: readonly AdapterCase[]];

/** What the shop shows of this order; everything but what it does not matter. */
export async function expectShown(
  bench: AdapterBench,
  begun: Begun,
  expected: Partial<Pick<ShopView, "paid" | "refunded">> & { readonly as: ShopView["means"][number] },
): Promise<void> {
  const { as, ...amounts } = expected;
  const view = await bench.view(begun);
  expect(view.means, "what the shop's state means").toContain(as);
  if (as !== "paid") expect(view.means, "what the shop's state means").not.toContain("paid");
  expect(view).toMatchObject(amounts);
}

export async function entriesOf(
  bench: AdapterBench,
  begun: Begun,
  kind: ShopEntry["kind"],
): Promise<readonly ShopEntry[]> {
  return (await bench.view(begun)).entries.filter((one) => one.kind === kind);
}
