import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import {
  createMemoryStore,
  type Finding,
  type Instant,
  type Payment,
  type PaymentStore,
  type ShopId,
} from "@checkout-plugins/core";
import { languages } from "@checkout-plugins/knowledge";
import { verifyMessage } from "@checkout-plugins/shop-protocol";
import { SMTPServer } from "smtp-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAddressGuard } from "../addresses/guarded-fetch.ts";
import { type Listening, listen } from "../listen.ts";
import { createLogger } from "../log.ts";
import { createSharedClock } from "../test/shared-clock.ts";
import type { Contact } from "./contact.ts";
import { createMailer } from "./mailer.ts";
import { createPostEvent } from "./post-event.ts";
import { createTeller } from "./teller.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const shop = "my-shop" as ShopId;
const start = Date.parse("2026-02-03T09:00:00.000Z");

interface Received {
  readonly id: string;
  readonly event: { readonly type: string; readonly data: Record<string, unknown> };
}

let mails: string[] = [];
let received: Received[] = [];
let underWay = 0;
let isMailDown = false;
let answer: () => Promise<number> = async () => 200;
let now = start;
let smtp: SMTPServer;
let receiver: Listening;
let stop = new AbortController();
let running: Promise<void>[] = [];

beforeEach(async () => {
  [mails, received, running] = [[], [], []];
  [isMailDown, answer, now, stop] = [false, async () => 200, start, new AbortController()];
  smtp = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    onMailFrom: (_from, _session, done) => done(isMailDown ? new Error("come back later") : null),
    onData: (stream, _session, done) => {
      text(stream).then((mail) => {
        mails.push(mail);
        done();
      }, done);
    },
  });
  smtp.listen(0, "127.0.0.1");
  await once(smtp.server, "listening");
  receiver = await listen({ host: "127.0.0.1", port: 0, fetch: receive });
});
afterEach(async () => {
  stop.abort();
  await Promise.all(running);
  await receiver.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
});

async function receive(request: Request): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer());
  const verified = verifyMessage({ headers: request.headers, body, secrets: [secret], now });
  if (!verified.verified) return new Response(verified.message, { status: 401 });
  received.push({ id: verified.id, event: JSON.parse(new TextDecoder().decode(body)) });
  return new Response(null, { status: await answer() });
}

const clock = createSharedClock(() => now);
const at = (): Instant => clock.now();
let lines: string[] = [];

/** A teller of a gateway of its own on this store. */
function tell(store: PaymentStore, contact: Partial<Contact> | null = {}): void {
  lines = [];
  const url = `http://127.0.0.1:${receiver.port}/events`;
  const whole: Contact = { language: "de", email: "owner@example.ch", webhook: { url, secrets: [secret] }, ...contact };
  const { port } = smtp.server.address() as AddressInfo;
  const teller = createTeller({
    store,
    findContact: async () => (contact === null ? null : whole),
    sendMail: counted(createMailer({ url: `smtp://127.0.0.1:${port}`, from: "Payments <pay@example.ch>" })),
    postEvent: counted(createPostEvent({ fetch: createAddressGuard({ allowPrivate: true }).fetch, now: () => now })),
    consoleUrl: () => "https://pay.example.ch",
    nameOf: (id) => `${id} & Söhne`,
    clock,
    random: () => 0.5,
    createId: () => `owner-${running.length}-${now}`,
    logger: createLogger({ level: "debug", clock, secrets: [secret], write: (line) => lines.push(line) }),
  });
  running.push(teller.run(stop.signal));
}

/** Sets time forward, so many seconds at once, and lets what follows from it happen. */
async function pass(seconds: number, step = 1): Promise<void> {
  for (let passed = 0; passed < seconds; passed += step) {
    now += step * 1000;
    clock.wakeSleepers();
    for (let calm = 0; calm < 3; calm = underWay === 0 ? calm + 1 : 0) await new Promise((turn) => setImmediate(turn));
  }
}

/** Lets time pass until it holds. */
async function until(holds: () => boolean | Promise<boolean>, step = 1): Promise<void> {
  while (!(await holds())) await pass(step, step);
}

/** Time stands still while a message is under way. */
function counted<Given extends readonly unknown[]>(send: (...given: Given) => Promise<void>) {
  return async (...given: Given): Promise<void> => {
    underWay += 1;
    try {
      await send(...given);
    } finally {
      underWay -= 1;
    }
  };
}

