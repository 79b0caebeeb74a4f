import type { CreationEntityState, ServiceId, SpaceId } from "@checkout-plugins/client";
import type { Switches } from "./switches.ts";
import type { Entity } from "./table.ts";
import type { Time } from "./transaction.ts";

export interface SpaceRow {
  readonly id: SpaceId;
  readonly name: string;
  readonly account: ServiceId;
  readonly primaryCurrency: string;
  readonly language: string;
  readonly timeZone: string;
  readonly state: CreationEntityState;
  readonly createdOn: Time;
  readonly version: number;
  readonly switches: Switches;
}

export interface UserRow {
  readonly id: ServiceId;
  readonly name: string;
  /** Base64; HMAC key of its tokens. */
  readonly authenticationKey: string;
  /** Spaces in which it has the rights of a space administrator. */
  readonly spaces: readonly SpaceId[];
}

export interface MethodConfigurationRow extends Entity {
  readonly version: number;
  readonly state: CreationEntityState;
  readonly sortOrder: number;
  /** Key of the method in the catalogue. */
  readonly method: string;
  readonly connectorConfiguration: ServiceId;
  readonly processorConfiguration: ServiceId;
}

export interface WebhookUrlRow extends Entity {
  readonly version: number;
  readonly name: string;
  readonly url: string;
  readonly state: CreationEntityState;
}

export interface WebhookListenerRow extends Entity {
  readonly version: number;
  readonly name: string;
  /** Numeric id of the entity type. */
  readonly entity: ServiceId;
  readonly entityStates: readonly string[];
  readonly notifyEveryChange: boolean;
  readonly state: CreationEntityState;
  readonly url: ServiceId;
  readonly signed: boolean;
}
