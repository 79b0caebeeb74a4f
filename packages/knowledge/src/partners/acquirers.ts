import type { Channel, Citation, EmailFact, PhoneFact, Product, UrlFact } from "../facts.ts";
import { inNewerQuestions, inQuestions } from "../sources.ts";
import type { Acceptable } from "./methods.ts";

export type AcquirerId =
  | "postFinance"
  | "worldline"
  | "concardis"
  | "swisscard"
  | "powerPay"
  | "twint"
  | "payPal"
  | "walleeSnapswap";

/** One method or brand that the source lists for a partner on one channel. */
export interface Acceptance extends Citation {
  readonly name: Acceptable;
  readonly channel: Channel;
  /** Editions of the source differ here: one lists it, the other does not. */
  readonly volatile: boolean;
}

export interface Contact {
  /** null: the source gives one contact and names no channel. */
  readonly channel: Channel | null;
  readonly email?: EmailFact;
  readonly phone?: PhoneFact;
  readonly url?: UrlFact;
}

/** An acceptance partner. */
export interface Acquirer {
  readonly id: AcquirerId;
  /** As the source prints it, with the former name. */
  readonly name: string;
  /** Set where the source names the partner for one product only. */
  readonly product: Product | null;
  readonly accepts: readonly Acceptance[];
  /** Empty: the sources name no contact. */
  readonly contacts: readonly Contact[];
}

function listed(channel: Channel, names: readonly Acceptable[]): readonly Acceptance[] {
  return names.map((name) => ({ name, channel, volatile: false, ...inQuestions }));
}

function differing(citation: Citation, channel: Channel, names: readonly Acceptable[]): readonly Acceptance[] {
  return names.map((name) => ({ name, channel, volatile: true, ...citation }));
}

function email(partner: AcquirerId, address: EmailFact["address"], channel?: Channel): EmailFact {
  const id = ["email", partner, channel].filter((part) => part !== undefined).join("-");
  return { id, kind: "email", address, volatile: false, ...(channel ? { channel } : {}), ...inQuestions };
}

function phone(partner: AcquirerId, number: PhoneFact["number"], printed: string, channel?: Channel): PhoneFact {
  const id = ["phone", partner, channel].filter((part) => part !== undefined).join("-");
  return { id, kind: "phone", number, printed, volatile: false, ...(channel ? { channel } : {}), ...inQuestions };
}

export const acquirers: readonly Acquirer[] = [
  {
    id: "postFinance",
    name: "PostFinance",
    product: null,
    accepts: [
      // The newer edition has PostFinance Pay in the place of PostFinance Card.
      ...differing(inQuestions, "online", ["postFinanceCard"]),
      ...differing(inNewerQuestions, "online", ["postFinancePay"]),
      ...listed("online", ["postFinanceEFinance"]),
      ...listed("counter", ["postFinanceCard"]),
    ],
    contacts: [
      {
        channel: null,
        email: email("postFinance", "checkout@postfinance.ch"),
        phone: phone("postFinance", "+41848382423", "0848 382 423"),
      },
    ],
  },
  {
    id: "worldline",
    name: "Worldline (SIX)",
    product: null,
    accepts: [
      ...listed("online", ["visa", "mastercard", "twint", "chinaUnionPay", "diners"]),
      ...listed("counter", ["mastercard", "visa", "maestro", "vPay", "twint", "chinaUnionPay"]),
    ],
    contacts: [
      {
        channel: "online",
        email: email("worldline", "cs.ecom@worldline.com", "online"),
        phone: phone("worldline", "+41848832000", "0848 83 20 00", "online"),
      },
      {
        channel: "counter",
        email: email("worldline", "customerservice@worldline.com", "counter"),
        phone: phone("worldline", "+41848832000", "0848 83 20 00", "counter"),
      },
    ],
  },
  {
    id: "concardis",
    name: "Concardis (Nets)",
    product: null,
    accepts: [
      ...listed("online", ["visa", "mastercard", "diners"]),
      ...listed("counter", ["mastercard", "visa", "maestro", "vPay"]),
    ],
    contacts: [
      {
        channel: null,
        email: email("concardis", "servicech@nets.eu"),
        phone: phone("concardis", "+41582205858", "058 220 58 58"),
      },
    ],
  },
  {
    id: "swisscard",
    name: "Swisscard",
    product: null,
    accepts: [...listed("online", ["americanExpress"]), ...listed("counter", ["americanExpress"])],
    contacts: [
      {
        channel: null,
        email: email("swisscard", "partner.service@swisscard.ch"),
        phone: phone("swisscard", "+41446596444", "044 659 64 44"),
      },
    ],
  },
  {
    id: "powerPay",
    name: "PowerPay (MF Group)",
    product: null,
    accepts: listed("online", ["invoice"]),
    contacts: [
      {
        channel: null,
        email: email("powerPay", "partner@mfgroup.ch"),
        phone: phone("powerPay", "+41588060631", "058 806 06 31"),
      },
    ],
  },
  {
    id: "twint",
    name: "TWINT",
    product: null,
    accepts: listed("online", ["twint"]),
    contacts: [
      {
        channel: null,
        email: email("twint", "support@twint.ch"),
        phone: phone("twint", "+41586679844", "058 667 98 44"),
      },
    ],
  },
  {
    id: "payPal",
    name: "PayPal",
    product: null,
    accepts: listed("online", ["payPal"]),
    contacts: [
      {
        channel: null,
        url: {
          id: "url-payPal",
          kind: "url",
          url: "https://paypal.com",
          printed: "paypal.com",
          volatile: false,
          ...inQuestions,
        },
      },
    ],
  },
  {
    // The newer edition names the collecting partner without a contact; the earlier one names none.
    id: "walleeSnapswap",
    name: "Wallee/Snapswap",
    product: "allInOne",
    accepts: differing(inNewerQuestions, "online", ["visa", "mastercard", "twint"]),
    contacts: [],
  },
];

export function findAcquirer(id: AcquirerId): Acquirer {
  const found = acquirers.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`There is no acceptance partner "${id}"`);
  return found;
}
