import { createHash } from "node:crypto";
import type { AttemptRow, Buyer, CommandRow, ShopOrder } from "./contract/index.ts";

/** By which a buyer is found again without his address being kept once more. */
export function toBuyerKey(buyer: Buyer): string {
  const what = "email" in buyer ? `email ${buyer.email.trim().toLowerCase()}` : `customer ${buyer.customer}`;
  return createHash("sha256").update(what).digest("base64url");
}

/** The keys of all who are named in an order. */
export function toBuyerKeys({ customer, billing, shipping }: ShopOrder): readonly string[] {
  const emails = [customer.email, billing?.email, shipping?.email].filter((email) => typeof email === "string");
  const keys = emails.filter((email) => email.trim() !== "").map((email) => toBuyerKey({ email }));
  return [...new Set(customer.id === null ? keys : [...keys, toBuyerKey({ customer: customer.id })])];
}

/** The attempt as it may be kept when its buyer asked to be forgotten: what was owed, and for what. */
export function withoutBuyer(attempt: AttemptRow): AttemptRow {
  const order = { ...attempt.order, customer: { id: null, email: null }, billing: null, shipping: null };
  return { ...attempt, order };
}

/** A reason was written by a person, maybe of a person. What is still to be sent stays as it was sent before. */
export function withoutReason(command: CommandRow): CommandRow {
  const { body, state } = command;
  if (state === "open" || typeof body !== "object" || body === null || !("reason" in body)) return command;
  return { ...command, body: { ...body, reason: null } };
}
