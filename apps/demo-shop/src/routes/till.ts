import type { CommandResult, FinalBalanceId, Terminal, TerminalId } from "@checkout-plugins/core";
import { type Context, Hono } from "hono";
import { isPayable, toOrderState } from "../order-state.ts";
import type { Order, Orders } from "../orders.ts";
import { failureText } from "../pages/merchant-layout.ts";
import { problemPage } from "../pages/problem-page.ts";
import { type SaleView, salePage } from "../pages/sale-page.ts";
import { type TillView, tillPage } from "../pages/till-page.ts";
import type { NoAnswer } from "../payment/hear.ts";
import { type Till, terminalOf } from "../payment/till.ts";
import { readForm } from "./form.ts";
import type { Visitor } from "./visitor.ts";

export interface TillRoutesParts {
  readonly visitor: Visitor;
  readonly orders: Orders;
  readonly till: Till;
}

/** The merchant's till: payments at terminals, their receipts, the end of the day. */
export function createTillRoutes({ visitor, orders, till }: TillRoutesParts): Hono {
  const app = new Hono();

  app.get("/merchant/till", (c) => show(c, null));
  app.post("/merchant/till/day", async (c) => {
    const { terminal = "", after = "", again } = await readForm(c);
    const seen = after === "" ? null : (after as FinalBalanceId);
    const ended = await till.endDay(terminal as TerminalId, seen, again === "yes");
    if (ended.kind === "successful") return c.redirect(`/merchant/till?terminal=${ended.answer.terminal}#day`, 303);
    const isUnknown = ended.kind === "pending" || ended.kind === "noAnswer";
    return show(c, isUnknown ? "unknown" : { why: failureText(ended.failure, visitor.view(c)) }, terminal);
  });
  app.get("/merchant/till/days/:id", async (c) => send(c, await till.slip(c.req.param("id") as FinalBalanceId)));

  app.get("/merchant/till/orders/:id", (c) => withOrder(c, (order) => showSale(c, order, null)));
  app.post("/merchant/till/orders/:id/start", (c) =>
    withOrder(c, async (order) => {
      const { terminal = "" } = await readForm(c);
      return afterwards(c, order, await till.sell(order, terminal as TerminalId), terminal);
    }),
  );
  app.post("/merchant/till/orders/:id/stop", (c) =>
    withOrder(c, async (order) => afterwards(c, order, await till.stop(order))),
  );
  app.get("/merchant/till/orders/:id/receipts/:index", (c) =>
    withOrder(c, async (order) => {
      const receipts = await till.receipts(order);
      const receipt = receipts.kind === "successful" ? receipts.answer[Number(c.req.param("index"))] : undefined;
      return receipt === undefined ? notFound(c) : c.body(toBytes(receipt), 200, { "Content-Type": receipt.mimeType });
    }),
  );
  return app;

  async function findTerminals(wanted: string | undefined): Promise<Pick<TillView, "terminals" | "chosen">> {
    const found = await till.terminals();
    if (found.kind !== "successful") return { terminals: null, chosen: null };
    const { answer: terminals } = found;
    const chosen =
      terminals.find(({ id }) => id === wanted) ?? terminals.find(({ isReady }) => isReady) ?? terminals[0];
    return { terminals, chosen: chosen ?? null };
  }

  async function show(c: Context, ending: TillView["ending"], wanted = c.req.query("terminal")): Promise<Response> {
    const found = await findTerminals(wanted);
    const days = found.chosen === null ? null : await till.days(found.chosen.id);
    const page = tillPage(visitor.view(c), {
      ...found,
      ending,
      orders: orders.list().filter(isOpen),
      days: days?.kind === "successful" ? days.answer : null,
    });
    return c.html(page, ending === null ? 200 : 422);
  }

  /** To the page of the sale, so that loading it again asks for nothing. */
  async function afterwards(
    c: Context,
    order: Order,
    result: CommandResult<"terminal" | "terminalStop"> | NoAnswer,
    terminal?: string,
  ): Promise<Response> {
    const current = orders.find(order.id) ?? order;
    const to = terminal === undefined ? "" : `?terminal=${encodeURIComponent(terminal)}`;
    const isTold = result.kind === "failed" && toOrderState(current) === "failed";
    if (result.kind === "successful" || result.kind === "pending" || isTold) {
      return c.redirect(`/merchant/till/orders/${order.id}${to}`, 303);
    }
    const problem = result.kind === "noAnswer" ? result.kind : { why: failureText(result.failure, visitor.view(c)) };
    return showSale(c, current, problem, terminal);
  }

  async function showSale(
    c: Context,
    order: Order,
    problem: SaleView["problem"],
    wanted = c.req.query("terminal"),
  ): Promise<Response> {
    const at = terminalOf(order.payment)?.id ?? order.payment?.governing?.terminal?.id;
    const { chosen } = await findTerminals(at ?? wanted);
    const isPaid = order.payment?.governing?.terminal !== undefined && toOrderState(order) === "paid";
    const receipts = isPaid ? await till.receipts(order) : null;
    const page = salePage(visitor.view(c), {
      order,
      terminal: chosen satisfies Terminal | null,
      receipts: receipts?.kind === "successful" ? receipts.answer : null,
      problem,
      isLong: c.req.query("asked") !== undefined,
    });
    return c.html(page, problem === null ? 200 : 422);
  }

  async function send(c: Context, slip: CommandResult<"finalBalanceSlip"> | NoAnswer): Promise<Response> {
    if (slip.kind !== "successful") return notFound(c);
    return c.body(toBytes(slip.answer), 200, { "Content-Type": slip.answer.mimeType });
  }

  function notFound(c: Context): Response | Promise<Response> {
    return c.html(problemPage(visitor.view(c), "notFound"), 404);
  }

  async function withOrder(c: Context, use: (order: Order) => Promise<Response>): Promise<Response> {
    const order = orders.find(c.req.param("id") ?? "");
    return order === undefined ? notFound(c) : use(order);
  }
}

/** To be paid, or waiting at a terminal for it. */
function isOpen(order: Order): boolean {
  return isPayable(toOrderState(order)) || terminalOf(order.payment) !== null;
}

function toBytes({ base64 }: { readonly base64: string }): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, "base64"));
}
