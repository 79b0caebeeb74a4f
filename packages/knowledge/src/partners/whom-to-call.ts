import type { Channel, IsoDate } from "../facts.ts";
import type { Texts } from "../language.ts";
import { type Acceptance, type Acquirer, acquirers, type Contact } from "./acquirers.ts";
import { type Acceptable, type CardBrand, cardBrands, type PaymentMethod } from "./methods.ts";

export interface CallQuestion {
  readonly method: PaymentMethod;
  /** Only with `card`; without it the partners of all brands are named. */
  readonly brand?: CardBrand;
  readonly channel: Channel;
}

export interface NamedPartner {
  readonly partner: Acquirer;
  /** What the sources list for this partner, of what was asked. */
  readonly accepts: readonly Acceptance[];
  /** For this channel; empty where the sources name the partner and no contact. */
  readonly contacts: readonly Contact[];
}

export type CallAdvice =
  | {
      /** Several partners: which one it is stands in the owner's acceptance contract. */
      readonly kind: "named";
      readonly partners: readonly NamedPartner[];
      readonly text: Texts;
      /** The oldest day on which one of these facts was read. */
      readonly asOf: IsoDate;
    }
  | { readonly kind: "notNamed"; readonly text: Texts };

const one: Texts = {
  de: "Zuständig ist der genannte Akzeptanzpartner.",
  fr: "Le partenaire d’acceptation indiqué est compétent.",
  it: "È competente il partner di accettazione indicato.",
  en: "The acceptance partner named is the one to ask.",
};
const several: Texts = {
  de: "Mehrere Akzeptanzpartner bieten dies an. Zuständig ist derjenige, mit dem Sie den Vertrag abgeschlossen haben.",
  fr: "Plusieurs partenaires d’acceptation le proposent. Adressez-vous à celui avec lequel vous avez conclu le contrat.",
  it: "Più partner di accettazione offrono questa possibilità. È competente quello con cui ha stipulato il contratto.",
  en: "Several acceptance partners offer this. Ask the one with whom you signed the contract.",
};
const none: Texts = {
  de: "Die Quellen nennen dafür keinen Akzeptanzpartner. Sehen Sie in Ihrem Vertrag für diese Zahlungsart nach.",
  fr: "Les sources n’indiquent aucun partenaire d’acceptation pour ce cas. Consultez votre contrat pour ce mode de paiement.",
  it: "Per questo caso le fonti non indicano alcun partner di accettazione. Consulti il suo contratto per questa modalità di pagamento.",
  en: "The sources name no acceptance partner for this. Look into your contract for this payment method.",
};

function toAcceptables({ method, brand }: CallQuestion): readonly Acceptable[] {
  if (method !== "card") {
    if (brand !== undefined) throw new TypeError(`Only "card" has brands, "${method}" has none; leave out "${brand}"`);
    return [method];
  }
  return brand === undefined ? cardBrands : [brand];
}

/**
 * Whom an owner asks about a payment method: every acceptance partner that the sources list for it on this channel, with
 * the contacts they give. Where they list none, it says so; no partner is inferred from another channel or brand.
 *
 * @throws TypeError when a brand is given with another method than `card`.
 */
export function whomToCall(question: CallQuestion): CallAdvice {
  const wanted = toAcceptables(question);
  const partners = acquirers.flatMap((partner): NamedPartner[] => {
    const accepts = partner.accepts.filter(
      ({ name, channel }) => channel === question.channel && wanted.includes(name),
    );
    const contacts = partner.contacts.filter(({ channel }) => channel === null || channel === question.channel);
    return accepts.length > 0 ? [{ partner, accepts, contacts }] : [];
  });
  const asOf = partners.flatMap(toDates).toSorted()[0];
  if (asOf === undefined) return { kind: "notNamed", text: none };
  return { kind: "named", partners, text: partners.length === 1 ? one : several, asOf };
}

function toDates({ accepts, contacts }: NamedPartner): readonly IsoDate[] {
  const ways = contacts.flatMap(({ email, phone, url }) => [email, phone, url]).filter((way) => way !== undefined);
  return [...accepts, ...ways].map(({ asOf }) => asOf);
}
