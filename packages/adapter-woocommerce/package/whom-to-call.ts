import { type Contact, namesOf, paymentMethods, whomToCall } from "@checkout-plugins/knowledge";

function toContact({ email, phone, url }: Contact): Readonly<Record<string, string>> {
  return {
    ...(phone && { phone: phone.printed }),
    ...(email && { email: email.address }),
    ...(url && { url: url.url }),
  };
}

/** Whom an online shop asks about each means of payment, as the plugin's PHP reads it. */
export function toWhomToCall(): string {
  // The specific ones before "card", whose words are in the titles of many.
  const ordered = [...paymentMethods.filter((method) => method !== "card"), "card" as const];
  const advices = ordered.map((method) => ({ method, advice: whomToCall({ method, channel: "online" }) }));
  const named = advices.flatMap(({ method, advice }) => (advice.kind === "named" ? [{ method, advice }] : []));
  const dates = named.map(({ advice }) => advice.asOf);
  const methods = named.map(({ method, advice }) => ({
    names: namesOf(method),
    text: advice.text,
    partners: advice.partners.map(({ partner, contacts }) => ({
      name: partner.name,
      contacts: contacts.map(toContact),
    })),
  }));
  return `${JSON.stringify({ asOf: dates.toSorted()[0], methods }, null, 2)}\n`;
}
