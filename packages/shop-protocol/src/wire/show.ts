import type { Json, Payment, Shown } from "@checkout-plugins/core";
import { z } from "zod";
import { parseWith, wire } from "./check.ts";
import { json, oneOf, url } from "./parts.ts";
import { paymentSchema } from "./payment.ts";

/** What the gateway posts to the shop's door. */
export interface ShowMessage {
  readonly kind: "showPayment";
  readonly payment: Payment;
  /** What the shop answered last time, or null. */
  readonly receipt: Json | null;
}

export const showMessageSchema: z.ZodType<ShowMessage> = wire<ShowMessage>()(
  z.object({ kind: z.literal("showPayment"), payment: paymentSchema, receipt: json }),
);

/** The means of payment of the shop's space changed: ask for them again by `methods`. May get lost; ask once an hour too. */
export interface MethodsChangedMessage {
  readonly kind: "methodsChanged";
}

export const methodsChangedSchema: z.ZodType<MethodsChangedMessage> = wire<MethodsChangedMessage>()(
  z.object({ kind: z.literal("methodsChanged") }),
);

/** @throws PaymentError `badRequest` that names each field and what is wrong with it. */
export function parseShowMessage(value: unknown): ShowMessage {
  return parseWith(showMessageSchema, value, "The message");
}

/** @throws PaymentError as parseShowMessage does. */
export function parseDoorMessage(value: unknown): ShowMessage | MethodsChangedMessage {
  const changed = methodsChangedSchema.safeParse(value);
  return changed.success ? changed.data : parseShowMessage(value);
}

const shown = wire<Extract<Shown<Json>, { kind: "shown" | "unchanged" }>>()(
  z.object({ kind: z.enum(["shown", "unchanged"]), receipt: json, next: url.exactOptional() }),
);
const notReady = wire<Extract<Shown<Json>, { kind: "notReady" }>>()(
  z.object({
    kind: z.literal("notReady"),
    receipt: json.exactOptional(),
    retryAfter: z.number().nonnegative().exactOptional(),
  }),
);
const refused = wire<Extract<Shown<Json>, { kind: "refused" }>>()(
  z.object({
    kind: z.literal("refused"),
    receipt: json.exactOptional(),
    reason: oneOf("orderGone", "orderClosed", "changedByMerchant", "cannotShow"),
    detail: z.string(),
  }),
);

/** What the shop's door answers. Read leniently: fields that came later are ignored. */
export const shownSchema: z.ZodType<Shown<Json>> = wire<Shown<Json>>()(
  z.discriminatedUnion("kind", [shown, notReady, refused], {
    error: 'must be an object whose "kind" is one of shown, unchanged, notReady, refused',
  }),
);

/** @throws PaymentError `badRequest` that names each field and what is wrong with it. */
export function parseShown(value: unknown): Shown<Json> {
  return parseWith(shownSchema, value, "The shop's answer");
}
