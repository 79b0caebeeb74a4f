import { webhookEntities } from "../catalogue/webhook-entities.ts";
import type { Faults, WebhookFault } from "../faults/faults.ts";
import { type Change, spaceOf, type World } from "../service/world.ts";
import type { WebhookListenerRow } from "../state/space.ts";
import type { Time } from "../state/transaction.ts";
import { toMilliseconds } from "../values/duration.ts";
import { toPayload } from "./payload.ts";
import { createSigningKey, type SigningKey } from "./signing-key.ts";

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

export interface Dispatcher {
  /** The key that signs now. */
  readonly key: SigningKey;
  announce(change: Change): void;
  deliveries(): readonly Delivery[];
  /** Tries everything that waits, due or not, each once, and what is announced meanwhile; resolves when all are answered. */
  deliverAll(): Promise<number>;
  clear(): void;
}

export interface DispatcherParts {
  readonly fetch: typeof globalThis.fetch;
  readonly faults: Faults;
  /** Milliseconds of real time that a receiver has to answer. */
  readonly timeout: number;
}

/** Milliseconds after which a held webhook goes out although none overtook it. */
const heldAtMost = 5_000;
/** Deliveries that are over are kept for whoever asks, up to this number. */
const remembered = 50_000;
const attemptFaults = ["wrongSignature", "unknownKey", "unsigned"] as const satisfies readonly WebhookFault["kind"][];
const announceFaults = ["delay", "duplicate", "reorder", "drop"] as const satisfies readonly WebhookFault["kind"][];

export function createDispatcher(world: World, parts: DispatcherParts): Dispatcher {
  const { agenda, random } = world;
  const key = createSigningKey(random);
  const strangerKey = createSigningKey(random);
  const deliveries = new Map<number, Delivery>();
  const waiting = new Set<number>();
  const underWay = new Set<Promise<void>>();
  let sequence = 0;
  let eventIds = 0;

  const update = (id: number, changes: Partial<Delivery>) => {
    const delivery = deliveries.get(id);
    if (delivery === undefined) return;
    const updated = { ...delivery, ...changes };
    deliveries.set(id, updated);
    if (updated.state === "waiting") waiting.add(id);
    else waiting.delete(id);
  };
  const add = (delivery: Delivery) => {
    const id = sequence++;
    deliveries.set(id, delivery);
    update(id, {});
    if (delivery.state === "waiting") agenda.add(delivery.dueOn, () => attempt(id));
    for (const [oldest, { state }] of deliveries) {
      if (deliveries.size <= remembered || state === "waiting" || state === "sending") break;
      deliveries.delete(oldest);
    }
  };

  const release = (space: string) => {
    for (const id of waiting) {
      const delivery = deliveries.get(id);
      if (delivery?.isHeld !== true || delivery.change.space !== space) continue;
      update(id, { isHeld: false });
      agenda.add(agenda.now(), () => attempt(id));
    }
  };

  const attempt = (id: number): Promise<void> => {
    const running = attemptOnce(id).finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  };
  const attemptOnce = async (id: number): Promise<void> => {
    const delivery = deliveries.get(id);
    if (delivery === undefined || delivery.state !== "waiting") return;
    update(id, { state: "sending", isHeld: false });
    const [fault] = parts.faults.ofWebhook(delivery.change, attemptFaults);
    const result = await send(delivery, fault?.kind);
    const { switches } = spaceOf(world, delivery.change.space);
    const isDelivered =
      result.status !== null &&
      (switches.webhookSuccess === "any2xx" ? Math.floor(result.status / 100) === 2 : result.status === 200);
    const attempts = [...delivery.attempts, result];
    const wait = switches.webhookRetries[delivery.attempts.length];
    if (isDelivered || wait === undefined) update(id, { state: isDelivered ? "delivered" : "failed", attempts });
    else {
      const dueOn = agenda.now() + toMilliseconds(wait);
      const eventId = switches.retryEventId === "kept" ? delivery.eventId : ++eventIds;
      update(id, { state: "waiting", attempts, dueOn, eventId });
      agenda.add(dueOn, () => attempt(id));
    }
    if (!delivery.isHeld) release(delivery.change.space);
  };

  const send = async (delivery: Delivery, fault: WebhookFault["kind"] | undefined): Promise<Attempt> => {
    const isSigned = delivery.listener.signed && fault !== "unsigned";
    const body = new TextEncoder().encode(toPayload(delivery, isSigned));
    const signer = fault === "unknownKey" ? strangerKey : key;
    const signedBody = fault === "wrongSignature" ? Uint8Array.of(...body, 32) : body;
    const signature = !isSigned
      ? "none"
      : fault === "wrongSignature"
        ? "wrong"
        : fault === "unknownKey"
          ? "unknownKey"
          : "right";
    const at = agenda.now();
    try {
      const response = await parts.fetch(delivery.url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(isSigned ? { "x-signature": signer.sign(signedBody) } : {}),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(parts.timeout),
      });
      await response.arrayBuffer();
      return { at, status: response.status, error: null, signature };
    } catch (error) {
      const reason =
        error instanceof Error ? [error.message, (error.cause as Error | undefined)?.message] : [String(error)];
      return { at, status: null, error: reason.filter(Boolean).join(": "), signature };
    }
  };

  const announceTo = (listener: WebhookListenerRow, url: string, change: Change) => {
    const { switches } = spaceOf(world, change.space);
    const faults = parts.faults.ofWebhook(change, announceFaults);
    const has = (kind: WebhookFault["kind"]) => faults.some((fault) => fault.kind === kind);
    const delay = faults.filter((fault) => fault.kind === "delay").reduce((total, fault) => total + fault.duration, 0);
    const now = agenda.now();
    const delivery: Delivery = {
      eventId: ++eventIds,
      change,
      listener,
      url,
      changedOn: now,
      state: has("drop") ? "dropped" : "waiting",
      attempts: [],
      dueOn: now + toMilliseconds(switches.webhookDelay) + delay + (has("reorder") ? heldAtMost : 0),
      isHeld: has("reorder"),
    };
    add(delivery);
    if (has("duplicate")) add(delivery);
  };

  return {
    key,
    announce(change) {
      for (const listener of world.state.tables.webhookListeners.of(change.space)) {
        const url = world.state.tables.webhookUrls.get(listener.url);
        if (isHeard(listener, change) && url?.state === "ACTIVE") announceTo(listener, url.url, change);
      }
    },
    deliveries: () => [...deliveries.values()],
    async deliverAll() {
      const tried = new Set<number>();
      const rank = (id: number) => {
        const { isHeld = false, dueOn = 0 } = deliveries.get(id) ?? {};
        return { isHeld: Number(isHeld), dueOn };
      };
      for (;;) {
        const [next] = [...waiting]
          .filter((id) => !tried.has(id))
          .toSorted((a, b) => rank(a).isHeld - rank(b).isHeld || rank(a).dueOn - rank(b).dueOn);
        if (next !== undefined) {
          tried.add(next);
          await attempt(next);
        } else if (underWay.size > 0) await Promise.all(underWay);
        else return tried.size;
      }
    },
    clear() {
      deliveries.clear();
      waiting.clear();
    },
  };
}

function isHeard(listener: WebhookListenerRow, change: Change): boolean {
  if (listener.state !== "ACTIVE" || listener.entity !== webhookEntities[change.entity]) return false;
  return listener.notifyEveryChange || (change.entered && listener.entityStates.includes(change.state));
}
