import type { Clock, Logger, NoticeStore, ShopDirectory, ShopId } from "@checkout-plugins/core";
import type { Channel, FindContact } from "./contact.ts";
import type { SendMail } from "./mailer.ts";
import { toTestMessage } from "./message.ts";
import { createPostEvent } from "./post-event.ts";
import { createTeller } from "./teller.ts";

/** How the gateway reaches people and their systems. */
export interface NoticeParts {
  readonly findContact: FindContact;
  /** null: no mail server is set up. */
  readonly sendMail: SendMail | null;
  /** One that is safe with addresses that somebody entered. */
  readonly fetch: typeof globalThis.fetch;
}

export interface NoticeSettings extends NoticeParts {
  readonly store: NoticeStore;
  readonly consoleUrl: () => string;
  /** How people call a shop. */
  readonly nameOf: (shop: ShopId) => string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly createId: () => string;
  readonly logger: Logger;
}

/** What came of a test message on one way; `why: null` when it was taken. */
export interface TestOutcome {
  readonly channel: Channel;
  readonly why: string | null;
}

export interface Notices {
  /** Tells what is due until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
  /** Shows a shop's owner that messages arrive; empty when nobody said how to reach him. */
  test(shop: ShopId): Promise<readonly TestOutcome[]>;
  /** The shops, those whose owner has systems that listen marked so. */
  listen(shops: ShopDirectory): ShopDirectory;
}

export function createNotices(settings: NoticeSettings): Notices {
  const { clock, findContact, sendMail, consoleUrl, createId } = settings;
  const postEvent = createPostEvent({ fetch: settings.fetch, now: () => Date.parse(clock.now()) });
  const teller = createTeller({ ...settings, postEvent });
  return {
    run: (signal) => teller.run(signal),
    async test(shop) {
      const contact = await findContact(shop);
      const { email = null, webhook = null, language = "en" } = contact ?? {};
      const id = `test-${createId()}`;
      const outcomes: TestOutcome[] = [];
      if (email !== null && sendMail !== null) {
        const message = toTestMessage(settings.nameOf(shop), language, consoleUrl(), id);
        outcomes.push(await toOutcome("email", sendMail({ ...message, to: email })));
      }
      if (webhook !== null) {
        const event = { type: "test", timestamp: clock.now(), data: { shop } };
        outcomes.push(await toOutcome("webhook", postEvent(webhook, id, event)));
      }
      return outcomes;
    },
    listen: (shops) => ({
      ...shops,
      async find(id) {
        const shop = await shops.find(id);
        const contact = shop === null ? null : await findContact(id);
        return shop && { ...shop, announces: contact !== null && contact.webhook !== null };
      },
    }),
  };
}

async function toOutcome(channel: Channel, work: Promise<void>): Promise<TestOutcome> {
  const fault = await work.then(
    () => null,
    (error: Error) => error,
  );
  if (fault === null) return { channel, why: null };
  return { channel, why: fault.cause instanceof Error ? fault.cause.message : fault.message };
}
