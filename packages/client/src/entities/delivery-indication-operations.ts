import type { CallOptions } from "../client.ts";
import type { Instant, ServiceId, SpaceId } from "../ids.ts";
import { jsonAnswer } from "../wire/answers.ts";
import { type Fields, oneOf, orNull, readId, readInstant, readReference, readSpaceId } from "../wire/fields.ts";
import { readList, searchOfTransaction } from "../wire/paging.ts";
import type { Send } from "../wire/send.ts";

export const deliveryIndicationStates = ["PENDING", "NOT_SUITABLE", "MANUAL_CHECK_REQUIRED", "SUITABLE"] as const;
export type DeliveryIndicationState = (typeof deliveryIndicationStates)[number];

/** May the goods be shipped? */
export interface DeliveryIndication {
  readonly id: ServiceId;
  readonly linkedSpaceId: SpaceId;
  readonly transaction: ServiceId;
  readonly completion: ServiceId | null;
  readonly state: DeliveryIndicationState;
  readonly createdOn: Instant | null;
  readonly automaticallyDecidedOn: Instant | null;
  readonly manuallyDecidedOn: Instant | null;
  /** After it, the merchant's preset decides instead of a person. */
  readonly manualDecisionTimeoutOn: Instant | null;
  readonly timeoutOn: Instant | null;
}

export interface DeliveryIndicationOperations {
  readDeliveryIndication(id: ServiceId, options?: CallOptions): Promise<DeliveryIndication>;
  listDeliveryIndicationsOf(transaction: ServiceId, options?: CallOptions): Promise<readonly DeliveryIndication[]>;
  /** All of the space in the order they were made; pages are read as the caller goes on. */
  listDeliveryIndications(
    range?: { readonly after?: ServiceId | undefined },
    options?: CallOptions,
  ): AsyncIterable<DeliveryIndication>;
  /** Takes no key; after an unknown outcome read it. */
  markSuitable(id: ServiceId, options?: CallOptions): Promise<DeliveryIndication>;
  /** Takes no key; after an unknown outcome read it. */
  markNotSuitable(id: ServiceId, options?: CallOptions): Promise<DeliveryIndication>;
}

const indications = "/payment/delivery-indications";

export function createDeliveryIndicationOperations(send: Send): DeliveryIndicationOperations {
  const read = jsonAnswer(toDeliveryIndication, "DeliveryIndication");
  return {
    readDeliveryIndication: (id, options) => send({ method: "GET", path: `${indications}/${id}`, read }, options),
    listDeliveryIndicationsOf: (transaction, options) =>
      searchOfTransaction(send, indications, toDeliveryIndication, transaction, {}, options),
    listDeliveryIndications: (range, options) =>
      readList(send, indications, toDeliveryIndication, { after: range?.after }, options),
    markSuitable: (id, options) => send({ method: "POST", path: `${indications}/${id}/mark-suitable`, read }, options),
    markNotSuitable: (id, options) =>
      send({ method: "POST", path: `${indications}/${id}/mark-not-suitable`, read }, options),
  };
}

export function toDeliveryIndication(fields: Fields): DeliveryIndication {
  return {
    id: readId(fields, "id"),
    linkedSpaceId: readSpaceId(fields, "linkedSpaceId"),
    transaction: readId(fields, "linkedTransaction"),
    completion: orNull(fields, "completion", readReference),
    state: oneOf(deliveryIndicationStates)(fields, "state"),
    createdOn: orNull(fields, "createdOn", readInstant),
    automaticallyDecidedOn: orNull(fields, "automaticallyDecidedOn", readInstant),
    manuallyDecidedOn: orNull(fields, "manuallyDecidedOn", readInstant),
    manualDecisionTimeoutOn: orNull(fields, "manualDecisionTimeoutOn", readInstant),
    timeoutOn: orNull(fields, "timeoutOn", readInstant),
  };
}
