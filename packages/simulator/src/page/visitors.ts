import { timingSafeEqual } from "node:crypto";
import type { Context } from "hono";
import type { Env } from "../api/received.ts";
import type { Visit } from "../service/buyer.ts";
import { spaceOf, type World } from "../service/world.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { type Frame, pageHeaders, toParentOrigin } from "./frame.ts";
import { type Html, layout } from "./layout.ts";
import { notice } from "./notices.ts";
import { orderSummary } from "./order-summary.ts";
import { createPageContext, type PageContext, type Stand } from "./page-context.ts";
import { pageTexts } from "./texts.ts";

function isToken(right: string, given: string): boolean {
  const [expected, actual] = [Buffer.from(right), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

/** The transaction, for whoever knows its token; undefined for everybody else. */
export function findByToken(world: World, space: string, id: string, token: string): TransactionRow | undefined {
  const row = world.state.tables.transactions.get(id);
  return row !== undefined && row.space === space && isToken(row.securityToken, token) ? row : undefined;
}

/** The transaction of a page's address. */
export function transactionOf(context: Context<Env>, world: World): TransactionRow | undefined {
  const { space = "", id = "" } = context.req.param() as { space?: string; id?: string };
  return findByToken(world, space, id, context.req.query("securityToken") ?? "");
}

export function pageOf(world: World, row: TransactionRow, stand: Stand): PageContext {
  return createPageContext(row, spaceOf(world, row.space).name, stand);
}

export function visitOf(context: Context<Env>, { userInterface }: Stand): Visit {
  const header = (name: string) => context.req.header(name) ?? null;
  return {
    userInterface,
    browser: { userAgent: header("user-agent"), accept: header("accept"), acceptLanguage: header("accept-language") },
  };
}

export interface ShowOptions {
  readonly status?: 200 | 422;
  readonly refresh?: number;
  readonly frame?: Omit<Frame, "parent">;
}

/** A page about the transaction, with its order beside it. */
export function show(
  context: Context<Env>,
  page: PageContext,
  main: Html,
  options: ShowOptions = {},
): Response | Promise<Response> {
  const { language, texts, shopName, stand } = page;
  const { status = 200, refresh } = options;
  const frame = stand.parent === null ? undefined : { ...options.frame, parent: stand.parent };
  const document = layout({
    title: texts.payment,
    language,
    shopName,
    main,
    aside: orderSummary(page),
    refresh,
    frame,
  });
  return context.html(document, status, pageHeaders(frame !== undefined));
}

/** Tells nothing of any transaction: who has no token learns nothing. */
export function refuse(context: Context<Env>): Response | Promise<Response> {
  const accepted = context.req.header("accept-language") ?? "";
  const language = (["de", "fr", "it", "en"] as const).find((known) => accepted.startsWith(known)) ?? "en";
  const texts = pageTexts[language];
  const main = notice({ kind: "bad", title: texts.openTitle, text: texts.openText, link: null, linkText: "" });
  const parent = toParentOrigin(context.req.query("parent"));
  const frame = parent === null ? undefined : { parent, error: texts.openTitle };
  const document = layout({ title: texts.payment, language, shopName: null, main, frame });
  return context.html(document, 403, pageHeaders(frame !== undefined));
}
