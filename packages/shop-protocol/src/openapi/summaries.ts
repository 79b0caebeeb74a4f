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
  terminals: ["List the payment terminals of the shop's space.", "Those that are set up."],
  terminal: [
    "Have a terminal ask the buyer to pay, go on waiting for him, or ask what came of it: the same payment at the same terminal is joined. `pending` after `wait` seconds: he is still at it; send it again, or wait for showPayment.",
    "Nothing; the payment says what came of it.",
  ],
  terminalStop: [
    "Nobody waits at the terminal any more, so that another way to pay may begin. `pending`: the device may still ask; press its red key.",
    "`stopped`, or `taken` where the buyer had paid or did meanwhile.",
  ],
  terminalReceipts: ["Fetch the terminal's slips of a payment.", "Those of the merchant and of the buyer, in Base64."],
  finalBalance: [
    "End a terminal's day. A balance newer than `after` is the answer, and nothing is triggered. `pending`: whether it was made is not known yet; send it again, which only looks, unless `again` says that a person wants it triggered once more.",
    "The balance.",
  ],
  finalBalances: ["List a terminal's final balances.", "The newest first."],
  finalBalanceSlip: ["Fetch the slip of a final balance.", "The slip in Base64."],
  return: ["The buyer is back in the shop: look once.", "Where he goes, as for start."],
};
