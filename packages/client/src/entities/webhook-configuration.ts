import type { ServiceId } from "../ids.ts";
import type { CreationEntityState } from "./creation-entity-state.ts";

export interface WebhookUrlCreate {
  /** At most 50 characters. */
  readonly name: string;
  /** 9 to 500 characters. */
  readonly url: string;
  readonly state: CreationEntityState;
}
export type WebhookUrlUpdate = Partial<WebhookUrlCreate> & {
  /** The version last received. */
  readonly version: number;
};
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
/** Entity and URL of a listener cannot be changed. */
export type WebhookListenerUpdate = Partial<Omit<WebhookListenerCreate, "entity" | "url">> & {
  /** The version last received. */
  readonly version: number;
};
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
