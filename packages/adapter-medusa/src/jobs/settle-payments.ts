import { findRuntime } from "../runtime.ts";

/** Carries the promise where no webhook and no buyer comes: what is due is looked at, and shown. */
export default async function settlePayments(): Promise<void> {
  await (await findRuntime()).settle();
}

export const config: { readonly name: string; readonly schedule: { readonly interval: number } } = {
  name: "postfinance-checkout-settle",
  // Milliseconds. A run with nothing due is one query for payments and two for each space.
  schedule: { interval: 5000 },
};
