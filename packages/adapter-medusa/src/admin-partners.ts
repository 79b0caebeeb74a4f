import { type Contact, type Language, type ShownMethod, toCallQuestion, whomToCall } from "@checkout-plugins/knowledge";
import type { PartnersView, PartnerView } from "./admin-view.ts";

/** The acceptance partners who are named for a payment's method. null: nobody is, and nobody is named by guessing. */
export function findPartners(method: ShownMethod | null, language: Language): PartnersView | null {
  const question = toCallQuestion(method, "online");
  const advice = question === null ? null : whomToCall(question);
  if (advice?.kind !== "named") return null;
  const named = advice.partners.map(({ partner, contacts }) => ({
    name: partner.name,
    contacts: contacts.flatMap(toContacts),
  }));
  return { note: advice.text[language], named };
}

function toContacts({ email, phone, url }: Contact): PartnerView["contacts"] {
  return [
    ...(email ? [{ text: email.address, url: `mailto:${email.address}` }] : []),
    ...(phone ? [{ text: phone.printed, url: `tel:${phone.number}` }] : []),
    ...(url ? [{ text: url.url, url: url.url }] : []),
  ];
}
