import type { Decimal, Instant, ServiceId, SpaceId } from "../ids.ts";
import {
  type Fields,
  listOf,
  objectOf,
  oneOf,
  orNull,
  readDecimal,
  readFields,
  readFlag,
  readId,
  readInstant,
  readInteger,
  readReference,
  readSpaceId,
  readText,
  readTexts,
} from "../wire/fields.ts";
import { ExactNumber } from "../wire/json.ts";

export const terminalStates = [
  "CREATE",
  "PREPARING",
  "ACTIVE",
  "INACTIVE",
  "DECOMMISSIONING",
  "DECOMMISSIONED",
] as const;
export type TerminalState = (typeof terminalStates)[number];

/** A payment terminal of the space: what the merchant set up, and the device that is linked to it. */
export interface Terminal {
  readonly id: ServiceId;
  readonly linkedSpaceId: SpaceId;
  readonly version: number;
  readonly state: TerminalState;
  /** The terminal id (TID) that the device shows. */
  readonly identifier: string | null;
  readonly externalId: string | null;
  readonly name: string | null;
  readonly defaultCurrency: string | null;
  /** null: no device is linked. */
  readonly deviceSerialNumber: string | null;
  readonly deviceName: string | null;
}

export interface TerminalCreate {
  /** The same value makes no second one. */
  readonly externalId: string;
  readonly type: ServiceId;
  readonly identifier?: string;
  readonly name?: string;
  readonly configurationVersion?: ServiceId;
  readonly locationVersion?: ServiceId;
}

export interface TerminalUpdate {
  /** The version last received. An older one is answered with a VersionConflict. */
  readonly version: number;
  readonly name?: string;
}

export type TerminalReceiptFormat = "PDF" | "TXT";

/** A slip of the terminal. */
export interface TerminalReceipt {
  readonly mimeType: string;
  readonly data: Uint8Array;
  /** The device has printed it already. */
  readonly printed: boolean;
  /** Whose it is, by IETF tag, such as "Merchant". The service publishes no list of the types. */
  readonly type: { readonly id: ServiceId | null; readonly name: Readonly<Record<string, string>> } | null;
}

/** What was taken of one brand in one currency, in its major units. */
export interface TerminalSum {
  readonly brand: string | null;
  readonly product: string | null;
  readonly currency: string | null;
  readonly amount: Decimal | null;
  /** Part of the amount. */
  readonly tip: Decimal | null;
  readonly count: number | null;
}

/** The final balance of a terminal: all it took since the one before. */
export interface TerminalSummary {
  readonly id: ServiceId;
  readonly terminal: ServiceId | null;
  readonly reference: string | null;
  readonly startedOn: Instant | null;
  readonly endedOn: Instant | null;
  readonly numberOfTransactions: number | null;
  /** By currency, in its major units. */
  readonly balances: Readonly<Record<string, Decimal>>;
  readonly sums: readonly TerminalSum[];
}

export function toTerminal(fields: Fields): Terminal {
  return {
    id: readId(fields, "id"),
    linkedSpaceId: readSpaceId(fields, "linkedSpaceId"),
    version: readInteger(fields, "version"),
    state: oneOf(terminalStates)(fields, "state"),
    identifier: orNull(fields, "identifier", readText),
    externalId: orNull(fields, "externalId", readText),
    name: orNull(fields, "name", readText),
    defaultCurrency: orNull(fields, "defaultCurrency", readText),
    deviceSerialNumber: orNull(fields, "deviceSerialNumber", readText),
    deviceName: orNull(fields, "deviceName", readText),
  };
}

export function toTerminalReceipt(fields: Fields): TerminalReceipt {
  return {
    mimeType: readText(fields, "mimeType"),
    data: Buffer.from(readText(fields, "data"), "base64"),
    printed: orNull(fields, "printed", readFlag) ?? false,
    type: orNull(
      fields,
      "receiptType",
      objectOf((type) => ({ id: orNull(type, "id", readId), name: readTexts(type, "name") })),
    ),
  };
}

export function toTerminalSummary(fields: Fields): TerminalSummary {
  return {
    id: readId(fields, "id"),
    terminal: orNull(fields, "paymentTerminal", readEither),
    reference: orNull(fields, "reference", readDecimal),
    startedOn: orNull(fields, "startedOn", readInstant),
    endedOn: orNull(fields, "endedOn", readInstant),
    numberOfTransactions: orNull(fields, "numberOfTransactions", readInteger),
    balances: orNull(fields, "balanceAmountPerCurrency", readDecimals) ?? {},
    sums: listOf(toSum)(fields, "transactionSums"),
  };
}

/** The SDK says that it is a number; elsewhere the service names an entity by an object with its id. */
function readEither(fields: Fields, key: string): ServiceId {
  const value = fields.values[key];
  const isPlain = typeof value === "number" || value instanceof ExactNumber;
  return isPlain ? readId(fields, key) : readReference(fields, key);
}

function readDecimals(fields: Fields, key: string): Readonly<Record<string, Decimal>> {
  const amounts = readFields(fields, key);
  return Object.fromEntries(Object.keys(amounts.values).map((name) => [name, readDecimal(amounts, name)]));
}

function toSum(fields: Fields): TerminalSum {
  return {
    brand: orNull(fields, "brand", readText),
    product: orNull(fields, "product", readText),
    currency: orNull(fields, "transactionCurrency", readText),
    amount: orNull(fields, "transactionAmount", readDecimal),
    tip: orNull(fields, "transactionTipAmount", readDecimal),
    count: orNull(fields, "transactionCount", readInteger),
  };
}
