import {
  type ServiceId,
  type SpaceClient,
  type TransactionState,
  type WebhookListener,
  type WebhookUrl,
  webhookEntities,
} from "@checkout-plugins/client";
import { PaymentError } from "./errors.ts";

/** Every state of a transaction that changes what a shop shows. */
const watchedStates: readonly TransactionState[] = [
  "CONFIRMED",
  "PROCESSING",
  "AUTHORIZED",
  "COMPLETED",
  "FULFILL",
  "DECLINE",
  "FAILED",
  "VOIDED",
];

interface Watched {
  /** Of the listener, after the shop's name. */
  readonly label: string;
  readonly entity: ServiceId;
  readonly states: readonly string[];
  /** Not only states: titles and pictures are news too. */
  readonly everyChange?: boolean;
}

/**
 * What a space tells us of. A completion or void that succeeded shows in its transaction, so that of those only a
 * failure is news; whatever is lost is found by the looks and the sweep.
 */
export const watched: readonly Watched[] = [
  { label: "payments", entity: webhookEntities.Transaction, states: watchedStates },
  { label: "refunds", entity: webhookEntities.Refund, states: ["SUCCESSFUL", "FAILED"] },
  { label: "completions", entity: webhookEntities.TransactionCompletion, states: ["FAILED"] },
  { label: "voids", entity: webhookEntities.TransactionVoid, states: ["FAILED"] },
  { label: "reviews", entity: webhookEntities.DeliveryIndication, states: ["MANUAL_CHECK_REQUIRED"] },
  { label: "invoices", entity: webhookEntities.TransactionInvoice, states: ["OVERDUE", "DERECOGNIZED", "CANCELED"] },
  { label: "methods", entity: webhookEntities.PaymentMethodConfiguration, states: [], everyChange: true },
];

export interface WebhookSetup {
  readonly space: SpaceClient;
  /** Where the webhooks shall go. */
  readonly url: string;
  /** At most 50 characters: how a person recognises it in the back office. */
  readonly name: string;
  readonly signal: AbortSignal;
  /** Is this an address that we had before? It is removed, with its listeners. Default: none is. */
  readonly isOld?: (url: string) => boolean;
}

/**
 * Makes sure that this space sends its webhooks to `url`: creates what is missing, mends what is switched off, reads it
 * back, and removes what led to an old address of ours. URLs and listeners of others are left alone.
 *
 * @throws ServiceError, or PaymentError `notConfigured` with what to do in the back office.
 */
export async function setUpWebhooks(setup: WebhookSetup): Promise<void> {
  const { space, signal } = setup;
  const url = await ensureUrl(setup);
  const known = (await space.listWebhookListeners({ signal })).filter((one) => one.url === url.id && !isDeleted(one));
  for (const one of watched) await ensureListener(setup, url, one, known);
  const listeners = await space.listWebhookListeners({ signal });
  for (const one of watched) {
    mustBeSigned(
      listeners.filter((listener) => listener.url === url.id && isOf(listener, one) && isComplete(listener, one)),
      setup,
    );
  }
  for (const { url: old } of await listOld(setup)) await removeWebhooks({ space, url: old, signal });
}

async function listOld({ space, url, signal, isOld }: WebhookSetup): Promise<readonly WebhookUrl[]> {
  if (isOld === undefined) return [];
  const urls = await space.listWebhookUrls({ signal });
  return urls.filter((one) => one.url !== url && !isDeleted(one) && isOld(one.url));
}

/** Removes the listeners and the URL that lead to `url`; those of others are left alone. @throws ServiceError */
export async function removeWebhooks({
  space,
  url,
  signal,
}: Pick<WebhookSetup, "space" | "url" | "signal">): Promise<void> {
  const urls = (await space.listWebhookUrls({ signal })).filter((one) => one.url === url && !isDeleted(one));
  if (urls.length === 0) return;
  const ids = new Set(urls.map(({ id }) => id));
  for (const listener of await space.listWebhookListeners({ signal })) {
    if (ids.has(listener.url) && !isDeleted(listener)) await space.deleteWebhookListener(listener.id, { signal });
  }
  for (const id of ids) await space.deleteWebhookUrl(id, { signal });
}

async function ensureUrl({ space, url, name, signal }: WebhookSetup): Promise<WebhookUrl> {
  const known = (await space.listWebhookUrls({ signal })).filter((one) => one.url === url && !isDeleted(one));
  const active = known.find(({ state }) => state === "ACTIVE");
  if (active !== undefined) return active;
  const [inactive] = known;
  if (inactive === undefined) return space.createWebhookUrl({ name, url, state: "ACTIVE" }, { signal });
  return space.updateWebhookUrl(inactive.id, { version: inactive.version, state: "ACTIVE" }, { signal });
}

/** A name of at most 50 characters. */
function toListenerName(name: string, { label }: Watched): string {
  return `${name.slice(0, 49 - label.length)} ${label}`;
}

async function ensureListener(
  { space, name, signal }: WebhookSetup,
  url: WebhookUrl,
  one: Watched,
  listeners: readonly WebhookListener[],
): Promise<void> {
  const known = listeners.filter((listener) => isOf(listener, one));
  if (known.some((listener) => isComplete(listener, one))) return;
  const wanted = { entityStates: one.states, notifyEveryChange: one.everyChange ?? false, state: "ACTIVE" } as const;
  const [lacking] = known;
  if (lacking === undefined) {
    const body = {
      ...wanted,
      name: toListenerName(name, one),
      entity: one.entity,
      url: url.id,
    };
    await space.createWebhookListener(body, { signal });
  } else {
    await space.updateWebhookListener(lacking.id, { ...wanted, version: lacking.version }, { signal });
  }
}

function isDeleted({ state }: Pick<WebhookUrl, "state">): boolean {
  return state === "DELETING" || state === "DELETED";
}

function isOf(listener: WebhookListener, { entity }: Watched): boolean {
  return listener.entity === entity && !isDeleted(listener);
}

function isComplete(
  { state, notifyEveryChange, entityStates }: WebhookListener,
  { states, everyChange }: Watched,
): boolean {
  const hearsStates = everyChange !== true && states.every((one) => entityStates.includes(one));
  return state === "ACTIVE" && (notifyEveryChange || hearsStates);
}

function mustBeSigned(listeners: readonly WebhookListener[], { space: { space } }: WebhookSetup): void {
  if (listeners.some((listener) => listener.enablePayloadSignatureAndState)) return;
  const [unsigned] = listeners;
  const where = `In the back office open Space > Settings > Webhook listeners of space ${space}`;
  throw new PaymentError(
    "notConfigured",
    unsigned === undefined
      ? `The webhook listener that was set up does not show as active. ${where} and activate it.`
      : `The webhook listener "${unsigned.name}" (${unsigned.id}) sends webhooks without a signature, which are refused; orders are then paid only at the buyer's return and by timer. ${where} and switch on its payload signature and state; or delete it, and a new one is made.`,
  );
}
