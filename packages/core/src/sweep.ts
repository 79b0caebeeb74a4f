import { isServiceError } from "@checkout-plugins/client";
import type { CoreParts, EntityKind, Hint, Seconds, ServiceId, Shop, SpaceId, SweepTime } from "./contract/index.ts";
import { type EntityReading, readEntity, toRefundReading, toReviewReading } from "./entity-rows.ts";
import { leaseSeconds } from "./lease.ts";
import { toPaymentError } from "./service-fault.ts";
import { addSeconds } from "./time.ts";

/** Between two sweeps of a space. */
const pace: Seconds = 15 * 60;
/** Entities read in one sweep; what is more is swept at once again. */
const most = 500;

type Swept = "refund" | "deliveryIndication";

interface Found {
  readonly hints: readonly Hint[];
  readonly last: ServiceId | null;
  readonly isWhole: boolean;
}

async function collect(
  shop: Shop,
  space: SpaceId,
  entity: Swept,
  after: ServiceId | null,
  signal: AbortSignal | undefined,
): Promise<Found> {
  const client = shop.live?.space === space ? shop.live : shop.test;
  if (client === null) return { hints: [], last: after, isWhole: true };
  const hints: Hint[] = [];
  let last = after;
  let count = 0;
  const range = { after: after ?? undefined };
  const add = (id: ServiceId, state: string, reading: EntityReading | null): boolean => {
    if (reading !== null) hints.push({ entity, id, space, state, reading });
    last = id;
    count += 1;
    return count >= most;
  };
  if (entity === "refund") {
    for await (const refund of client.listRefunds(range, { signal })) {
      if (add(refund.id, refund.state, toRefundReading(refund))) break;
    }
  } else {
    for await (const indication of client.listDeliveryIndications(range, { signal })) {
      if (add(indication.id, indication.state, toReviewReading(indication))) break;
    }
  }
  return { hints, last, isWhole: count < most };
}

/**
 * Finds what happens to payments that nobody looks at any more: refunds of the back office, chargebacks, reviews. Only
 * what is new since the last sweep is read; what belongs to no payment of ours is passed over.
 *
 * @throws PaymentError when the service cannot be read; the same part is swept again.
 */
export async function sweep(
  parts: CoreParts,
  space: SpaceId,
  signal: AbortSignal | undefined,
  when: SweepTime = "due",
): Promise<void> {
  const shop = await parts.shops.findBySpace(space);
  if (shop === null) return;
  const { store, clock, createId } = parts;
  for (const entity of ["refund", "deliveryIndication"] as const satisfies readonly EntityKind[]) {
    const owner = createId();
    const now = clock.now();
    const claimed = await store.claimSweep(space, entity, owner, now, addSeconds(now, leaseSeconds(parts)), when);
    if (claimed === null) continue;
    const found = await collect(shop, space, entity, claimed.after, signal).catch((error: unknown) => {
      throw toPaymentError(error);
    });
    const next = found.isWhole ? addSeconds(clock.now(), pace) : clock.now();
    await store.recordSweep(space, entity, owner, found.last, found.hints, clock.now(), next);
    if (found.hints.length > 0) parts.wake?.();
  }
}

const atOnce = 100;

/** What became of a stranger: `gone` belongs to nobody here; `later` could not be read and is read again. */
type Read = { readonly kind: "found"; readonly hint: Hint } | { readonly kind: "gone" | "later" };

async function readStranger(parts: CoreParts, hint: Hint, signal: AbortSignal | undefined): Promise<Read> {
  const shop = await parts.shops.findBySpace(hint.space);
  const space = shop?.live?.space === hint.space ? shop.live : (shop?.test ?? null);
  if (space === null || hint.entity === "transaction") return { kind: "gone" };
  try {
    const reading = await readEntity(space, hint.entity, hint.id, signal);
    return reading === null ? { kind: "gone" } : { kind: "found", hint: { ...hint, reading } };
  } catch (error) {
    const isGone = isServiceError(error) && error.code === "notFound";
    parts.logger.warn("stranger not read", { entity: hint.entity, id: hint.id, gone: isGone });
    return { kind: isGone ? "gone" : "later" };
  }
}

/** Were they kept? What was not is read again when the claim ends; what is due must not wait for it. */
async function keepReadings({ store, clock, logger }: CoreParts, found: readonly Hint[]): Promise<boolean> {
  if (found.length === 0) return true;
  try {
    return (await store.addHints(found, clock.now())) === "stored";
  } catch (error) {
    logger.error("strangers not kept", { count: found.length, why: String(error) });
    return false;
  }
}

export interface ClaimedStrangers {
  readonly owner: string;
  readonly hints: readonly Hint[];
}

/** Entities that webhooks named and no payment knows yet. */
export async function claimStrangers(parts: CoreParts): Promise<ClaimedStrangers> {
  const owner = parts.createId();
  const now = parts.clock.now();
  const until = addSeconds(now, leaseSeconds(parts));
  return { owner, hints: await parts.store.claimStrangers(owner, now, until, atOnce) };
}

/** Reads them, once, so that their payment is found. Forgotten are only those whose reading is stored. */
export async function readStrangers(
  parts: CoreParts,
  { owner, hints }: ClaimedStrangers,
  signal: AbortSignal | undefined,
): Promise<void> {
  const read = await Promise.all(hints.map((hint) => readStranger(parts, hint, signal)));
  const found = read.flatMap((one) => (one.kind === "found" ? [one.hint] : []));
  const isStored = await keepReadings(parts, found);
  const isDone = ({ kind }: Read): boolean => kind === "gone" || (kind === "found" && isStored);
  const done = hints.filter((_, index) => isDone(read[index] as Read));
  if (done.length > 0) await parts.store.dropStrangers(owner, done);
}

/** Claims strangers and reads them. Answers how many. */
export async function findStrangers(parts: CoreParts, signal?: AbortSignal): Promise<number> {
  const claimed = await claimStrangers(parts);
  if (claimed.hints.length > 0) await readStrangers(parts, claimed, signal);
  return claimed.hints.length;
}
