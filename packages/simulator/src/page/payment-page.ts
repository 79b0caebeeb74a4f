import { toServiceId } from "@checkout-plugins/client";
import { type Context, Hono } from "hono";
import type { Env } from "../api/received.ts";
import { ApiError } from "../api-error.ts";
import { findTestCard } from "../catalogue/cards.ts";
import { failures } from "../catalogue/failures.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import { redirectOf } from "../control/buyer-actions.ts";
import type { Buyer, BuyerStep } from "../service/buyer.ts";
import type { Charges } from "../service/charges.ts";
import { isOpen, isSuccessful } from "../service/transaction-machine.ts";
import type { World } from "../service/world.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { checkCard, emptyCard, isCardEntry, toCardForm, toTypedExpiry } from "./card-entry.ts";
import type { CardFormValues } from "./card-form.ts";
import { toParentOrigin } from "./frame.ts";
import { alertOf, methodChoice } from "./method-choice.ts";
import { askPage, failedNotice, notReadyNotice, paidNotice, processingNotice } from "./notices.ts";
import { ownWindow, type PageContext, type Stand } from "./page-context.ts";
import { pageOf, refuse, show, transactionOf, visitOf } from "./visitors.ts";

export interface PaymentPageParts {
  readonly world: World;
  readonly buyer: Buyer;
  readonly charges: Charges;
}

const path = "/s/:space/payment/transaction/pay/:id";

/** The page where buyers pay, in a window of its own or in a lightbox. */
export function createPaymentPage({ world, buyer, charges }: PaymentPageParts): Hono<Env> {
  const app = new Hono<Env>();

  const choose = (
    context: Context<Env>,
    page: PageContext,
    chosen: string | null,
    card: CardFormValues,
    alert: string | null,
  ) => {
    const row = page.transaction;
    const choice = { methods: buyer.methods(row), stored: buyer.storedCards(row), chosen, card, alert };
    return show(context, page, methodChoice(page, choice), {
      status: Object.keys(card.problems).length > 0 ? 422 : 200,
    });
  };
  const showState = (context: Context<Env>, row: TransactionRow) => {
    const page = pageOf(world, row, standOf(context));
    if (isSuccessful(row.state))
      return show(context, page, paidNotice(page), { frame: toShop(row.content.successUrl) });
    if (!isOpen(row.state)) return show(context, page, failedNotice(page), { frame: { error: failureText(page) } });
    if (!isReady(row)) return show(context, page, notReadyNotice(page), { frame: { error: page.texts.notReadyTitle } });
    const attempt = charges.current(row);
    const method = attempt === undefined ? undefined : world.state.tables.methodConfigurations.get(attempt.method);
    if (attempt !== undefined && !attempt.asksBuyer) return show(context, page, processingNotice(page), { refresh: 5 });
    if (attempt !== undefined && method !== undefined && context.req.query("choose") === undefined) {
      return show(context, page, askPage(page, attempt, method));
    }
    const chosen = context.req.query("paymentMethodConfigurationId") ?? attempt?.method ?? row.method;
    return choose(
      context,
      page,
      chosen,
      filledCard(context.req.query("testCard") ?? "", world.agenda.now()),
      alertOf(page),
    );
  };
  const moveOn = (context: Context<Env>, row: TransactionRow, step: BuyerStep) => {
    const page = pageOf(world, row, standOf(context));
    const target = redirectOf(row, step);
    if (target === null || page.stand.parent === null) return context.redirect(target ?? page.action, 303);
    return show(context, page, processingNotice(page), { frame: { navigate: target } });
  };
  const pay = (context: Context<Env>, row: TransactionRow, form: URLSearchParams) => {
    const stand = standOf(context);
    const visit = visitOf(context, stand);
    const token = form.get("token");
    if (token !== null) return moveOn(context, row, buyer.payByToken(row, toServiceId(token), visit));
    const method = buyer.methods(row).find(({ id }) => id === form.get("method"));
    const page = pageOf(world, row, stand);
    if (method === undefined) return context.redirect(page.action, 303);
    if (paymentMethod(method.method).kind !== "card")
      return moveOn(context, row, buyer.payByMethod(row, method, "ask", visit));
    const typed = toCardForm(form);
    const checked = checkCard(typed, page.texts, world.agenda.now());
    if (isCardEntry(checked)) return moveOn(context, row, buyer.payByCard(row, method, checked, visit));
    return choose(context, page, method.id, { ...typed, problems: checked }, null);
  };

  app.get(path, (context) => {
    const row = transactionOf(context, world);
    if (row === undefined) return refuse(context);
    return showState(context, isReady(row) ? buyer.open(row, visitOf(context, standOf(context))) : row);
  });

  app.post(path, async (context) => {
    const row = transactionOf(context, world);
    if (row === undefined) return refuse(context);
    const form = new URLSearchParams(await context.req.text());
    const action = form.get("action");
    try {
      if (action === "abort") return moveOn(context, row, buyer.abort(row));
      if (action === "pay") return pay(context, row, form);
      return moveOn(context, row, buyer.answer(row, action === "confirm"));
    } catch (error) {
      // The buyer came too late, from another tab or by the back button: the page says where the payment stands.
      if (error instanceof ApiError) return context.redirect(pageOf(world, row, standOf(context)).action, 303);
      throw error;
    }
  });
  return app;
}

function standOf(context: Context<Env>): Stand {
  const parent = toParentOrigin(context.req.query("parent"));
  const isLightbox = context.req.query("view") === "lightbox" && parent !== null;
  return isLightbox ? { userInterface: "LIGHTBOX", parent } : ownWindow;
}

/** Confirmed, or confirms itself when it is paid. */
function isReady(row: TransactionRow): boolean {
  return row.state !== "PENDING" || row.creation.autoConfirmationEnabled !== false;
}

function toShop(navigate: string | undefined): { readonly navigate?: string } {
  return navigate === undefined ? {} : { navigate };
}

function failureText({ transaction, language }: PageContext): string {
  return failures[transaction.failure ?? "declined"].message[language];
}

/** The fields with a test card in them. */
function filledCard(testCard: string, now: number): CardFormValues {
  const card = findTestCard(testCard);
  const expiry = toTypedExpiry(`${new Date(now).getUTCFullYear() + 2}-12`);
  return card === undefined ? emptyCard : { ...emptyCard, number: card.number, expiry };
}
