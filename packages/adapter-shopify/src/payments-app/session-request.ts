import { PaymentError } from "@checkout-plugins/core";
import { z } from "zod";

type Text = string | null | undefined;

/** Of a buyer; Shopify leaves out what it does not know. */
export interface SessionAddress {
  readonly given_name?: Text;
  readonly family_name?: Text;
  readonly company?: Text;
  readonly line1?: Text;
  readonly line2?: Text;
  readonly city?: Text;
  readonly postal_code?: Text;
  readonly province?: Text;
  readonly country_code?: Text;
  readonly phone_number?: Text;
}

interface Session {
  readonly id: string;
  readonly gid: string;
}

/** The buyer wants to pay. */
export interface PaymentSession extends Session {
  /** The same for every try of one checkout. */
  readonly group: string;
  /** Major units, "123.00". */
  readonly amount: string;
  readonly currency: string;
  readonly test: boolean;
  readonly kind: "sale" | "authorization";
  readonly merchant_locale?: Text;
  readonly payment_method?: { readonly data?: { readonly cancel_url?: Text } | null | undefined } | null | undefined;
  /** Missing for draft orders. */
  readonly customer?:
    | {
        readonly email?: Text;
        readonly locale?: Text;
        readonly billing_address?: SessionAddress | null | undefined;
        readonly shipping_address?: SessionAddress | null | undefined;
      }
    | null
    | undefined;
}

/** The merchant gives a reservation back. */
export interface VoidSession extends Session {
  /** Id of the payment session. */
  readonly payment_id: string;
}

/** The merchant refunds or captures, in major units. */
export interface AmountSession extends VoidSession {
  readonly amount: string;
  readonly currency: string;
}

/** What comes to each address of the extension (https://shopify.dev/docs/apps/build/payments/request-reference). */
export interface SessionRequests {
  readonly payment: PaymentSession;
  readonly refund: AmountSession;
  readonly capture: AmountSession;
  readonly void: VoidSession;
  readonly confirm: Session & { readonly confirmation_result: boolean };
}

/** By the last part of its address. */
export type SessionKind = keyof SessionRequests;

const text = z.string().nullish();
const session = { id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/), gid: z.string() };
const voidSession = { ...session, payment_id: session.id };
const money = { amount: z.string().max(30), currency: z.string() };
const address: z.ZodType<SessionAddress | null | undefined> = z
  .object({
    given_name: text,
    family_name: text,
    company: text,
    line1: text,
    line2: text,
    city: text,
    postal_code: text,
    province: text,
    country_code: text,
    phone_number: text,
  })
  .nullish();

/** Fields that came later are ignored. */
const schemas: { readonly [K in SessionKind]: z.ZodType<SessionRequests[K]> } = {
  payment: z.object({
    ...session,
    ...money,
    group: z.string().min(1).max(200),
    test: z.boolean(),
    kind: z.enum(["sale", "authorization"]),
    merchant_locale: text,
    payment_method: z.object({ data: z.object({ cancel_url: text }).nullish() }).nullish(),
    customer: z.object({ email: text, locale: text, billing_address: address, shipping_address: address }).nullish(),
  }),
  refund: z.object({ ...voidSession, ...money }),
  capture: z.object({ ...voidSession, ...money }),
  void: z.object(voidSession),
  confirm: z.object({ ...session, confirmation_result: z.boolean() }),
};

const gidTypes: Readonly<Record<SessionKind, string>> = {
  payment: "PaymentSession",
  refund: "RefundSession",
  capture: "CaptureSession",
  void: "VoidSession",
  confirm: "PaymentSession",
};

/** Whether sessions come to an address that ends so. */
export function isSessionKind(name: string): name is SessionKind {
  return Object.hasOwn(schemas, name);
}

/** The mutations take the gid; it is the session's type and id. */
export function toGid(kind: SessionKind, session: string): string {
  return `gid://shopify/${gidTypes[kind]}/${session}`;
}

/** @throws PaymentError `badRequest` that names each field and what is wrong with it. */
export function parseSession<K extends SessionKind>(kind: K, body: string): SessionRequests[K] {
  const parsed = schemas[kind].safeParse(toJson(body));
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`).join("; ");
    throw new PaymentError("badRequest", `This is no ${kind} session of Shopify: ${where}.`);
  }
  const { id, gid } = parsed.data;
  if (gid !== toGid(kind, id)) {
    throw new PaymentError("badRequest", `The gid of ${kind} session ${id} is not ${toGid(kind, id)}.`);
  }
  return parsed.data;
}

function toJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
