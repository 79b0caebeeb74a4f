import type { Decimal, Instant, ServiceId, SpaceId } from "../ids.ts";
import {
  type Fields,
  objectOf,
  orNull,
  readDecimal,
  readId,
  readInstant,
  readInteger,
  readSpaceId,
  readText,
} from "../wire/fields.ts";
import { toFailureReason } from "./to-transaction.ts";
import type { FailureReason } from "./transaction.ts";

/** What completions, voids, refunds and line item versions have in common. */
export interface OperationProgress {
  readonly id: ServiceId;
  readonly linkedSpaceId: SpaceId;
  readonly version: number;
  readonly createdOn: Instant | null;
  readonly succeededOn: Instant | null;
  readonly failedOn: Instant | null;
  /** When the service itself looks again, while it is open. */
  readonly nextUpdateOn: Instant | null;
  readonly timeoutOn: Instant | null;
  readonly failureReason: FailureReason | null;
}

/** A line of which only identity and size count. */
export interface LineItemAmount {
  readonly uniqueId: string;
  readonly quantity: Decimal;
  readonly amountIncludingTax: Decimal;
}

export function toOperationProgress(fields: Fields): OperationProgress {
  return {
    id: readId(fields, "id"),
    linkedSpaceId: readSpaceId(fields, "linkedSpaceId"),
    version: readInteger(fields, "version"),
    createdOn: orNull(fields, "createdOn", readInstant),
    succeededOn: orNull(fields, "succeededOn", readInstant),
    failedOn: orNull(fields, "failedOn", readInstant),
    nextUpdateOn: orNull(fields, "nextUpdateOn", readInstant),
    timeoutOn: orNull(fields, "timeoutOn", readInstant),
    failureReason: orNull(fields, "failureReason", objectOf(toFailureReason)),
  };
}

export function toLineItemAmount(fields: Fields): LineItemAmount {
  return {
    uniqueId: readText(fields, "uniqueId"),
    quantity: readDecimal(fields, "quantity"),
    amountIncludingTax: readDecimal(fields, "amountIncludingTax"),
  };
}
