import type { ServiceId, SpaceId } from "../ids.ts";
import {
  type Fields,
  knownOf,
  objectOf,
  oneOf,
  orNull,
  readId,
  readInteger,
  readReference,
  readSpaceId,
  readText,
  readTextList,
  readTexts,
} from "../wire/fields.ts";
import { type CreationEntityState, creationEntityStates } from "./creation-entity-state.ts";

/** Where the buyer enters his data: our page holds the service's form fields, or he is sent elsewhere. */
export const dataCollectionTypes = ["ONSITE", "OFFSITE"] as const;
export type DataCollectionType = (typeof dataCollectionTypes)[number];
export const oneClickPaymentModes = ["DISABLED", "ALLOW", "FORCE"] as const;
export type OneClickPaymentMode = (typeof oneClickPaymentModes)[number];

/** A payment method as the merchant set it up in a space. */
export interface PaymentMethodConfiguration {
  readonly id: ServiceId;
  readonly linkedSpaceId: SpaceId;
  readonly version: number;
  readonly state: CreationEntityState;
  /** For the merchant; buyers see `resolvedTitle`. */
  readonly name: string | null;
  /** By IETF tag. */
  readonly resolvedTitle: Readonly<Record<string, string>>;
  readonly resolvedDescription: Readonly<Record<string, string>>;
  readonly resolvedImageUrl: string | null;
  readonly sortOrder: number | null;
  /** Null also when it is one this version does not know. */
  readonly dataCollectionType: DataCollectionType | null;
  readonly oneClickPaymentMode: OneClickPaymentMode | null;
  /** The method itself, the same id in every space. */
  readonly paymentMethod: ServiceId | null;
  /** ISO 4217. Of the method itself, complete only with expand=paymentMethod; empty: the service does not tell. */
  readonly supportedCurrencies: readonly string[];
}

export function toPaymentMethodConfiguration(fields: Fields): PaymentMethodConfiguration {
  return {
    id: readId(fields, "id"),
    linkedSpaceId: readSpaceId(fields, "linkedSpaceId"),
    version: readInteger(fields, "version"),
    state: oneOf(creationEntityStates)(fields, "state"),
    name: orNull(fields, "name", readText),
    resolvedTitle: readTexts(fields, "resolvedTitle"),
    resolvedDescription: readTexts(fields, "resolvedDescription"),
    resolvedImageUrl: orNull(fields, "resolvedImageUrl", readText),
    sortOrder: orNull(fields, "sortOrder", readInteger),
    dataCollectionType: knownOf(dataCollectionTypes)(fields, "dataCollectionType"),
    oneClickPaymentMode: knownOf(oneClickPaymentModes)(fields, "oneClickPaymentMode"),
    paymentMethod: orNull(fields, "paymentMethod", readReference),
    supportedCurrencies: orNull(fields, "paymentMethod", objectOf(toCurrencies)) ?? [],
  };
}

function toCurrencies(method: Fields): readonly string[] {
  return readTextList(method, "supportedCurrencies");
}
