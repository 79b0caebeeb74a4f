import type { CommandKind } from "@checkout-plugins/core";

/** What each command is for, and what its answer holds. */
export const summaries: Readonly<Record<CommandKind, readonly [what: string, answer: string]>> = {
  start: [
    "Begin a payment, or go on with it: the same reference is the same payment.",
    "Where the buyer goes: an address to redirect to, a script to load with its methods, or nothing to do.",
  ],
  update: ["Tell a changed cart, before the buyer has confirmed.", "Nothing."],
  methods: [
    "List the means of payment, of this cart or of the whole space.",
    "Those that are offered, and with `explain` the hidden ones, with the reason where facts prove one.",
  ],
  charge: [
    "Take money on stored means, without the buyer. The same `shopKey` never charges twice.",
    "Nothing; the payment says what came of it.",
  ],
  complete: ["Take reserved money, all of it or a part.", "The operation."],
  void: [
    "Give reserved money back; before authorization: give the payment up.",
    "The operation; null where there was nothing to send.",
  ],
  refund: ["Give money back, all of it or a part, by amount or by line.", "The operation."],
  review: ["Decide whether an order that is under review is delivered.", "The operation."],
  document: ["Fetch an invoice, a packing slip or a refund's document.", "The document in Base64."],
  stored: ["List a customer's stored means of payment.", "Those that can be charged."],
  forget: ["Delete one of a customer's stored means, for good.", "Nothing."],
  adopt: [
    "Take over a transaction that another plugin created for this order: it is watched and shown from then on.",
    "Nothing; the payment says what is known of it.",
  ],
  return: ["The buyer is back in the shop: look once.", "Where he goes, as for start."],
};
