import type { CallOptions } from "../client.ts";
import type { Instant, ServiceId } from "../ids.ts";
import {
  type Fields,
  listOf,
  objectOf,
  oneOf,
  orNull,
  readId,
  readInstant,
  readReference,
  readText,
} from "../wire/fields.ts";
import { searchOfTransaction } from "../wire/paging.ts";
import type { Send } from "../wire/send.ts";
import { toFailureReason } from "./to-transaction.ts";
import { type ChargeEnvironment, chargeEnvironments, type FailureReason } from "./transaction.ts";

export const chargeAttemptStates = ["PROCESSING", "FAILED", "SUCCESSFUL"] as const;
export type ChargeAttemptState = (typeof chargeAttemptStates)[number];

/** One try of the buyer within a transaction. */
export interface ChargeAttempt {
  readonly id: ServiceId;
  readonly transaction: ServiceId;
  readonly state: ChargeAttemptState;
  readonly environment: ChargeEnvironment | null;
  readonly createdOn: Instant | null;
  readonly succeededOn: Instant | null;
  readonly failedOn: Instant | null;
  /** For the buyer. */
  readonly userFailureMessage: string | null;
  readonly failureReason: FailureReason | null;
  /** Such as the masked card number; `descriptor` is the id of the kind, the same in every space. */
  readonly labels: readonly { readonly descriptor: ServiceId | null; readonly text: string | null }[];
}

export interface ChargeAttemptOperations {
  listChargeAttemptsOf(transaction: ServiceId, options?: CallOptions): Promise<readonly ChargeAttempt[]>;
}

export function createChargeAttemptOperations(send: Send): ChargeAttemptOperations {
  const query = { expand: ["failureReason"] };
  return {
    listChargeAttemptsOf: (transaction, options) =>
      searchOfTransaction(send, "/payment/charge-attempts", toChargeAttempt, transaction, query, options),
  };
}

export function toChargeAttempt(fields: Fields): ChargeAttempt {
  return {
    id: readId(fields, "id"),
    transaction: readId(fields, "linkedTransaction"),
    state: oneOf(chargeAttemptStates)(fields, "state"),
    environment: orNull(fields, "environment", oneOf(chargeEnvironments)),
    createdOn: orNull(fields, "createdOn", readInstant),
    succeededOn: orNull(fields, "succeededOn", readInstant),
    failedOn: orNull(fields, "failedOn", readInstant),
    userFailureMessage: orNull(fields, "userFailureMessage", readText),
    failureReason: orNull(fields, "failureReason", objectOf(toFailureReason)),
    labels: listOf(toLabel)(fields, "labels"),
  };
}

function toLabel(fields: Fields): ChargeAttempt["labels"][number] {
  return {
    descriptor: orNull(fields, "descriptor", readReference),
    text: orNull(fields, "contentAsString", readText),
  };
}
