import type { ShopId } from "@checkout-plugins/core";
import type { Language } from "@checkout-plugins/knowledge";

/** Whom a shop's findings reach, and how. */
export interface Contact {
  readonly language: Language;
  readonly email: string | null;
  /** Of the owner's own systems: findings, and each change of a payment. */
  readonly webhook: {
    readonly url: string /** `whsec_…`; several sign during a rotation. */;
    readonly secrets: readonly string[];
  } | null;
}

export type FindContact = (shop: ShopId) => Promise<Contact | null>;

/** The ways to tell somebody, as the store keeps them in `toldTo`. */
export type Channel = "email" | "webhook";
