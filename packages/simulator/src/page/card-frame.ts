import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { Env } from "../api/received.ts";
import { payUrl } from "../api/transaction-operations.ts";
import { ApiError } from "../api-error.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import { redirectOf } from "../control/buyer-actions.ts";
import type { Buyer, BuyerStep } from "../service/buyer.ts";
import type { World } from "../service/world.ts";
import type { MethodConfigurationRow } from "../state/space.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { checkCard, emptyCard, isCardEntry, toCardForm } from "./card-entry.ts";
import { cardFields, testCardTable } from "./card-form.ts";
import { pageHeaders, toParentOrigin } from "./frame.ts";
import { type Html, layout, nothing } from "./layout.ts";
import { keepBox } from "./method-choice.ts";
import type { PageContext, Stand } from "./page-context.ts";
import { fillIn } from "./texts.ts";
import { pageOf, refuse, transactionOf, visitOf } from "./visitors.ts";

const path = "/s/:space/payment/transaction/form/:id";

/** The fields of one method, to stand in the shop's own page. Methods without fields take no room. */
export function createCardFrame(world: World, buyer: Buyer, publicUrl: string | undefined): Hono<Env> {
  const app = new Hono<Env>();

  const methodOf = (row: TransactionRow, id: string | null | undefined): MethodConfigurationRow | undefined =>
    buyer.methods(row).find((method) => method.id === id);
  const process = (context: Context<Env>, page: PageContext, form: URLSearchParams): BuyerStep | null => {
    const row = page.transaction;
    const method = methodOf(row, form.get("method"));
    const visit = visitOf(context, page.stand);
    if (method === undefined) return null;
    if (paymentMethod(method.method).kind !== "card") return buyer.payByMethod(row, method, "ask", visit);
    const checked = checkCard(toCardForm(form), page.texts, world.agenda.now());
    return isCardEntry(checked) ? buyer.payByCard(row, method, checked, visit) : null;
  };

  app.get(path, (context) => {
    const row = transactionOf(context, world);
    const stand = standOf(context);
    const method = row === undefined ? undefined : methodOf(row, context.req.query("paymentMethodConfigurationId"));
    if (row === undefined || method === undefined || stand.parent === null) return refuse(context);
    const page = pageOf(world, row, stand);
    const { texts, language, money } = page;
    const { kind, title } = paymentMethod(method.method);
    const label = fillIn(texts.payWith, { amount: money(row.authorizationAmount), method: title[language] });
    const frame = { parent: stand.parent, ...(kind === "app" ? { label } : {}) };
    const main = frameForm(page, method.id, kind === "card");
    const document = layout({ title: texts.payment, language, shopName: null, main, frame, isBare: true });
    return context.html(document, 200, pageHeaders(true));
  });

  app.post(path, async (context) => {
    const row = transactionOf(context, world);
    if (row === undefined) return refuse(context);
    const page = pageOf(world, row, standOf(context));
    const form = new URLSearchParams(await context.req.text());
    if (form.get("action") === "validate")
      return context.json({ problems: problemsOf(page, methodOf(row, form.get("method")), form) });
    const elsewhere = payUrl(row, publicUrl ?? new URL(context.req.url).origin);
    try {
      const step = process(context, page, form);
      return context.json({ url: (step === null ? null : redirectOf(row, step)) ?? elsewhere });
    } catch (error) {
      // It cannot be paid from here (not confirmed, paid already): the payment page says why.
      if (error instanceof ApiError) return context.json({ url: elsewhere });
      throw error;
    }
  });

  const problemsOf = ({ texts }: PageContext, method: MethodConfigurationRow | undefined, form: URLSearchParams) => {
    if (method === undefined || paymentMethod(method.method).kind !== "card") return {};
    const checked = checkCard(toCardForm(form), texts, world.agenda.now());
    return isCardEntry(checked) ? {} : checked;
  };
  return app;
}

function standOf(context: Context<Env>): Stand {
  return { userInterface: "IFRAME", parent: toParentOrigin(context.req.query("parent")) };
}

function frameForm(page: PageContext, method: string, hasFields: boolean): Html {
  return html`<form method="post" action="${page.action}" data-frame="${hasFields ? "fields" : "empty"}" novalidate>
      <input type="hidden" name="method" value="${method}">
      ${hasFields ? html`${cardFields(page, emptyCard)}${keepBox(page)}` : nothing}
    </form>
    ${hasFields ? testCardTable(page, null) : nothing}`;
}
