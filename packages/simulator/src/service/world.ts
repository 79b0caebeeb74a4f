import { type ServiceId, type SpaceId, toServiceId } from "@checkout-plugins/client";
import { missing } from "../api-error.ts";
import type { WebhookEntity } from "../catalogue/webhook-entities.ts";
import type { SpaceRow } from "../state/space.ts";
import type { State } from "../state/state.ts";
import type { DurationSwitch, Switches } from "../state/switches.ts";
import type { Entity, Table } from "../state/table.ts";
import type { TransactionRow } from "../state/transaction.ts";
import type { Agenda } from "../time/agenda.ts";
import { toMilliseconds } from "../values/duration.ts";
import type { Random } from "../values/random.ts";

/** Something that listeners may want to hear of. */
export interface Change {
  readonly entity: WebhookEntity;
  readonly id: ServiceId;
  readonly space: SpaceId;
  readonly state: string;
  /** Was the state entered, or something else changed? */
  readonly entered: boolean;
  /** The transaction it belongs to. */
  readonly transaction: ServiceId | null;
}

/** What every part of the service works on. */
export interface World {
  readonly state: State;
  readonly agenda: Agenda;
  readonly random: Random;
  /** Ids grow and are distinct over all kinds of entities, so that mixing two of them up is noticed. */
  newId(): ServiceId;
  announce(change: Change): void;
}

export function createIds(first: string): () => ServiceId {
  let next = BigInt(first);
  return () => toServiceId(next++);
}

/** @throws TypeError when there is no such space, which callers have checked. */
export function spaceOf(world: World, id: SpaceId): SpaceRow {
  const space = world.state.spaces.get(id);
  if (space === undefined) throw new TypeError(`There is no space ${id}`);
  return space;
}

/** The switches of the space, as this transaction sees them. */
export function switchesOf(world: World, transaction: TransactionRow): Switches {
  return { ...spaceOf(world, transaction.space).switches, ...transaction.switches };
}

/** A duration of the transaction's switches, milliseconds. */
export function durationOf(world: World, transaction: TransactionRow, name: DurationSwitch): number {
  return toMilliseconds(switchesOf(world, transaction)[name]);
}

/** @throws ApiError 404 when the space has no such row. */
export function find<T extends Entity>(table: Table<T>, space: SpaceId, id: string, what: string): T {
  const row = table.get(id);
  if (row === undefined || row.space !== space) throw missing(what, id);
  return row;
}
