import type { Instant, ServiceId, SpaceId } from "../ids.ts";
import {
  type Fields,
  knownOf,
  objectOf,
  oneOf,
  orNull,
  readFlag,
  readId,
  readInstant,
  readInteger,
  readReference,
  readSpaceId,
  readText,
  readTexts,
} from "../wire/fields.ts";
import { type CreationEntityState, creationEntityStates } from "./creation-entity-state.ts";
import { toMethodReference } from "./to-transaction.ts";
import { type ChargeEnvironment, chargeEnvironments, type Transaction } from "./transaction.ts";

/** A customer's stored means of payment; what it is at present is its active version. */
export interface Token {
  readonly id: ServiceId;
  readonly linkedSpaceId: SpaceId;
  readonly version: number;
  readonly state: CreationEntityState;
  readonly customerId: string | null;
  readonly externalId: string | null;
  readonly tokenReference: string | null;
  readonly enabledForOneClickPayment: boolean | null;
  readonly createdOn: Instant | null;
}

export const tokenVersionStates = ["UNINITIALIZED", "ACTIVE", "OBSOLETE"] as const;
export type TokenVersionState = (typeof tokenVersionStates)[number];
/** After a failed charge: never again, later, or after the buyer entered it anew. */
export const tokenRetryStrategies = ["NO_RETRY", "RETRY_LATER", "REFRESH_TOKEN"] as const;
export type TokenRetryStrategy = (typeof tokenRetryStrategies)[number];

export interface TokenVersion {
  readonly id: ServiceId;
  readonly token: ServiceId | null;
  readonly state: TokenVersionState;
  readonly environment: ChargeEnvironment | null;
  /** Masked, such as "4111 11** **** 1111". */
  readonly name: string | null;
  readonly iconUrl: string | null;
  readonly expiresOn: Instant | null;
  readonly activatedOn: Instant | null;
  /** The method itself, the same id in every space. */
  readonly paymentMethod: ServiceId | null;
  /** As the merchant set it up in the space. */
  readonly paymentMethodConfiguration: Transaction["paymentMethodConfiguration"];
  readonly brand: { readonly id: ServiceId; readonly name: Readonly<Record<string, string>> } | null;
  readonly retryStrategy: TokenRetryStrategy | null;
}

export function toToken(fields: Fields): Token {
  return {
    id: readId(fields, "id"),
    linkedSpaceId: readSpaceId(fields, "linkedSpaceId"),
    version: readInteger(fields, "version"),
    state: oneOf(creationEntityStates)(fields, "state"),
    customerId: orNull(fields, "customerId", readText),
    externalId: orNull(fields, "externalId", readText),
    tokenReference: orNull(fields, "tokenReference", readText),
    enabledForOneClickPayment: orNull(fields, "enabledForOneClickPayment", readFlag),
    createdOn: orNull(fields, "createdOn", readInstant),
  };
}

export function toTokenVersion(fields: Fields): TokenVersion {
  return {
    id: readId(fields, "id"),
    token: orNull(fields, "token", readReference),
    state: oneOf(tokenVersionStates)(fields, "state"),
    environment: orNull(fields, "environment", oneOf(chargeEnvironments)),
    name: orNull(fields, "name", readText),
    iconUrl: orNull(fields, "iconUrl", readText),
    expiresOn: orNull(fields, "expiresOn", readInstant),
    activatedOn: orNull(fields, "activatedOn", readInstant),
    paymentMethod: orNull(fields, "paymentMethod", readReference),
    paymentMethodConfiguration: orNull(fields, "paymentConnectorConfiguration", objectOf(toMethodReference)),
    brand: orNull(fields, "paymentMethodBrand", objectOf(toBrand)),
    retryStrategy: knownOf(tokenRetryStrategies)(fields, "retryStrategy"),
  };
}

function toBrand(fields: Fields): NonNullable<TokenVersion["brand"]> {
  return { id: readId(fields, "id"), name: readTexts(fields, "name") };
}
