import type { Money } from "@checkout-plugins/core";
import type { Language } from "./language.ts";

export type MailKind = "confirmed" | "cancelled" | "paymentFailed" | "refunded";

export interface Mail {
  /** Unique within the order. */
  readonly key: string;
  readonly kind: MailKind;
  readonly to: string;
  readonly orderNumber: string;
  readonly language: Language;
  /** What was paid back; null for other mails. */
  readonly amount: Money | null;
}

/**
 * The outbox. This shop sends nothing: it only keeps what it would have sent. A real shop writes the mail into a table
 * in the transaction that changes the order, and sends it from there.
 */
export interface Mails {
  send(mail: Mail): void;
  /** Newest first. */
  list(): readonly Mail[];
}

export function createMails(): Mails {
  const sent: Mail[] = [];
  return { send: (mail) => void sent.push(mail), list: () => sent.toReversed() };
}
