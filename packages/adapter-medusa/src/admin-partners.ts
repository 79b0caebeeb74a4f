import {
  type Acceptable,
  type Contact,
  cardBrands,
  type Language,
  methodNames,
  whomToCall,
} from "@checkout-plugins/knowledge";
import type { PartnersView, PartnerView } from "./admin-view.ts";

const isCardName = /\b(card|credit|debit|karte|kreditkarte|debitkarte|carte|carta)\b/i;

/**
 * The acceptance partners who are named for a means of payment, by the name that the service gives it. null where the
 * name is none that is known: nobody is named by guessing.
 */
export function findPartners(methodName: string, language: Language): PartnersView | null {
  const known = Object.entries(methodNames) as [Acceptable, (typeof methodNames)[Acceptable]][];
  const [name] = known.find(([, texts]) => Object.values(texts).some((text) => isSame(text, methodName))) ?? [];
  if (name === undefined && !isCardName.test(methodName)) return null;
  const brand = cardBrands.find((one) => one === name);
  const method = name === undefined || brand !== undefined ? "card" : (name as Exclude<Acceptable, typeof brand>);
  const advice = whomToCall({ method: method as never, ...(brand && { brand }), channel: "online" });
  if (advice.kind === "notNamed") return null;
  const named = advice.partners.map(({ partner, contacts }) => ({
    name: partner.name,
    contacts: contacts.flatMap(toContacts),
  }));
  return { note: advice.text[language], named };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase().replace(/\W/g, "") === other.toLowerCase().replace(/\W/g, "");
}

function toContacts({ email, phone, url }: Contact): PartnerView["contacts"] {
  return [
    ...(email ? [{ text: email.address, url: `mailto:${email.address}` }] : []),
    ...(phone ? [{ text: phone.printed, url: `tel:${phone.number}` }] : []),
    ...(url ? [{ text: url.url, url: url.url }] : []),
  ];
}
