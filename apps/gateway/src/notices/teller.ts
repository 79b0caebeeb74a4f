import {
  addSeconds,
  type Clock,
  type Instant,
  type Logger,
  type Notice,
  type NoticeStore,
  type Seconds,
  type ShopId,
} from "@checkout-plugins/core";
import { toPause } from "./backoff.ts";
import type { Channel, Contact, FindContact } from "./contact.ts";
import { toEvent, toNoticeId } from "./event.ts";
import type { SendMail } from "./mailer.ts";
import { type FoundNotice, toMessage } from "./message.ts";
import type { PostEvent } from "./post-event.ts";

export interface TellerParts {
  readonly store: NoticeStore;
  readonly findContact: FindContact;
  /** null: no mail server is set up. */
  readonly sendMail: SendMail | null;
  readonly postEvent: PostEvent;
  readonly consoleUrl: () => string;
  /** How people call a shop. */
  readonly nameOf: (shop: ShopId) => string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly createId: () => string;
  readonly logger: Logger;
}

export interface Teller {
  /** Tells what is due until the signal fires; what was begun is finished first. */
  run(signal: AbortSignal): Promise<void>;
}

/** Longer than ten events take that each fail by their time limit. */
const claimSeconds: Seconds = 300;
const limit = { total: 100, perShop: 10 };
const idle: Seconds = 1;
/** A receiver that failed is left alone so long, so that its backlog costs one try and not a thousand. */
const rest: Seconds = 60;
const day: Seconds = 24 * 3600;

/**
 * Tells each shop's owner what the store keeps for him: findings by mail and webhook, changes by webhook. Each once on
 * each way, again when it is not known whether it arrived: a repeat has the same id.
 */
export function createTeller(parts: TellerParts): Teller {
  const { store, clock, logger } = parts;
  const resting = new Map<string, Instant>();
  const lanes = new Map<ShopId, Promise<void>>();

  const attempt = async (shop: ShopId, channel: Channel, work: () => Promise<unknown>): Promise<boolean> => {
    const key = `${shop} ${channel}`;
    if ((resting.get(key) ?? "") > clock.now()) return false;
    try {
      await work();
      resting.delete(key);
      return true;
    } catch (error) {
      resting.set(key, addSeconds(clock.now(), rest));
      logger.warn("not told", { shop, channel, why: toReason(error) });
      return false;
    }
  };
  const mail = async (contact: Contact, notices: readonly Notice[]): Promise<boolean> => {
    const found = notices.filter((one): one is FoundNotice => isFor("email", one, contact));
    const [first] = found;
    const { sendMail } = parts;
    const { email } = contact;
    if (first === undefined) return true;
    if (sendMail === null || email === null) return false;
    const message = toMessage(parts.nameOf(first.shop), found, contact.language, parts.consoleUrl());
    return attempt(first.shop, "email", () => sendMail({ ...message, to: email }));
  };
  const post = async ({ webhook, language }: Contact, notice: Notice): Promise<boolean> => {
    if (webhook === null) return false;
    const event = toEvent(notice, language, clock.now());
    return attempt(notice.shop, "webhook", () => parts.postEvent(webhook, toNoticeId(notice), event));
  };
  const record = async (notice: Notice, ways: readonly Channel[], toldTo: readonly string[]): Promise<void> => {
    const { shop, payment, finding, tries } = notice;
    const now = clock.now();
    const isDone = ways.length > 0 ? ways.every((way) => toldTo.includes(way)) : finding === null;
    // A finding waits for the day on which its owner says how to reach him.
    const pause = ways.length > 0 ? toPause(tries, parts.random) : day;
    const isKept = await store.recordNotice(notice, { toldTo, again: isDone ? null : addSeconds(now, pause), now });
    if (isKept && isDone) logger.info("told", { shop, payment, kind: finding?.kind ?? "payment" });
  };
  const tell = async (shop: ShopId, notices: readonly Notice[]): Promise<void> => {
    const contact = await parts.findContact(shop);
    const isMailed = contact !== null && (await mail(contact, notices));
    for (const notice of notices) {
      const told = new Set(notice.toldTo);
      if (contact !== null && isMailed && isFor("email", notice, contact)) told.add("email");
      if (contact !== null && isFor("webhook", notice, contact) && (await post(contact, notice))) told.add("webhook");
      await record(notice, contact === null ? [] : channelsOf(notice, contact), [...told]);
    }
  };
  const enqueue = (shop: ShopId, notices: readonly Notice[]): void => {
    const lane = (lanes.get(shop) ?? Promise.resolve())
      .then(() => tell(shop, notices))
      .catch((error: unknown) => logger.error("telling failed", { shop, why: toReason(error) }))
      .finally(() => {
        if (lanes.get(shop) === lane) lanes.delete(shop);
      });
    lanes.set(shop, lane);
  };
  const claim = async (): Promise<number> => {
    const now = clock.now();
    const notices = await store.claimNotices(parts.createId(), now, addSeconds(now, claimSeconds), limit);
    for (const [shop, some] of Map.groupBy(notices, (one) => one.shop)) enqueue(shop, some);
    return notices.length;
  };
  return {
    async run(signal) {
      while (!signal.aborted) {
        const claimed = await claim().catch((error: unknown) => {
          logger.error("telling failed", { why: toReason(error) });
          return 0;
        });
        // A dead receiver keeps its own shop's lane only; with nothing to do, and beside a busy lane, we wait.
        const done = claimed === 0 ? [] : [Promise.all(lanes.values())];
        await Promise.race([...done, clock.sleep(idle, signal).catch(() => undefined)]);
      }
      await Promise.all(lanes.values());
    },
  };
}

/** The ways on which this notice shall go. */
function channelsOf({ finding }: Notice, { email, webhook }: Contact): readonly Channel[] {
  const byMail: readonly Channel[] = finding === null || email === null ? [] : ["email"];
  return webhook === null ? byMail : [...byMail, "webhook"];
}

function isFor(channel: Channel, notice: Notice, contact: Contact): boolean {
  return channelsOf(notice, contact).includes(channel) && !notice.toldTo.includes(channel);
}

function toReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
