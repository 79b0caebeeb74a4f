import { timingSafeEqual } from "node:crypto";
import { toServiceId } from "@checkout-plugins/client";
import { type Context, Hono } from "hono";
import type { Env } from "../api/api.ts";
import { ApiError } from "../api-error.ts";
import { readAsset } from "../assets.ts";
import { findTestCard } from "../catalogue/cards.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import { redirectOf } from "../control/buyer-actions.ts";
import type { Buyer, BuyerStep, Visit } from "../service/buyer.ts";
import type { Charges } from "../service/charges.ts";
import { isOpen, isSuccessful } from "../service/transaction-machine.ts";
import { spaceOf, type World } from "../service/world.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { type CardForm, checkCard, isCardEntry, toTypedExpiry } from "./card-entry.ts";
import type { CardFormValues } from "./card-form.ts";
import { methodIcon } from "./icons.ts";
import { type Html, layout } from "./layout.ts";
import { alertOf, methodChoice } from "./method-choice.ts";
import { askPage, failedNotice, notice, notReadyNotice, paidNotice, processingNotice } from "./notices.ts";
import { orderSummary } from "./order-summary.ts";
import { createPageContext, type PageContext } from "./page-context.ts";
import { pageTexts } from "./texts.ts";

/**
 * No script, nothing from elsewhere. Browsers apply form-action to the whole chain of redirects after a form, and the
 * shop may send its buyer on to any address; so it cannot be narrower than this.
 */
const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self' http: https:";

export interface PaymentPageParts {
  readonly world: World;
  readonly buyer: Buyer;
  readonly charges: Charges;
}

const emptyCard: CardFormValues = { number: "", expiry: "", holder: "", problems: {} };

