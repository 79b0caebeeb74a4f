import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { Env } from "../api/received.ts";
import { ApiError } from "../api-error.ts";
import { terminalActions } from "../control/terminal-routes.ts";
import type { TerminalAction, TerminalPayments } from "../service/terminal-payments.ts";
import { spaceOf, type World } from "../service/world.ts";
import type { TerminalRow } from "../state/terminal.ts";
import { pageHeaders } from "./frame.ts";
import { type Html, layout, nothing } from "./layout.ts";
import { ownWindow } from "./page-context.ts";
import { pageOf } from "./visitors.ts";

const labels: Readonly<Record<TerminalAction["action"], string>> = {
  pay: "Customer pays",
  decline: "Card is declined",
  removeCard: "Customer removes the card",
  stop: "Stop key is pressed",
  offline: "Unplug the network",
  online: "Plug in the network",
};

/** Seconds after which an idle device looks whether a till has asked for something. */
const refresh = 3;

/** The device on the counter, with the keys that a person would press. */
export function createTerminalPage(world: World, payments: TerminalPayments): Hono<Env> {
  const app = new Hono<Env>();
  const { terminals } = world.state.tables;

  const show = (context: Context<Env>, row: TerminalRow, problem: string | null) => {
    const shopName = spaceOf(world, row.space).name;
    const main = device(world, row, problem);
    const document = layout({ title: row.name ?? row.identifier, language: "en", shopName, main, refresh });
    return context.html(document, problem === null ? 200 : 422, pageHeaders(false));
  };
  app.get("/terminal/:id", (context) => {
    const row = terminals.get(context.req.param("id"));
    return row === undefined ? context.notFound() : show(context, row, null);
  });
  app.post("/terminal/:id", async (context) => {
    const row = terminals.get(context.req.param("id"));
    const form = await context.req.formData();
    const action = terminalActions.find((one) => one === form.get("action"));
    if (row === undefined || action === undefined) return context.notFound();
    try {
      payments.act(row, { action });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return show(context, terminals.get(row.id) ?? row, error.message);
    }
    return context.redirect(`/terminal/${row.id}`, 303);
  });
  return app;
}

function device(world: World, row: TerminalRow, problem: string | null): Html {
  const transaction = row.performing === null ? undefined : world.state.tables.transactions.get(row.performing);
  const isWaiting = transaction !== undefined && row.isOnline;
  const keys: readonly TerminalAction["action"][] = [
    ...(isWaiting ? (["pay", "decline", "removeCard", "stop"] as const) : []),
    row.isOnline ? "offline" : "online",
  ];
  const amount = transaction && pageOf(world, transaction, ownWindow).money(transaction.authorizationAmount);
  const display = row.isOnline ? (amount ?? "Ready") : "No network";
  return html`<section class="notice ${row.isOnline ? "" : "notice-bad"}">
    <p>Terminal ${row.identifier}, ${row.state}</p>
    <h1>${display}</h1>
    ${isWaiting ? html`<p>Please present your card</p>` : nothing}
    ${problem === null ? nothing : html`<p role="alert">${problem}</p>`}
    <form method="post" action="/terminal/${row.id}">
      ${keys.map((key) => {
        const style = key === "pay" ? "primary" : "secondary";
        return html`<button type="submit" name="action" value="${key}" class="${style}">${labels[key]}</button>`;
      })}
    </form>
  </section>`;
}
