import type { CardEntry } from "../service/buyer.ts";
import type { PageTexts } from "./texts.ts";

/** What is wrong with a card, by field, as the buyer reads it. */
export interface CardProblems {
  readonly cardNumber?: string;
  readonly cardExpiry?: string;
  readonly cardCode?: string;
}

/** What the form sent, as it was typed. */
export interface CardForm {
  readonly number: string;
  readonly expiry: string;
  readonly code: string;
  readonly holder: string;
  readonly isToBeKept: boolean;
}

/** What a form sent. */
export function toCardForm(form: URLSearchParams): CardForm {
  return {
    number: form.get("cardNumber") ?? "",
    expiry: form.get("cardExpiry") ?? "",
    code: form.get("cardCode") ?? "",
    holder: form.get("cardHolder") ?? "",
    isToBeKept: form.has("keepCard"),
  };
}

export const emptyCard: CardForm & { readonly problems: CardProblems } = {
  number: "",
  expiry: "",
  code: "",
  holder: "",
  isToBeKept: false,
  problems: {},
};

/** The check digit of every card number (ISO/IEC 7812). */
export function isCardNumber(digits: string): boolean {
  if (!/^\d{12,19}$/.test(digits)) return false;
  const total = [...digits].toReversed().reduce((sum, character, index) => {
    const digit = Number(character) * (index % 2 === 0 ? 1 : 2);
    return sum + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return total % 10 === 0;
}

/** "12/30", "1230" or "12 / 2030" as "2030-12"; null when it is no month. */
export function toExpiry(typed: string): string | null {
  const match = /^\s*(0[1-9]|1[0-2])\s*\/?\s*(?:20)?(\d{2})\s*$/.exec(typed);
  return match === null ? null : `20${match[2]}-${match[1]}`;
}

export function toTypedExpiry(expiry: string): string {
  return `${expiry.slice(5)}/${expiry.slice(2, 4)}`;
}

/** @param now milliseconds */
export function checkCard(form: CardForm, texts: PageTexts, now: number): CardEntry | CardProblems {
  const number = form.number.replace(/[\s-]/g, "");
  const expiry = toExpiry(form.expiry);
  const isPast = expiry !== null && expiry < new Date(now).toISOString().slice(0, 7);
  const problems: CardProblems = {
    ...(isCardNumber(number) ? {} : { cardNumber: texts.errorCardNumber }),
    ...(expiry === null ? { cardExpiry: texts.errorExpiry } : isPast ? { cardExpiry: texts.errorExpired } : {}),
    ...(/^\d{3,4}$/.test(form.code.trim()) ? {} : { cardCode: texts.errorSecurityCode }),
  };
  if (Object.keys(problems).length > 0 || expiry === null) return problems;
  const holder = form.holder.trim() === "" ? null : form.holder.trim();
  return { number, expiry, holder, isToBeKept: form.isToBeKept };
}

export function isCardEntry(checked: CardEntry | CardProblems): checked is CardEntry {
  return "number" in checked;
}
