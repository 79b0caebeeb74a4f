import { html } from "hono/html";
import { failures } from "../catalogue/failures.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import type { ChargeAttemptRow } from "../state/payment.ts";
import type { MethodConfigurationRow } from "../state/space.ts";
import { type Html, nothing } from "./layout.ts";
import type { PageContext } from "./page-context.ts";
import { fillIn } from "./texts.ts";

/** What the bank or the app would ask. */
export function askPage(context: PageContext, attempt: ChargeAttemptRow, row: MethodConfigurationRow): Html {
  const { texts, language, action, money, transaction } = context;
  const values = {
    amount: money(transaction.authorizationAmount),
    card: attempt.card?.maskedNumber ?? "",
    method: paymentMethod(row.method).title[language],
  };
  const isCard = attempt.card !== null;
  return html`<section class="notice ask">
    <h1>${isCard ? texts.bankTitle : fillIn(texts.appTitle, values)}</h1>
    <p>${fillIn(isCard ? texts.bankText : texts.appText, values)}</p>
    <form method="post" action="${action}">
      <button type="submit" name="action" value="confirm" class="primary">${texts.confirm}</button>
      <button type="submit" name="action" value="refuse" class="secondary">${texts.refuse}</button>
    </form>
    <p><a href="${action}&choose=1">${texts.otherMethod}</a></p>
  </section>`;
}

interface Notice {
  readonly kind: "good" | "waiting" | "bad";
  readonly title: string;
  readonly text: string;
  /** Where the shop wants the buyer. */
  readonly link: string | null;
  readonly linkText: string;
}

export function notice({ kind, title, text, link, linkText }: Notice): Html {
  return html`<section class="notice notice-${kind}">
    <h1>${title}</h1>
    <p>${text}</p>
    ${link === null ? nothing : html`<p><a class="primary" href="${link}" target="_top">${linkText}</a></p>`}
  </section>`;
}

export function paidNotice({ texts, transaction, money }: PageContext): Html {
  const text = fillIn(texts.paidText, { amount: money(transaction.authorizationAmount) });
  const link = transaction.content.successUrl ?? null;
  return notice({ kind: "good", title: texts.paidTitle, text, link, linkText: texts.backToShop });
}

export function processingNotice({ texts, transaction }: PageContext): Html {
  const link = transaction.content.successUrl ?? null;
  const { processingTitle: title, processingText: text } = texts;
  return notice({ kind: "waiting", title, text, link, linkText: texts.backToShop });
}

export function failedNotice({ texts, transaction, language }: PageContext): Html {
  const { failure, content } = transaction;
  const text = failures[failure ?? "declined"].message[language];
  return notice({
    kind: "bad",
    title: texts.failedTitle,
    text,
    link: content.failedUrl ?? null,
    linkText: texts.backToShop,
  });
}

export function notReadyNotice({ texts, transaction }: PageContext): Html {
  const link = transaction.content.failedUrl ?? null;
  return notice({
    kind: "waiting",
    title: texts.notReadyTitle,
    text: texts.notReadyText,
    link,
    linkText: texts.backToShop,
  });
}
