import type { Operation, Payment } from "@checkout-plugins/core";
import type { Language } from "../language.ts";
import type { MailKind } from "../mails.ts";
import type { OrderState } from "../order-state.ts";
import type { Settings } from "../settings.ts";
import type { WishMistake } from "../wishes.ts";
import { de } from "./merchant-de.ts";
import { en } from "./merchant-en.ts";
import { fr } from "./merchant-fr.ts";
import { it } from "./merchant-it.ts";

/** Every text a merchant reads. */
export interface MerchantText {
  readonly title: string;
  readonly openNote: string;
  readonly toShop: string;

  // the list
  readonly orders: string;
  readonly noOrders: string;
  readonly number: string;
  readonly date: string;
  readonly customer: string;
  readonly noCustomer: string;
  readonly state: string;
  readonly total: string;
  readonly method: string;
  readonly findings: string;
  readonly states: { readonly [state in OrderState]: string };

  // settings and mails
  readonly settings: string;
  readonly integration: string;
  readonly integrations: { readonly [integration in Settings["integration"]]: string };
  readonly completion: string;
  readonly completions: { readonly [completion in Settings["completion"]]: string };
  readonly save: string;
  readonly mails: string;
  readonly noMails: string;
  readonly mailKinds: { readonly [kind in MailKind]: string };

  // the till
  readonly till: {
    readonly title: string;
    readonly terminal: string;
    readonly notReady: string;
    readonly choose: string;
    readonly noTerminals: string;
    readonly noAnswer: string;
    readonly openOrders: string;
    readonly noOrders: string;
    readonly start: string;
    readonly waitingTitle: string;
    readonly waitingText: string;
    readonly goOn: string;
    readonly stop: string;
    readonly stoppedTitle: string;
    readonly stoppedText: string;
    readonly paidTitle: string;
    readonly paidText: string;
    readonly tipText: string;
    readonly openTitle: string;
    readonly openText: string;
    readonly receipts: string;
    readonly receiptsFor: { readonly merchant: string; readonly buyer: string; readonly other: string };
    readonly printed: string;
    readonly noReceipts: string;
    readonly back: string;
    readonly toOrder: string;
    readonly day: string;
    readonly dayText: string;
    readonly endDay: string;
    readonly dayUnknown: string;
    readonly lookAgain: string;
    readonly dayAgain: string;
    readonly days: string;
    readonly noDays: string;
    readonly payments: string;
    readonly slip: string;
  };

  // one order
  readonly allOrders: string;
  readonly asBuyer: string;
  readonly lines: string;
  readonly payment: string;
  readonly noPayment: string;
  readonly serviceState: string;
  readonly environment: string;
  readonly environments: { readonly [environment in Payment["environment"]]: string };
  readonly mayShip: string;
  readonly yes: string;
  readonly no: string;
  readonly authorized: string;
  readonly completed: string;
  readonly refunded: string;
  readonly failsOn: string;
  readonly completesOn: string;
  readonly invoice: string;
  readonly invoices: { readonly [state in NonNullable<Payment["invoice"]>["state"]]: string };
  readonly failure: string;
  /** Of a failure without a code: the gateway refused to take the request, or its answer could not be read. */
  readonly notAccepted: string;
  /** Before what the service or the gateway said of this very case, in English. */
  readonly ownWords: string;
  readonly attempts: string;
  readonly governs: string;
  readonly superseded: string;
  readonly transaction: string;
  readonly noTransaction: string;
  readonly findingsTitle: string;
  /** Of an order whose goods must not go out; and of the money that is still there. */
  readonly declinedText: string;
  readonly declinedRefund: string;
  readonly whatToDo: string;
  readonly whomToCall: string;

  // whom to ask about the money
  readonly call: {
    readonly title: string;
    readonly about: string;
    readonly only: string;
    readonly noContact: string;
    readonly asOf: string;
    /** Of a method for which nobody is named: where to look, and that the contact below is PostFinance's. */
    readonly unknown: string;
  };

  // what can be done
  readonly actions: string;
  readonly noActions: string;
  readonly complete: string;
  readonly completeText: string;
  readonly completeAll: string;
  readonly completePart: string;
  readonly last: string;
  readonly release: string;
  readonly releaseText: string;
  readonly cancel: string;
  readonly cancelText: string;
  readonly refund: string;
  readonly refundText: string;
  readonly refundAll: string;
  readonly refundLines: string;
  readonly refundAmount: string;
  readonly pieces: string;
  readonly ofPieces: string;
  readonly amount: string;
  readonly reason: string;
  readonly review: string;
  readonly reviewText: string;
  readonly decideBy: string;
  readonly accept: string;
  readonly refuse: string;
  readonly oneOpen: string;
  readonly mistakes: { readonly [mistake in WishMistake]: string };

  // what was done
  readonly operations: string;
  readonly noOperations: string;
  readonly kinds: { readonly [kind in Operation["kind"]]: string };
  readonly origin: string;
  readonly origins: { readonly [origin in Operation["origin"]]: string };
  readonly result: string;
  readonly results: { readonly [state in Operation["state"] | "unknown"]: string };
  readonly unknownText: string;
  readonly pendingText: string;
  readonly askAgain: string;
}

const texts: Readonly<Record<Language, MerchantText>> = { de, fr, it, en };

export function toMerchantText(language: Language): MerchantText {
  return texts[language];
}
