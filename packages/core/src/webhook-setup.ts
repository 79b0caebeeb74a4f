import {
  isServiceError,
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
    const complete = listeners.filter(
      (listener) => listener.url === url.id && isOf(listener, one) && isComplete(listener, one),
    );
    mustBeSigned(complete, setup);
    await removeTwins(
      setup,
      complete.filter(({ enablePayloadSignatureAndState }) => enablePayloadSignatureAndState),
    );
  }
  for (const { url: old } of await listOld(setup)) await removeWebhooks({ space, url: old, signal });
}

/** Of several that do the same; there is one at least. */
async function removeTwins({ space, signal }: WebhookSetup, listeners: readonly WebhookListener[]): Promise<void> {
  const kept = listeners.reduce((one, other) => (isPreferred(other, one) ? other : one));
  for (const { id } of listeners.filter((listener) => listener !== kept)) {
    await unlessGone(space.deleteWebhookListener(id, { signal }));
  }
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
  await removeUrls({ space, signal }, await listOwn({ space, url, signal }));
}

/**
 * Who sets up at the same time makes a second URL. Both then see both and keep the same one, the oldest that is active, so
 * that in the end there is one, whoever was quicker.
 */
async function ensureUrl(setup: WebhookSetup): Promise<WebhookUrl> {
  const { space, url, name, signal } = setup;
  const before = await listOwn(setup);
  const isNew = before.length === 0;
  const created = isNew ? [await space.createWebhookUrl({ name, url, state: "ACTIVE" }, { signal })] : [];
  const known = [...created, ...(isNew ? await listOwn(setup) : before)];
  const kept = known.reduce((one, other) => (isPreferred(other, one) ? other : one));
  await removeUrls(
    setup,
    known.filter(({ id }) => id !== kept.id),
  );
  if (kept.state === "ACTIVE") return kept;
  return space.updateWebhookUrl(kept.id, { version: kept.version, state: "ACTIVE" }, { signal });
}

/** What is active rather than what is not, then what is older: ids of the service grow. */
function isPreferred(one: Pick<WebhookUrl, "id" | "state">, other: Pick<WebhookUrl, "id" | "state">): boolean {
  const isActive = one.state === "ACTIVE";
  return isActive === (other.state === "ACTIVE") ? BigInt(one.id) < BigInt(other.id) : isActive;
}

async function listOwn({ space, url, signal }: Pick<WebhookSetup, "space" | "url" | "signal">) {
  return (await space.listWebhookUrls({ signal })).filter((one) => one.url === url && !isDeleted(one));
}

/** With their listeners. */
async function removeUrls({ space, signal }: Pick<WebhookSetup, "space" | "signal">, urls: readonly WebhookUrl[]) {
  if (urls.length === 0) return;
  const ids = new Set(urls.map(({ id }) => id));
  const listeners = (await space.listWebhookListeners({ signal })).filter((one) => ids.has(one.url) && !isDeleted(one));
  for (const { id } of listeners) await unlessGone(space.deleteWebhookListener(id, { signal }));
  for (const id of ids) await unlessGone(space.deleteWebhookUrl(id, { signal }));
}

/** Somebody else may remove the same at the same time. */
async function unlessGone(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!isServiceError(error) || error.code !== "notFound") throw error;
  });
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
