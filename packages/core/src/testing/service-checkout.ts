import {
  type PaymentMethodConfiguration,
  type RenderedDocument,
  ServiceError,
  type ServiceId,
  type SpaceClient,
  type Token,
  type TokenVersion,
  type Transaction,
  type TransactionCreate,
  type TransactionState,
  toServiceId,
} from "@checkout-plugins/client";
import { space, start } from "./rows.ts";

export interface ServiceCheckout {
  /** What the space has set up. */
  readonly configurations: PaymentMethodConfiguration[];
  readonly tokens: Map<ServiceId, Token>;
  /** By token; one without an entry has no active version. */
  readonly tokenVersions: Map<ServiceId, TokenVersion>;
  /** What the next charge without a buyer leads to; FULFILL when nothing is said. */
  nextCharge: TransactionState;
  /** Transactions that were charged without a buyer. */
  readonly charged: ServiceId[];
  readonly client: Partial<SpaceClient>;
}

interface Base {
  readonly transactions: Map<ServiceId, Transaction>;
  readonly bodies: ReadonlyMap<ServiceId, TransactionCreate>;
  call<T>(method: string, effect: () => T): Promise<T>;
  move(id: ServiceId, state: TransactionState, changes?: Partial<Transaction>): void;
}

function refuse(code: "invalid" | "notFound", why: string): never {
  throw new ServiceError(why, { code, status: code === "invalid" ? 422 : 404, request: "double" });
}

export function aConfiguration(
  number: number,
  changes: Partial<PaymentMethodConfiguration> = {},
): PaymentMethodConfiguration {
  return {
    id: toServiceId(8000 + number),
    linkedSpaceId: space,
    version: 1,
    state: "ACTIVE",
    name: `Method ${number}`,
    resolvedTitle: { "de-DE": `Zahlungsart ${number}`, "en-US": `Method ${number}`, "fr-FR": `Moyen ${number}` },
    resolvedDescription: {},
    resolvedImageUrl: `https://pay.example.ch/image/${number}.svg`,
    sortOrder: number,
    dataCollectionType: "ONSITE",
    oneClickPaymentMode: "ALLOW",
    paymentMethod: toServiceId(1457546097597),
    supportedCurrencies: [],
    ...changes,
  };
}

export function aToken(number: number, changes: Partial<Token> = {}): Token {
  return {
    id: toServiceId(940_000 + number),
    linkedSpaceId: space,
    version: 1,
    state: "ACTIVE",
    customerId: "cust-88",
    externalId: `token-${number}`,
    tokenReference: null,
    enabledForOneClickPayment: true,
    createdOn: start,
    ...changes,
  };
}

export function aTokenVersion(token: Token, changes: Partial<TokenVersion> = {}): TokenVersion {
  return {
    id: toServiceId(Number(token.id) + 1000),
    token: token.id,
    state: "ACTIVE",
    environment: "PRODUCTION",
    name: "4111 11** **** 1111",
    iconUrl: "https://pay.example.ch/brand/visa.svg",
    expiresOn: null,
    activatedOn: start,
    paymentMethod: toServiceId(1457546097597),
    paymentMethodConfiguration: { id: toServiceId(8001), name: "Card", resolvedTitle: {} },
    brand: { id: toServiceId(1461144365052), name: { "en-US": "Visa" } },
    retryStrategy: null,
    ...changes,
  };
}

/** Methods, scripts, tokens, charges without a buyer and documents of the double. */
export function createServiceCheckout({ transactions, bodies, call, move }: Base): ServiceCheckout {
  const find = (id: ServiceId): Transaction => transactions.get(id) ?? refuse("notFound", `no transaction ${id}`);
  const offered = (id: ServiceId): readonly PaymentMethodConfiguration[] => {
    const { state, currency } = find(id);
    if (state !== "PENDING") refuse("invalid", `methods are listed while PENDING, this is ${state}`);
    const allowed = bodies.get(id)?.allowedPaymentMethodConfigurations ?? [];
    return checkout.configurations.filter(
      (one) =>
        one.state === "ACTIVE" &&
        (allowed.length === 0 || allowed.includes(one.id)) &&
        (one.supportedCurrencies.length === 0 || one.supportedCurrencies.includes(currency)),
    );
  };
  const charge = (id: ServiceId): Transaction => {
    const { state } = find(id);
    if (state !== "PENDING" && state !== "CONFIRMED") refuse("invalid", `cannot process in ${state}`);
    const token = checkout.tokens.get(bodies.get(id)?.token ?? ("" as ServiceId));
    if (token?.state !== "ACTIVE") refuse("invalid", "the token is not active");
    checkout.charged.push(id);
    move(id, checkout.nextCharge);
    return find(id);
  };
  const render = (id: ServiceId, title: string, states: readonly TransactionState[]): RenderedDocument => {
    if (!states.includes(find(id).state)) refuse("invalid", `there is no ${title} yet`);
    return { title: `${title} ${id}`, mimeType: "application/pdf", data: Buffer.from("%PDF-1.7") };
  };
  const script = (kind: string, id: ServiceId): string =>
    `https://pay.example.ch/assets/payment/${kind}-checkout-handler.js?spaceId=${space}&transactionId=${find(id).id}`;
  const checkout: ServiceCheckout = {
    configurations: [1, 2, 3].map((number) => aConfiguration(number)),
    tokens: new Map(),
    tokenVersions: new Map(),
    nextCharge: "FULFILL",
    charged: [],
    client: {
      readLightboxScriptUrl: (id) => call("lightboxScript", () => script("lightbox", id)),
      readIframeScriptUrl: (id) => call("iframeScript", () => script("iframe", id)),
      listPaymentMethods: (id) => call("methods", () => offered(id)),
      listPaymentMethodConfigurations: () => call("configurations", () => checkout.configurations),
      processWithoutInteraction: (id) => call("process", () => charge(id)),
      listTokens: (customer) =>
        call("tokens", () => [...checkout.tokens.values()].filter(({ customerId }) => customerId === customer)),
      readToken: (id) => call("token", () => checkout.tokens.get(id) ?? refuse("notFound", "no token")),
      deleteToken: (id) =>
        call("deleteToken", () => {
          if (!checkout.tokens.delete(id)) refuse("notFound", "no token");
        }),
      readActiveTokenVersion: (id) =>
        call("tokenVersion", () => checkout.tokenVersions.get(id) ?? refuse("notFound", "no active version")),
      readInvoiceDocument: (id) => call("invoice", () => render(id, "Invoice", ["COMPLETED", "FULFILL", "DECLINE"])),
      readPackingSlip: (id) => call("packingSlip", () => render(id, "Packing slip", ["FULFILL"])),
      readRefundDocument: (id) =>
        call("refundDocument", () => ({ title: null, mimeType: "application/pdf", data: Buffer.from(`refund ${id}`) })),
    },
  };
  return checkout;
}