/** What a buyer's browser loads: the payment page, its style and its pictures. */
export function createPaymentPage({ world, buyer, charges }: PaymentPageParts): Hono<Env> {
  const app = new Hono<Env>();
  const style = readAsset("payment-page.css");

  const transactionOf = (context: Context<Env>): TransactionRow | undefined => {
    const { space, id = "" } = context.req.param() as { space?: string; id?: string };
    const row = world.state.tables.transactions.get(id);
    const isRight =
      row !== undefined && row.space === space && isToken(row.securityToken, context.req.query("securityToken") ?? "");
    return isRight ? row : undefined;
  };
  const pageOf = (row: TransactionRow): PageContext =>
    createPageContext(
      row,
      spaceOf(world, row.space).name,
      `/s/${row.space}/payment/transaction/pay/${row.id}?securityToken=${row.securityToken}`,
    );
  const show = (
    context: Context<Env>,
    page: PageContext,
    main: Html,
    options: { status?: 200 | 422; refresh?: number } = {},
  ) => {
    const { status = 200, ...rest } = options;
    const { language, texts, shopName } = page;
    const document = layout({ title: texts.payment, language, shopName, main, aside: orderSummary(page), ...rest });
    return context.html(document, status, headers);
  };
  const showState = (context: Context<Env>, row: TransactionRow) => {
    const page = pageOf(row);
    if (isSuccessful(row.state)) return show(context, page, paidNotice(page));
    if (!isOpen(row.state)) return show(context, page, failedNotice(page));
    if (row.state === "PENDING" && row.creation.autoConfirmationEnabled === false)
      return show(context, page, notReadyNotice(page));
    const attempt = charges.current(row);
    const method = attempt === undefined ? undefined : world.state.tables.methodConfigurations.get(attempt.method);
    if (attempt !== undefined && !attempt.asksBuyer) return show(context, page, processingNotice(page), { refresh: 5 });
    if (attempt !== undefined && method !== undefined && context.req.query("choose") === undefined) {
      return show(context, page, askPage(page, attempt, method));
    }
    const testCard = findTestCard(context.req.query("testCard") ?? "");
    const expiry = `${new Date(world.agenda.now()).getUTCFullYear() + 2}-12`;
    const card =
      testCard === undefined ? emptyCard : { ...emptyCard, number: testCard.number, expiry: toTypedExpiry(expiry) };
    const chosen = context.req.query("paymentMethodConfigurationId") ?? attempt?.method ?? row.method;
    return show(
      context,
      page,
      methodChoice(page, {
        methods: buyer.methods(row),
        stored: buyer.storedCards(row),
        chosen,
        card,
        alert: alertOf(page),
      }),
    );
  };
  const moveOn = (context: Context<Env>, row: TransactionRow, step: BuyerStep) =>
    context.redirect(redirectOf(row, step) ?? pageOf(row).action, 303);

  app.get("/s/:space/payment/transaction/pay/:id", (context) => {
    const row = transactionOf(context);
    if (row === undefined) return refuse(context);
    const isReady = row.state !== "PENDING" || row.creation.autoConfirmationEnabled !== false;
    return showState(context, isReady ? buyer.open(row, visitOf(context)) : row);
  });

  app.post("/s/:space/payment/transaction/pay/:id", async (context) => {
    const row = transactionOf(context);
    if (row === undefined) return refuse(context);
    const form = new URLSearchParams(await context.req.text());
    const action = form.get("action");
    try {
      if (action === "abort") return moveOn(context, row, buyer.abort(row));
      if (action === "confirm" || action === "refuse")
        return moveOn(context, row, buyer.answer(row, action === "confirm"));
      const token = form.get("token");
      if (token !== null) return moveOn(context, row, buyer.payByToken(row, toServiceId(token), visitOf(context)));
      const method = buyer.methods(row).find(({ id }) => id === form.get("method"));
      if (method === undefined) return context.redirect(pageOf(row).action, 303);
      if (paymentMethod(method.method).kind !== "card")
        return moveOn(context, row, buyer.payByMethod(row, method, "ask", visitOf(context)));
      const page = pageOf(row);
      const typed = cardFormOf(form);
      const checked = checkCard(typed, page.texts, world.agenda.now());
      if (isCardEntry(checked)) return moveOn(context, row, buyer.payByCard(row, method, checked, visitOf(context)));
      const card = { ...typed, problems: checked };
      const choice = methodChoice(page, {
        methods: buyer.methods(row),
        stored: buyer.storedCards(row),
        chosen: method.id,
        card,
        alert: null,
      });
      return show(context, page, choice, { status: 422 });
    } catch (error) {
      // The buyer came too late, from another tab or by the back button: the page says where the payment stands.
      if (error instanceof ApiError) return context.redirect(pageOf(row).action, 303);
      throw error;
    }
  });

  app.get("/assets/payment/payment-page.css", (context) =>
    context.body(style, 200, { "content-type": "text/css;charset=utf-8", "cache-control": "no-cache" }),
  );
  app.get("/s/:space/payment/device.js", (context) => context.body("", 200, { "content-type": "text/javascript" }));
  app.on("GET", ["/s/:space/resource/*", "/:language/s/:space/resource/*"], (context) => {
    const icon = methodIcon(context.req.path.replace(/^.*?\/resource\//, ""));
    if (icon === undefined) return context.notFound();
    return context.body(icon, 200, { "content-type": "image/svg+xml", "cache-control": "max-age=3600" });
  });
  return app;
}

const headers: Readonly<Record<string, string>> = {
  "content-security-policy": pagePolicy,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

function isToken(right: string, given: string): boolean {
  const [expected, actual] = [Buffer.from(right), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** Tells nothing of any transaction: who has no token learns nothing. */
function refuse(context: Context<Env>) {
  const language =
    (["de", "fr", "it", "en"] as const).find((known) => context.req.header("accept-language")?.startsWith(known)) ??
    "en";
  const texts = pageTexts[language];
  const main = notice({ kind: "bad", title: texts.openTitle, text: texts.openText, link: null, linkText: "" });
  return context.html(layout({ title: texts.payment, language, shopName: null, main }), 403, headers);
}

function visitOf(context: Context<Env>): Visit {
  return {
    userInterface: "PAYMENT_PAGE",
    browser: {
      userAgent: context.req.header("user-agent") ?? null,
      accept: context.req.header("accept") ?? null,
      acceptLanguage: context.req.header("accept-language") ?? null,
    },
  };
}

function cardFormOf(form: URLSearchParams): CardForm {
  return {
    number: form.get("cardNumber") ?? "",
    expiry: form.get("cardExpiry") ?? "",
    code: form.get("cardCode") ?? "",
    holder: form.get("cardHolder") ?? "",
    isToBeKept: form.has("keepCard"),
  };
}