const chargeback: Finding = {
  key: "chargeback:1",
  kind: "chargeback",
  detail: "The card's issuer took the money back.",
  amount: { minor: 2995, currency: "CHF" } as Finding["amount"],
};

/** A payment whose look found this. */
async function find(
  store: PaymentStore,
  findings: readonly Finding[],
  changes: Partial<Payment> = {},
  number = 1,
): Promise<void> {
  const id = `pay-${number}` as Payment["id"];
  const row = await store.open(id, shop, `order-${1000 + number}` as Payment["reference"], null, at());
  const lease = await store.lease(id, `look-${now}-${row.revision}`, at(), at());
  if (lease === null) throw new Error("held");
  const zero = { minor: 0, currency: "CHF" };
  const payment = {
    id,
    reference: row.reference,
    group: null,
    revision: row.revision + 1,
    standing: "paid",
    mayShip: true,
    environment: "live",
    amount: { minor: 2995, currency: "CHF" },
    authorized: { minor: 2995, currency: "CHF" },
    completed: { minor: 2995, currency: "CHF" },
    refunded: zero,
    method: { id: "1", name: "Cards", brand: "Visa" },
    findings,
    ...changes,
  } as unknown as Payment;
  await store.recordTruth(lease, {
    payment,
    entities: [],
    owed: [],
    staleReads: 0,
    hintsSeen: true,
    lookAt: null,
    announce: true,
    now: at(),
  });
  await store.release(lease);
}

const toldOn = async (store: PaymentStore): Promise<Instant | null | undefined> =>
  (await store.findings(shop))[0]?.toldOn;
