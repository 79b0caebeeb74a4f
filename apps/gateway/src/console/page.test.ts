import type {
  Finding,
  Instant,
  KeptFinding,
  Payment,
  PaymentId,
  PaymentRow,
  ShopId,
  SpaceId,
} from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { toReader } from "../manage/frame.ts";
import type { ConsoleModel } from "./model.ts";
import { isDue } from "./model.ts";
import { toPage } from "./page.ts";
import { type Language, languages, texts } from "./texts.ts";

const readerOf = (language: Language) => toReader(language, null);

const now = "2026-02-03T09:00:00.000Z" as Instant;
const later = "2026-02-03T09:05:00.000Z" as Instant;
const chf = (minor: number) => ({ minor, currency: "CHF" });

function aRow(reference: string, payment: Partial<Payment> | null, changes: Partial<PaymentRow> = {}): PaymentRow {
  const full = payment && { amount: chf(123456789), refunded: chf(0), mayShip: false, environment: "live", ...payment };
  return {
    reference,
    payment: full,
    revision: 1,
    shownRevision: 1,
    lookAt: null,
    showAt: null,
    unshownSince: null,
    ...changes,
  } as PaymentRow;
}

function aFinding(changes: Partial<Finding>): KeptFinding {
  return {
    key: "k",
    kind: "wrongAmount",
    detail: "Do not ship.",
    amount: chf(100),
    since: now,
    payment: "pay_9",
    ...changes,
  } as KeptFinding;
}

function aModel(rows: readonly PaymentRow[] = [], findings: readonly KeptFinding[] = []): ConsoleModel {
  const connection = {
    shop: "demo" as ShopId,
    space: "70001" as SpaceId,
    environment: "test" as const,
    state: "connected" as const,
    why: null,
  };
  const commandsUrl = "http://localhost:4001/shops/demo/commands";
  return {
    now,
    due: 2,
    shops: [
      {
        id: "demo" as ShopId,
        name: "Demo",
        mode: "test",
        commandsUrl,
        connections: [connection],
        rows,
        findings,
        contact: null,
      },
    ],
  };
}

describe("toPage", () => {
  it.each(languages)("says in %s what an empty gateway waits for", async (language) => {
    const page = String(await toPage(aModel(), readerOf(language)));
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain(texts[language].payments.empty);
    expect(page).toContain("http://localhost:4001/shops/demo/commands");
    expect(page).toContain(texts[language].findings.empty);
    expect(page).toContain(texts[language].shops.connected);
    expect(page).toContain('<strong class="mode test">Test</strong>');
    expect(page.match(/aria-current="true"/g)).toHaveLength(1);
  });

  it("shows what a payment is worth, its standing, and what is still to do", async () => {
    const page = String(
      await toPage(
        aModel([
          aRow("order-1", { standing: "paid", mayShip: true, refunded: chf(1500) } as Partial<Payment>),
          aRow("order-2", { standing: "held" }, { unshownSince: now, lookAt: later }),
          aRow("order-3", { standing: "open", environment: "test" }, { lookAt: now }),
          aRow("order-4", null),
        ]),
        readerOf("de"),
      ),
    );
    expect(page).toMatch(/CHF.1(?:&#39;|’)234(?:&#39;|’)567\.89/); // the apostrophe differs between versions of ICU
    expect(page).toMatch(/bezahlt.*darf versendet werden.*CHF.15\.00.*aktuell.*nicht nötig/s);
    expect(page).toMatch(/order-2.*angehalten: nicht versenden.*nicht aktuell seit.*10:00:00.*10:05:00/s);
    expect(page).toMatch(/order-3.*offen.*Test.*jetzt/s);
    expect(page).toMatch(/order-4.*noch nichts anzuzeigen/s);
  });

  it("shows a finding by its kind in the reader's language, with what to do", async () => {
    const page = String(
      await toPage(
        aModel([aRow("order-9", null, { id: "pay_9" as PaymentId })], [aFinding({ kind: "testMoney", amount: null })]),
        readerOf("fr"),
      ),
    );
    expect(page).toMatch(/order-9: Argent fictif dans une boutique en production.*<p lang="en">Do not ship\.<\/p>/s);
    expect(page).not.toContain(texts.fr.findings.empty);
  });

  it("escapes what shops and the service say", async () => {
    const nasty = '<script>alert("1")</script>';
    const page = String(
      await toPage(aModel([aRow(nasty, { standing: "open" })], [aFinding({ detail: nasty })]), readerOf("en")),
    );
    expect(page).not.toContain("<script");
    expect(page).toContain("&lt;script&gt;");
  });
});

describe("T10: what shops, the service and strangers wrote", () => {
  const marks = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><iframe src=//evil>",
  ];
  const more = [
    "</title><script>",
    "<style>*{}</style>",
    "<a href='javascript:alert(1)'>",
    "<!--",
    "]]><script>",
    "<base href=//evil>",
  ];
  const around = ["%", "\u0000%", "&lt;%", "%&gt;", "{{%}}"];
  const tricks = around.flatMap((frame) => [...marks, ...more].map((mark) => frame.replace("%", mark)));

  it(`is shown as it was written, in every field: ${tricks.length} tricks`, async () => {
    expect(tricks.length).toBeGreaterThanOrEqual(50);
    for (const trick of tricks) {
      const model = aModel(
        [aRow(trick, { standing: "paid", id: trick } as unknown as Partial<Payment>, { id: trick as PaymentId })],
        [aFinding({ detail: trick, key: trick })],
      );
      const contact = {
        language: "de",
        email: trick,
        webhook: { url: "https://erp.example.ch", secrets: [] },
      } as const;
      const [shop] = model.shops;
      const connections =
        shop?.connections.map((one) => ({ ...one, state: "notConnected" as const, why: trick })) ?? [];
      const shops = [
        {
          ...(shop as (typeof model.shops)[number]),
          id: trick as ShopId,
          name: trick,
          mode: null,
          commandsUrl: trick,
          connections,
          contact,
        },
      ];
      const test = { shop: trick as ShopId, outcomes: [{ channel: "email" as const, why: trick }] };
      const page = String(await toPage({ ...model, shops, test }, readerOf("en")));
      const mark = [...marks, ...more].find((one) => trick.includes(one)) ?? "";
      expect(page, trick).not.toContain(mark);
      expect(page.match(/<(script|img|svg|iframe|style|base)\b/g), trick).toBeNull();
      expect(page.match(/ on\w+=/g)?.filter((found) => page.includes(`<${found}`)) ?? [], trick).toEqual([]);
    }
  });
});

describe("isDue", () => {
  it.each([
    ["nothing to do", {}, false],
    ["a look now", { lookAt: now }, true],
    ["a look later", { lookAt: later }, false],
    ["something to show now", { shownRevision: 0, showAt: now }, true],
    ["something to show later", { shownRevision: 0, showAt: later }, false],
    ["all shown", { showAt: now }, false],
  ])("%s: %s", (_name, changes, is) => {
    expect(isDue(aRow("1", null, changes), now)).toBe(is);
  });
});
