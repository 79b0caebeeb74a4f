import type { Json } from "@checkout-plugins/core";
import type { MockSession, MockState, SessionKind } from "./mock-state.ts";
import { toGid } from "./payments-api.ts";
import { type SenderParts, sendSession, toSessionRequest } from "./session-sender.ts";

/** What a buyer's checkout asks for. */
export interface MockCheckout {
  /** Decimal, in major units. */
  readonly amount: string;
  readonly currency: string;
  readonly kind: "sale" | "authorization";
  readonly test: boolean;
  /** Of an earlier try of the same checkout. */
  readonly group?: string;
  readonly customer: Json;
}

/** What Shopify asks of the payments app. */
export interface MockSessions {
  /** The buyer presses "pay": a payment session is sent. */
  pay(checkout: MockCheckout): Promise<MockSession>;
  /** The merchant refunds, captures or voids. The same id again is the same session, sent again. */
  followUp(
    kind: Exclude<SessionKind, "payment">,
    payment: string,
    amount: string | null,
    id?: string,
  ): Promise<MockSession>;
  /** Sends a session once more, as Shopify now and then does. */
  resend(session: string): Promise<Response | null>;
  /** The request by which a session is sent. */
  toRequest(session: Pick<MockSession, "kind" | "body">): Request;
}

export interface SessionsParts extends SenderParts {
  readonly state: MockState;
  /** Where the mock answers. */
  readonly origin: () => string;
}

/** Nothing has been answered yet. */
type NewSession = Pick<MockSession, "kind" | "id" | "body" | "payment" | "amount" | "currency">;

/** Begins sessions and sends them; `sendDue` sends again what is due by the schedule, and answers how many there were. */
export function createMockSessions(parts: SessionsParts): MockSessions & { sendDue(): Promise<number> } {
  const { now, createId, origin } = parts;
  const { sessions } = parts.state;
  const add = (given: NewSession): MockSession => {
    const unanswered = { sends: 0, isTaken: false, redirectUrl: null, reason: null, expiresOn: null };
    const session: MockSession = { ...given, ...unanswered, sendAt: now(), state: "open" };
    sessions.set(session.id, session);
    return session;
  };
  const find = (id: string): MockSession => {
    const session = sessions.get(id);
    if (session === undefined) throw new RangeError(`There is no session ${id}`);
    return session;
  };
  const toBody = (kind: SessionKind, id: string) => ({
    id,
    gid: toGid(kind, id),
    merchant_locale: "de",
    proposed_at: new Date(now()).toISOString(),
  });
  return {
    async pay({ group = createId(), ...checkout }) {
      const { amount, currency } = checkout;
      const id = createId();
      const payment_method = { type: "offsite", data: { cancel_url: `${origin()}/checkouts/${id}` } };
      const body = { ...toBody("payment", id), group, payment_method, ...checkout };
      const session = add({ kind: "payment", id, body, payment: id, amount, currency });
      await sendSession(parts, session);
      return session;
    },
    async followUp(kind, payment, amount, id = createId()) {
      const { body, currency } = find(payment);
      const money = amount === null ? {} : { amount, currency };
      const of = { payment_id: payment, test: body.test ?? false };
      const session =
        sessions.get(id) ??
        add({ kind, id, body: { ...toBody(kind, id), ...of, ...money }, payment, amount, currency });
      await sendSession(parts, session);
      return session;
    },
    resend: (id) => sendSession(parts, find(id)),
    toRequest: (session) => toSessionRequest(parts, session),
    async sendDue() {
      const due = [...sessions.values()].filter(({ sendAt }) => sendAt !== null && sendAt <= now());
      for (const session of due) await sendSession(parts, session);
      return due.length;
    },
  };
}
