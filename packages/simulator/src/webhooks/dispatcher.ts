import type { SpaceId } from "@checkout-plugins/client";
import { webhookEntities } from "../catalogue/webhook-entities.ts";
import type { Faults, WebhookFault } from "../faults/faults.ts";
import { type Change, spaceOf, type World } from "../service/world.ts";
import type { WebhookListenerRow } from "../state/space.ts";
import type { Switches } from "../state/switches.ts";
import { toMilliseconds } from "../values/duration.ts";
import { type Attempt, createDeliveryList, type Delivery } from "./delivery.ts";
import { sendWebhook } from "./send-webhook.ts";
import { createSigningKey, type SigningKey } from "./signing-key.ts";

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
/** Decided at each attempt, so that a repetition is right again. */
const brokenSignatures: Partial<Record<WebhookFault["kind"], Attempt["signature"]>> = {
  wrongSignature: "wrong",
  unknownKey: "unknownKey",
  unsigned: "none",
};
const signatureKinds: readonly string[] = Object.keys(brokenSignatures);
/** Decided once, when the change happens. */
const announceKinds: readonly string[] = ["delay", "duplicate", "reorder", "drop"];

export function createDispatcher(world: World, { fetch, faults, timeout }: DispatcherParts): Dispatcher {
  const { agenda, random } = world;
  const key = createSigningKey(random);
  const sender = { fetch, timeout, key, strangerKey: createSigningKey(random) };
  const list = createDeliveryList();
  const underWay = new Set<Promise<void>>();
  let eventIds = 0;

  const settle = (id: number, delivery: Delivery, result: Attempt) => {
    const { switches } = spaceOf(world, delivery.change.space);
    const attempts = [...delivery.attempts, result];
    const wait = switches.webhookRetries[delivery.attempts.length];
    if (isAcknowledged(result, switches)) return list.update(id, { state: "delivered", attempts });
    if (wait === undefined) return list.update(id, { state: "failed", attempts });
    const dueOn = agenda.now() + toMilliseconds(wait);
    const eventId = switches.retryEventId === "kept" ? delivery.eventId : ++eventIds;
    list.update(id, { state: "waiting", attempts, dueOn, eventId });
    agenda.add(dueOn, () => attempt(id));
  };
  const releaseHeld = (space: SpaceId) => {
    for (const id of list.held(space)) {
      list.update(id, { isHeld: false });
      agenda.add(agenda.now(), () => attempt(id));
    }
  };
  const attemptOnce = async (id: number): Promise<void> => {
    const delivery = list.get(id);
    if (delivery?.state !== "waiting") return;
    list.update(id, { state: "sending", isHeld: false });
    const [fault] = faults.ofWebhook(delivery.change, signatureKinds);
    const wanted = delivery.listener.signed ? "right" : "none";
    const signature = (fault !== undefined && brokenSignatures[fault.kind]) || wanted;
    settle(id, delivery, await sendWebhook(sender, delivery, signature, agenda.now()));
    if (!delivery.isHeld) releaseHeld(delivery.change.space);
  };
  const attempt = (id: number): Promise<void> => {
    const running = attemptOnce(id).finally(() => underWay.delete(running));
    underWay.add(running);
    return running;
  };
  const announceTo = (listener: WebhookListenerRow, url: string, change: Change) => {
    const hit = faults.ofWebhook(change, announceKinds);
    const has = (kind: WebhookFault["kind"]) => hit.some((fault) => fault.kind === kind);
    const delay = hit.filter(({ kind }) => kind === "delay").reduce((total, fault) => total + fault.duration, 0);
    const now = agenda.now();
    const usual = toMilliseconds(spaceOf(world, change.space).switches.webhookDelay);
    const dueOn = now + usual + delay + (has("reorder") ? heldAtMost : 0);
    const state = has("drop") ? "dropped" : "waiting";
    const common = {
      eventId: ++eventIds,
      change,
      listener,
      url,
      changedOn: now,
      attempts: [],
      isHeld: state === "waiting" && has("reorder"),
    };
    for (let copies = has("duplicate") ? 2 : 1; copies > 0; copies--) {
      const id = list.add({ ...common, state, dueOn });
      if (state === "waiting") agenda.add(dueOn, () => attempt(id));
    }
  };

  return {
    key,
    announce(change) {
      for (const listener of world.state.tables.webhookListeners.of(change.space)) {
        const url = world.state.tables.webhookUrls.get(listener.url);
        if (isHeard(listener, change) && url?.state === "ACTIVE") announceTo(listener, url.url, change);
      }
    },
    deliveries: list.list,
    async deliverAll() {
      const tried = new Set<number>();
      for (;;) {
        const next = list.waiting().filter((id) => !tried.has(id));
        for (const id of next) {
          tried.add(id);
          await attempt(id);
        }
        if (next.length === 0 && underWay.size === 0) return tried.size;
        await Promise.all(underWay);
      }
    },
    clear: list.clear,
  };
}

function isHeard(listener: WebhookListenerRow, change: Change): boolean {
  if (listener.state !== "ACTIVE" || listener.entity !== webhookEntities[change.entity]) return false;
  return listener.notifyEveryChange || (change.entered && listener.entityStates.includes(change.state));
}

function isAcknowledged({ status }: Attempt, { webhookSuccess }: Switches): boolean {
  return status === 200 || (webhookSuccess === "any2xx" && status !== null && status >= 200 && status < 300);
}
