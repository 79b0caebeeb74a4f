import type { SpaceId } from "@checkout-plugins/client";
import type { Change } from "../service/world.ts";
import type { WebhookListenerRow } from "../state/space.ts";
import type { Time } from "../state/transaction.ts";

/** One try to deliver a webhook. */
export interface Attempt {
  readonly at: Time;
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  readonly error: string | null;
  readonly signature: "right" | "wrong" | "unknownKey" | "none";
}

export interface Delivery {
  readonly eventId: number;
  readonly change: Change;
  readonly listener: WebhookListenerRow;
  readonly url: string;
  readonly changedOn: Time;
  readonly state: "waiting" | "sending" | "delivered" | "failed" | "dropped";
  readonly attempts: readonly Attempt[];
  /** When the next try is due. */
  readonly dueOn: Time;
  /** Waits until another webhook of the space overtook it. */
  readonly isHeld: boolean;
}

export interface Deliveries {
  add(delivery: Delivery): number;
  get(id: number): Delivery | undefined;
  /** Nothing when it was forgotten meanwhile. */
  update(id: number, changes: Partial<Delivery>): void;
  /** Ids, in the order in which they are due; those that are held come last. */
  waiting(): readonly number[];
  /** Ids of those of the space that wait to be overtaken. */
  held(space: SpaceId): readonly number[];
  list(): readonly Delivery[];
  clear(): void;
}

/** Deliveries that are over are kept for whoever asks, up to this number. */
const remembered = 50_000;

export function createDeliveryList(): Deliveries {
  const deliveries = new Map<number, Delivery>();
  const waiting = new Set<number>();
  const held = new Set<number>();
  let sequence = 0;

  const put = (id: number, delivery: Delivery) => {
    deliveries.set(id, delivery);
    if (delivery.state === "waiting") waiting.add(id);
    else waiting.delete(id);
    if (delivery.isHeld) held.add(id);
    else held.delete(id);
  };
  const forgetOldest = () => {
    for (const [id, { state }] of deliveries) {
      if (deliveries.size <= remembered || state === "waiting" || state === "sending") return;
      deliveries.delete(id);
    }
  };
  const rank = (id: number) => {
    const { isHeld = false, dueOn = 0 } = deliveries.get(id) ?? {};
    return { held: Number(isHeld), dueOn };
  };
  return {
    add(delivery) {
      const id = sequence++;
      put(id, delivery);
      forgetOldest();
      return id;
    },
    get: (id) => deliveries.get(id),
    update(id, changes) {
      const delivery = deliveries.get(id);
      if (delivery !== undefined) put(id, { ...delivery, ...changes });
    },
    waiting: () =>
      [...waiting]
        .map((id) => ({ id, ...rank(id) }))
        .toSorted((a, b) => a.held - b.held || a.dueOn - b.dueOn)
        .map(({ id }) => id),
    held: (space) => [...held].filter((id) => deliveries.get(id)?.change.space === space),
    list: () => [...deliveries.values()],
    clear() {
      deliveries.clear();
      waiting.clear();
      held.clear();
    },
  };
}