/** Soft line breaks and escapes of a mail's body undone. */
const toPlain = (mail: string): string =>
  Buffer.from(
    mail
      .replace(/=\r\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");

describe("a finding", () => {
  it("reaches its owner by mail and by signed webhook, once each", async () => {
    const store = createMemoryStore();
    await find(store, [chargeback]);
    tell(store);
    await until(async () => (await toldOn(store)) !== null);
    await pass(3 * 24 * 3600, 600);
    expect(mails).toHaveLength(1);
    const mail = toPlain(mails[0] ?? "");
    expect(mail).toMatch(/^To: owner@example\.ch\r$/m);
    expect(mail).toMatch(/^Subject: .*my-shop_&_S.hne,.order-1001:.*R.ckbelast/m);
    expect(mail).toMatch(
      /Guten Tag.*Betrag: CHF 29\.95.*Was geschehen ist.*Was Sie tun können.*Wen Sie fragen.*Worldline.*The card's issuer.*https:\/\/pay\.example\.ch/s,
    );
    const found = received.filter(({ event }) => event.type === "finding.opened");
    expect(found).toHaveLength(1);
    expect(found[0]?.event.data).toMatchObject({
      shop,
      reference: "order-1001",
      payment: { standing: "paid", revision: 1 },
      finding: {
        kind: "chargeback",
        whatToDo: expect.stringMatching(/\w/),
        whomToCall: expect.stringContaining("Akzeptanzpartner"),
      },
    });
  });

  it("of a sale at the till names the counter's contact, though no brand is told", async () => {
    const store = createMemoryStore();
    const governing = { terminal: { id: "1", isStopped: false } } as unknown as Payment["governing"];
    const method = { id: "1", name: "Kredit-/Debitkarte", brand: null } as unknown as Payment["method"];
    await find(store, [chargeback], { governing, method });
    tell(store, { webhook: null });
    await until(() => mails.length > 0);
    const mail = toPlain(mails[0] ?? "");
    expect(mail).toMatch(/- Worldline \(SIX\), 0848 83 20 00, customerservice@worldline\.com/);
    expect(mail).not.toContain("cs.ecom@worldline.com");
  });

  it.each(languages)("is told in %s", async (language) => {
    const store = createMemoryStore();
    await find(store, [chargeback]);
    tell(store, { language, webhook: null });
    await until(() => mails.length > 0);
    const words = { de: "Guten Tag", fr: "Bonjour", it: "Buongiorno", en: "Hello" };
    expect(toPlain(mails[0] ?? "")).toContain(words[language]);
  });

  it("that comes with others is one mail", async () => {
    const store = createMemoryStore();
    for (const number of [1, 2, 3]) await find(store, [chargeback], {}, number);
    tell(store, { webhook: null });
    await until(() => mails.length > 0);
    await pass(100);
    expect(mails).toHaveLength(1);
    expect(toPlain(mails[0] ?? "")).toMatch(/\(\+2\).*order-1001.*order-1002.*order-1003/s);
  });

  it("waits for a mail server that is down, while the webhook has it once", async () => {
    const store = createMemoryStore();
    isMailDown = true;
    await find(store, [chargeback]);
    tell(store);
    await until(() => lines.filter((line) => line.includes('"not told"')).length === 2);
    isMailDown = false;
    expect(await toldOn(store)).toBeNull();
    await until(async () => (await toldOn(store)) !== null);
    expect(mails).toHaveLength(1);
    expect(received.filter(({ event }) => event.type === "finding.opened")).toHaveLength(1);
  });

  it("is told on the day its owner says how to reach him", async () => {
    const store = createMemoryStore();
    await find(store, [chargeback]);
    tell(store, null);
    await pass(5);
    stop.abort();
    await Promise.all(running);
    stop = new AbortController();
    tell(store);
    await until(async () => (await toldOn(store)) !== null, 600);
    expect(now - start).toBeLessThan(25 * 3600 * 1000);
    expect(mails).toHaveLength(1);
  });
});

describe("a gateway that is killed between telling and noting it", () => {
  it("tells again, and the webhook has the same id", async () => {
    const store = createMemoryStore();
    await find(store, [chargeback]);
    let isDead = false;
    const dying: PaymentStore = {
      ...store,
      claimNotices: async (...given) => (isDead ? [] : store.claimNotices(...given)),
      recordNotice: async (notice, outcome) => {
        if (notice.finding === null) return store.recordNotice(notice, outcome);
        isDead = true;
        throw new Error("killed");
      },
    };
    tell(dying);
    await until(() => isDead);
    tell(store);
    await until(async () => (await toldOn(store)) !== null);
    const found = received.filter(({ event }) => event.type === "finding.opened");
    expect(found).toHaveLength(2);
    expect(new Set(found.map(({ id }) => id)).size).toBe(1);
    const ids = mails.map((mail) => /^Message-ID: (.*)\r$/im.exec(mail)?.[1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });
});

describe("a payment that changes", () => {
  it("is told to the owner's systems in its newest state, and to nobody by mail", async () => {
    const store = createMemoryStore();
    tell(store);
    await find(store, [], { standing: "authorized", mayShip: false });
    await until(() => received.length === 1);
    await find(store, []);
    await find(store, [], { refunded: { minor: 500, currency: "CHF" } as Payment["refunded"] });
    await until(() => received.length === 2);
    await pass(100);
    expect(received.map(({ event }) => [event.type, (event.data.payment as Payment).revision])).toEqual([
      ["payment.changed", 1],
      ["payment.changed", 3],
    ]);
    expect(received[1]?.event.data).toMatchObject({ payment: { standing: "paid", refunded: { minor: 500 } } });
    expect(JSON.stringify(received)).not.toMatch(/email|billing|customer/);
    expect(new Set(received.map(({ id }) => id)).size).toBe(2);
    expect(mails).toEqual([]);
  });

  it("is told again by backoff until the receiver takes it, and its backlog costs one try a minute", async () => {
    const store = createMemoryStore();
    let tries = 0;
    answer = async () => {
      tries += 1;
      return 500;
    };
    for (let number = 1; number <= 40; number += 1) await find(store, [], {}, number);
    tell(store);
    await pass(59);
    expect(tries).toBe(1);
    await pass(300);
    expect(tries).toBeGreaterThan(1);
    expect(tries).toBeLessThanOrEqual(6);
    answer = async () => 200;
    await until(async () => new Set(received.slice(tries).map(({ id }) => id)).size === 40);
    expect(lines.join()).toContain("It answered 500.");
  });

  it("is not sent where a redirect leads", async () => {
    const store = createMemoryStore();
    answer = async () => 302;
    await find(store, []);
    tell(store);
    await until(() => lines.some((line) => line.includes("No redirect is followed.")));
    expect(received).toHaveLength(1);
  });
});
