import type { ServiceId } from "./ids.ts";

export type CreationEntityState = "CREATE" | "ACTIVE" | "INACTIVE" | "DELETING" | "DELETED";

export interface WebhookUrlCreate {
  /** At most 50 characters. */
  readonly name: string;
  /** 9 to 500 characters. */
  readonly url: string;
  readonly state: CreationEntityState;
}
export interface WebhookUrl {
  readonly id: ServiceId;
  readonly version: number;
  readonly name: string;
  readonly url: string;
  readonly state: CreationEntityState;
}

export interface WebhookListenerCreate {
  readonly name: string;
  /** Numeric id of the entity type, `webhookEntities`. */
  readonly entity: ServiceId;
  readonly entityStates: readonly string[];
  readonly notifyEveryChange: boolean;
  readonly state: CreationEntityState;
  /** Id of the WebhookUrl. */
  readonly url: ServiceId;
}
export interface WebhookListener {
  readonly id: ServiceId;
  readonly version: number;
  readonly name: string;
  readonly entity: ServiceId;
  readonly entityStates: readonly string[];
  readonly notifyEveryChange: boolean;
  readonly state: CreationEntityState;
  readonly url: ServiceId;
  /** Read-only in 2.0. False: its webhooks carry no signature and are refused. */
  readonly enablePayloadSignatureAndState: boolean;
}
