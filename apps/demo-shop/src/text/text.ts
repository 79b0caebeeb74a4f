import type { AddressField, Mistake } from "../address-form.ts";
import type { Language } from "../language.ts";
import type { OrderState } from "../order-state.ts";
import type { ShippingChoice } from "../prices.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";

/** Every text a buyer reads. `{name}` is replaced by `fill`. */
export interface Text {
  // everywhere
  readonly skipToContent: string;
  readonly tagline: string;
  readonly description: string;
  readonly language: string;
  readonly cart: string;
  readonly cartWithPieces: string;
  readonly demoNote: string;
  readonly forMerchants: string;
  readonly vatNote: string;
  readonly back: string;

  // products
  readonly heroTitle: string;
  readonly heroText: string;
  readonly heroAction: string;
  readonly ourProducts: string;
  readonly promiseShipping: string;
  readonly promiseReturns: string;
  readonly promisePayment: string;
  readonly pictureOf: string;
  readonly priceWithVat: string;
  readonly quantity: string;
  readonly addToCart: string;
  readonly inStock: string;
  readonly fewLeft: string;
  readonly soldOut: string;
  readonly soldOutText: string;
  readonly more: string;

  // cart
  readonly cartTitle: string;
  readonly cartEmpty: string;
  readonly cartEmptyText: string;
  readonly toProducts: string;
  readonly remove: string;
  readonly removeProduct: string;
  readonly quantityOf: string;
  readonly update: string;
  readonly discountCode: string;
  readonly discountHint: string;
  readonly apply: string;
  readonly discountApplied: string;
  readonly removeCode: string;
  readonly unknownCode: string;
  readonly toCheckout: string;
  readonly cartChanged: string;
  readonly lessThanWanted: string;

  // totals
  readonly overview: string;
  readonly subtotal: string;
  readonly discount: string;
  readonly shipping: string;
  readonly free: string;
  readonly total: string;
  readonly vatOf: string;
  readonly shippingLater: string;
  readonly each: string;

  // checkout
  readonly steps: { readonly [step in "cart" | "details" | "summary" | "payment"]: string };
  readonly stepsLabel: string;
  readonly detailsTitle: string;
  readonly contact: string;
  readonly billingAddress: string;
  readonly deliveryAddress: string;
  readonly sameAsBilling: string;
  readonly otherDelivery: string;
  readonly shippingTitle: string;
  readonly shippingHints: { readonly [choice in ShippingChoice]: string };
  readonly fields: { readonly [field in AddressField]: string };
  readonly hints: { readonly email: string; readonly phone: string };
  readonly countries: { readonly CH: string; readonly LI: string };
  readonly optional: string;
  readonly toSummary: string;
  readonly mistakesTitle: string;
  readonly mistakes: { readonly [mistake in Mistake]: string };
  readonly invalid: { readonly [field in "postcode" | "country" | "email" | "phone"]: string };
  readonly yourOrder: string;

  // summary and payment
  readonly summaryTitle: string;
  readonly change: string;
  readonly changeBilling: string;
  readonly changeDelivery: string;
  readonly changeCart: string;
  readonly shippingBy: string;
  readonly pickupAddress: string;
  readonly payNow: string;
  readonly paySecure: string;
  readonly payHints: { readonly page: string; readonly lightbox: string; readonly iframe: string };
  readonly paying: string;
  readonly payTitle: string;
  readonly payMethod: string;
  readonly payWithoutScript: string;
  readonly payOnPage: string;
  readonly backToOrder: string;

  // order
  readonly order: string;
  readonly orderFrom: string;
  readonly states: { readonly [state in OrderState]: { readonly title: string; readonly text: string } };
  /** Of a paid order while it is not decided whether it may be delivered. */
  readonly inReview: string;
  readonly confirmation: string;
  readonly left: string;
  readonly stillAsking: string;
  readonly refresh: string;
  readonly payAgain: string;
  readonly continuePayment: string;
  readonly noAnswerTitle: string;
  readonly noAnswerText: string;
  readonly refusedTitle: string;
  readonly refusedText: string;
  readonly paidWith: string;
  readonly paidBack: string;
  readonly pendingRefund: string;
  readonly testMoney: string;
  readonly keepLink: string;
  readonly bill: string;

  // account
  readonly account: string;
  readonly accountTitle: string;
  readonly storedTitle: string;
  readonly storedText: string;
  readonly storedNone: string;
  readonly storedUntil: string;
  readonly forget: string;
  readonly forgetLabel: string;
  readonly forgotten: string;
  readonly notForgotten: string;
  readonly storedNoAnswer: string;

  // what went wrong
  readonly notFoundTitle: string;
  readonly notFoundText: string;
  readonly brokenTitle: string;
  readonly brokenText: string;
  readonly forbiddenTitle: string;
  readonly forbiddenText: string;
}

const texts: Readonly<Record<Language, Text>> = { de, fr, it, en };

export function toText(language: Language): Text {
  return texts[language];
}

/** "{pieces} left" with { pieces: 3 } is "3 left". */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
