import { type Instant, type KeptFinding, type Money, type PaymentRow, toDecimal } from "@checkout-plugins/core";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { frame, modeMark, type Reader } from "../manage/frame.ts";
import { buyerForm } from "./buyers.ts";
import { messageList } from "./messages.ts";
import type { ConsoleModel, ShopModel } from "./model.ts";
import { toTable } from "./table.ts";
import { type Texts, texts } from "./texts.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The whole page. It holds no script, and no style but its style sheets. */
export function toPage(model: ConsoleModel, reader: Reader): Html {
  const say = texts[reader.language];
  const findings = model.shops.flatMap((shop) =>
    shop.findings.map((finding) => ({ finding, order: toOrder(shop, finding) })),
  );
  const rows = model.shops.flatMap((shop) => shop.rows);
  return frame(
    reader,
    say.title,
    html`<dl class="summary">
        ${number(say.summary.payments, rows.length)}${number(say.summary.due, model.due)}
        ${number(say.summary.findings, findings.length)}
      </dl>
      <p class="time">${say.asOf} ${time(say, model.now)}</p>
      ${findingList(say, findings)}${paymentTable(say, model, rows)}${shopTable(reader, model.shops)}${messageList(reader, model)}${buyerForm(reader, model)}`,
  );
}

function number(label: string, value: number): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

interface OrderFinding {
  readonly finding: KeptFinding;
  readonly order: string;
}

/** What a shop owner knows it by; our own id where the payment is too old for the list. */
function toOrder({ rows }: ShopModel, { payment }: KeptFinding): string {
  return rows.find(({ id }) => id === payment)?.reference ?? payment;
}

function findingList(say: Texts, findings: readonly OrderFinding[]): Html {
  const items = findings.map(
    ({ finding, order }) =>
      html`<li>
        <strong>${order}: ${say.findings.kinds[finding.kind]}</strong>
        ${finding.amount === null ? "" : money(say, finding.amount)}
        <span class="time">${say.findings.since} ${time(say, finding.since)}</span>
        <small>${say.findings.detail}</small>
        <p lang="en">${finding.detail}</p>
      </li>`,
  );
  return html`<section>
    <h2>${say.findings.heading}</h2>
    ${items.length === 0 ? html`<p>${say.findings.empty}</p>` : html`<ul class="findings">${items}</ul>`}
  </section>`;
}

function paymentTable(say: Texts, model: ConsoleModel, rows: readonly PaymentRow[]): Html {
  const { payments } = say;
  const heads = [
    payments.reference,
    payments.amount,
    payments.standing,
    payments.refunded,
    payments.shown,
    payments.next,
  ];
  const hint = html`<p>${payments.empty} ${payments.emptyNext}</p>
    <ul>
      ${model.shops.map(({ commandsUrl }) => html`<li><code>${commandsUrl}</code></li>`)}
    </ul>`;
  return html`<section>
    <h2>${payments.heading}</h2>
    ${
      rows.length === 0
        ? hint
        : toTable(
            heads,
            rows.map((row) => paymentCells(say, model.now, row)),
          )
    }
    ${rows.length > 0 ? html`<p class="note">${payments.newest}</p>` : ""}
  </section>`;
}

function paymentCells(say: Texts, now: Instant, row: PaymentRow): readonly Html[] {
  const { payment } = row;
  const { payments } = say;
  if (payment === null) {
    return [
      html`${row.reference}`,
      html`–`,
      html`${say.standings.open}`,
      html`–`,
      html`${payments.nothingShown}`,
      nextLook(say, now, row),
    ];
  }
  const standing = html`<span class="standing ${payment.standing}">${say.standings[payment.standing]}</span>
    ${payment.mayShip ? html`<small>${payments.mayShip}</small>` : ""}
    ${payment.environment === "test" ? html`<small class="test">${payments.test}</small>` : ""}`;
  const shown =
    row.unshownSince === null
      ? html`${payments.isShown}`
      : html`${payments.notShownSince} ${time(say, row.unshownSince)}`;
  const refunded = payment.refunded.minor === 0 ? html`–` : money(say, payment.refunded);
  return [html`${row.reference}`, money(say, payment.amount), standing, refunded, shown, nextLook(say, now, row)];
}

function nextLook(say: Texts, now: Instant, { lookAt }: PaymentRow): Html {
  if (lookAt === null) return html`${say.payments.never}`;
  return lookAt <= now ? html`${say.payments.now}` : time(say, lookAt);
}

function shopTable({ language, say: manage }: Reader, shops: readonly ShopModel[]): Html {
  const say = texts[language];
  const heads = [say.shops.shop, say.shops.space, say.shops.webhooks];
  const rows = shops.flatMap(({ name, mode, connections }) =>
    connections.map(({ space, environment, state, why }) => [
      html`${name} ${mode === null ? "" : modeMark(manage, mode)}`,
      html`${space} <small>${say.shops[environment]}</small>`,
      html`${say.shops[state]}${why === null ? "" : html`<br /><span lang="en">${why}</span>`}`,
    ]),
  );
  return html`<section>
    <h2>${say.shops.heading}</h2>
    ${toTable(heads, rows)}
  </section>`;
}

function money({ locale }: Texts, amount: Money): Html {
  const format = new Intl.NumberFormat(locale, {
    style: "currency",
    currency: amount.currency,
    currencyDisplay: "code",
  });
  return html`<span class="amount">${format.format(toDecimal(amount) as `${number}`)}</span>`;
}

/** Swiss time, because the service's own back office shows that. */
function time({ locale }: Texts, instant: Instant): Html {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: "Europe/Zurich",
  });
  return html`<time datetime="${instant}">${format.format(Date.parse(instant))}</time>`;
}
