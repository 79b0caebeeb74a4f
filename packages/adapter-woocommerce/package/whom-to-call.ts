import {
  type Acceptable,
  type Contact,
  languages,
  methodNames,
  type PaymentMethod,
  paymentMethods,
  whomToCall,
} from "@checkout-plugins/knowledge";

/** How cards are called in the service's own methods: no proper name, so not among the knowledge's. */
const cardWords = ["card", "karte", "carte", "carta"];

/** Names that a method's title holds; the specific ones before "card", which is in many of them. */
function toNames(method: PaymentMethod): readonly string[] {
  if (method === "card") return cardWords;
  const texts = methodNames[method as Acceptable];
  return [...new Set(languages.map((language) => texts[language]))];
}

function toContact({ email, phone, url }: Contact): Readonly<Record<string, string>> {
  return {
    ...(phone && { phone: phone.printed }),
    ...(email && { email: email.address }),
    ...(url && { url: url.url }),
  };
}

/** Whom an online shop asks about each means of payment, as the plugin's PHP reads it. */
export function toWhomToCall(): string {
  const ordered = [...paymentMethods.filter((method) => method !== "card"), "card" as const];
  const advices = ordered.map((method) => ({ method, advice: whomToCall({ method, channel: "online" }) }));
  const named = advices.flatMap(({ method, advice }) => (advice.kind === "named" ? [{ method, advice }] : []));
  const dates = named.flatMap(({ advice }) => advice.partners.flatMap((one) => one.accepts.map(({ asOf }) => asOf)));
  const methods = named.map(({ method, advice }) => ({
    names: toNames(method),
    text: advice.text,
    partners: advice.partners.map(({ partner, contacts }) => ({
      name: partner.name,
      contacts: contacts.map(toContact),
    })),
  }));
  return `${JSON.stringify({ asOf: dates.toSorted()[0], methods }, null, 2)}\n`;
}
