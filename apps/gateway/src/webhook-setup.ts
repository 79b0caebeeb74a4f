import {
  type SpaceClient,
  type TransactionState,
  type WebhookListener,
  type WebhookUrl,
  webhookEntities,
} from "@checkout-plugins/client";

/** Every state of a transaction that changes what a shop shows. */
export const watchedStates: readonly TransactionState[] = [
  "CONFIRMED",
  "PROCESSING",
  "AUTHORIZED",
  "COMPLETED",
  "FULFILL",
  "DECLINE",
  "FAILED",
  "VOIDED",
];

/** Thrown when the listener is there but its webhooks would be refused. */
export class WebhookSetupError extends Error {
  override readonly name = "WebhookSetupError";
}

export interface WebhookSetup {
  readonly space: SpaceClient;
  /** Where the webhooks shall go. */
  readonly url: string;
  /** At most 50 characters: how a person recognises it in the back office. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/**
 * Makes sure that this space sends its webhooks to `url`: creates what is missing, mends what is switched off, and reads
 * it back. URLs and listeners of others are left alone.
 *
 * @throws ServiceError, or WebhookSetupError with what to do in the back office.
 */
export async function setUpWebhooks(setup: WebhookSetup): Promise<void> {
  const { space, signal } = setup;
  const url = await ensureUrl(setup);
  await ensureListener(setup, url);
  const listeners = await space.listWebhookListeners({ signal });
  mustBeSigned(
    listeners.filter((one) => isOf(one, url) && isComplete(one)),
    setup,
  );
}

async function ensureUrl({ space, url, name, signal }: WebhookSetup): Promise<WebhookUrl> {
  const known = (await space.listWebhookUrls({ signal })).filter((one) => one.url === url && !isDeleted(one));
  const active = known.find(({ state }) => state === "ACTIVE");
  if (active !== undefined) return active;
  const [inactive] = known;
  if (inactive === undefined) return space.createWebhookUrl({ name, url, state: "ACTIVE" }, { signal });
  return space.updateWebhookUrl(inactive.id, { version: inactive.version, state: "ACTIVE" }, { signal });
}

async function ensureListener({ space, name, signal }: WebhookSetup, url: WebhookUrl): Promise<void> {
  const known = (await space.listWebhookListeners({ signal })).filter((one) => isOf(one, url));
  if (known.some(isComplete)) return;
  const wanted = { entityStates: watchedStates, state: "ACTIVE" } as const;
  const [lacking] = known;
  if (lacking === undefined) {
    const entity = webhookEntities.Transaction;
    const body = { ...wanted, name, entity, notifyEveryChange: false, url: url.id };
    await space.createWebhookListener(body, { signal });
  } else {
    await space.updateWebhookListener(lacking.id, { ...wanted, version: lacking.version }, { signal });
  }
}

function isDeleted({ state }: Pick<WebhookUrl, "state">): boolean {
  return state === "DELETING" || state === "DELETED";
}

function isOf(listener: WebhookListener, url: WebhookUrl): boolean {
  return listener.url === url.id && listener.entity === webhookEntities.Transaction && !isDeleted(listener);
}

function isComplete({ state, notifyEveryChange, entityStates }: WebhookListener): boolean {
  return state === "ACTIVE" && (notifyEveryChange || watchedStates.every((watched) => entityStates.includes(watched)));
}

function mustBeSigned(listeners: readonly WebhookListener[], { space: { space } }: WebhookSetup): void {
  if (listeners.some((listener) => listener.enablePayloadSignatureAndState)) return;
  const [unsigned] = listeners;
  const where = `In the back office open Space > Settings > Webhook listeners of space ${space}`;
  throw new WebhookSetupError(
    unsigned === undefined
      ? `The webhook listener that was set up does not show as active. ${where} and activate it.`
      : `The webhook listener "${unsigned.name}" (${unsigned.id}) sends webhooks without a signature, which are refused; orders are then paid only at the buyer's return and by timer. ${where} and switch on its payload signature and state; or delete it, and this gateway makes a new one.`,
  );
}
