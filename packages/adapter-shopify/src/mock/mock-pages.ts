import { escapeHtml } from "../pages.ts";
import { outstandingOf } from "./admin-api.ts";
import type { MockShopify } from "./mock-shopify.ts";
import type { MockOrder, MockSession } from "./mock-state.ts";

const style = `:root{color-scheme:light}*{box-sizing:border-box}body{margin:0;background:#f6f6f4;color:#202020;font:16px/1.5 system-ui,sans-serif}
header{padding:1rem 1.5rem;background:#fff;border-bottom:1px solid #e3e3df;font-weight:600}main{max-width:44rem;margin:0 auto;padding:1.5rem}
section{margin:0 0 1rem;padding:1.25rem;background:#fff;border:1px solid #e3e3df;border-radius:.5rem}h1{margin:0 0 1rem;font-size:1.5rem}h2{margin:0 0 .75rem;font-size:1.0625rem}
dl{display:grid;grid-template-columns:1fr auto;gap:.375rem 1rem;margin:0}dd{margin:0;text-align:right}p{margin:0 0 .75rem}label{display:block;margin:.375rem 0}
form.row{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end;margin-top:.75rem}form.row label{margin:0}input[name=amount]{width:7rem;padding:.5rem;border:1px solid #8a8a85;border-radius:.375rem;font:inherit}
button,a.button{display:inline-block;padding:.625rem 1.25rem;border:0;border-radius:.375rem;background:#1a5c43;color:#fff;font:inherit;text-decoration:none;cursor:pointer}
table{width:100%;border-collapse:collapse}td,th{padding:.5rem .25rem;border-top:1px solid #e3e3df;text-align:left;vertical-align:top}td:last-child,th:last-child{text-align:right}
.state{padding:.125rem .625rem;border-radius:1rem;background:#e9e9e4;white-space:nowrap}.resolved,.paid{background:#d5eadf}.rejected{background:#f8dcd8}.pending{background:#fbe8c3}small{display:block;color:#5c5c57}`;

const amount = "29.95";
const currency = "CHF";

function toPage(title: string, body: string): Response {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><header>Alpenladen</header><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
  return new Response(html, { headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } });
}

const redirect = (location: string) => new Response(null, { status: 303, headers: { location } });
const summary = `<section><h2>Order summary</h2><dl><dt>Enamel mug, white × 1</dt><dd>CHF 22.95</dd><dt>Post, priority</dt><dd>CHF 7.00</dd><dt><strong>Total</strong></dt><dd><strong>CHF ${amount}</strong></dd></dl></section>`;

function toState(state: string): string {
  return `<span class="state ${escapeHtml(state)}">${escapeHtml(state)}</span>`;
}

/** `kind` is what the shop set up: take the money at once, or reserve it. */
function toCheckout(kind: string, note: string, method: string): Response {
  const choice = (value: string, label: string, isChosen: boolean) =>
    `<label><input type="radio" name="method" value="${value}"${isChosen ? " checked" : ""}> ${escapeHtml(label)}</label>`;
  const message = note === "" ? "" : `<section role="alert">${escapeHtml(note)}</section>`;
  return toPage(
    "Checkout",
    `${message}${summary}<section><h2>Payment</h2><form method="post" action="/checkout"><input type="hidden" name="kind" value="${escapeHtml(kind)}">${choice("app", "PostFinance Checkout: cards, TWINT", true)}${choice("manual", method, false)}<p></p><button>Pay now</button></form></section>`,
  );
}

function toThanks(session: MockSession): Response {
  const texts = {
    resolved: ["Thank you, your order is confirmed", "You will get a confirmation by e-mail."],
    pending: ["Thank you, your payment is pending", "We will tell you when it has come."],
    rejected: ["Your payment was not made", "Please choose another payment method."],
    open: ["Your payment is being processed", "Please wait a moment."],
  } as const;
  const [title, text] = texts[session.state];
  return toPage(title, `<section><p>${text}</p><p>Payment: ${toState(session.state)}</p></section>${summary}`);
}

function toOrderStatus({ orders }: MockShopify, order: MockOrder): Response {
  const outstanding = outstandingOf(order);
  const isPaid = outstanding === 0;
  const link =
    isPaid || order.cancelledAt !== null
      ? ""
      : `<p>Your order is reserved. Please pay it now.</p><a class="button" href="${escapeHtml(orders.toPayUrl(order.id))}">Jetzt bezahlen</a>`;
  const title = isPaid ? `Order ${order.name} is paid` : `Order ${order.name} is placed`;
  return toPage(
    title,
    `<section>${link}<p>Confirmation ${escapeHtml(order.confirmationNumber)}</p></section>${summary}`,
  );
}

function toRow(title: string, state: string, detail: string): string {
  return `<tr><td>${escapeHtml(title)}<small>${escapeHtml(detail)}</small></td><td>${toState(state)}</td></tr>`;
}

function toForm(action: string, kind: string, label: string, value: string | null): string {
  const field =
    value === null ? "" : `<label>Amount<br><input name="amount" value="${value}" inputmode="decimal"></label>`;
  return `<form class="row" method="post" action="${action}"><input type="hidden" name="kind" value="${kind}">${field}<button>${label}</button></form>`;
}

/** The merchant's page of one payment of the app. */
function toPaymentAdmin({ state }: MockShopify, session: MockSession): Response {
  const rows = [...state.sessions.values()]
    .filter(({ payment }) => payment === session.id)
    .map(({ kind, amount: asked, state: now, reason }) => {
      const detail = reason === null ? "" : [reason.code, reason.message].filter((text) => text).join(": ");
      return toRow(asked === null ? kind : `${kind} CHF ${asked}`, now, detail);
    });
  const action = `/admin/payments/${session.id}`;
  const isReserved = session.body.kind === "authorization";
  const forms = [
    ...(isReserved
      ? [toForm(action, "capture", "Capture", "10.00"), toForm(action, "void", "Cancel order", null)]
      : []),
    toForm(action, "refund", "Refund", "5.00"),
  ];
  const table = `<section><h2>Transactions</h2><table><tbody>${rows.join("")}</tbody></table></section>`;
  return toPage("Order in the admin", `${table}<section><h2>Actions</h2>${forms.join("")}</section>`);
}

/** The merchant's page of an order with a manual payment method. */
function toOrderAdmin(order: MockOrder): Response {
  const rows = order.transactions.map(({ kind, minor }) =>
    toRow(`${kind.toLowerCase()} CHF ${(minor / 100).toFixed(2)}`, "recorded", ""),
  );
  const state = order.cancelledAt !== null ? "cancelled" : outstandingOf(order) === 0 ? "paid" : "pending";
  const tags = [...order.tags].map((tag) => toState(tag)).join(" ");
  const action = `/admin/orders/${order.id}`;
  const forms = toForm(action, "refund", "Refund", "5.00") + toForm(action, "void", "Cancel order", null);
  return toPage(
    `Order ${order.name} in the admin`,
    `<section><p>Payment: ${toState(state)} ${tags}</p><table><tbody>${rows.join("")}</tbody></table></section><section><h2>Actions</h2>${forms}</section>`,
  );
}

async function act(mock: MockShopify, place: string, id: string, form: URLSearchParams): Promise<Response> {
  const kind = form.get("kind") ?? "";
  const money = form.get("amount");
  if (place === "payments")
    await mock.followUp(kind as "refund" | "capture" | "void", id, kind === "void" ? null : money);
  else if (kind === "refund") mock.orders.refund(id, money ?? "0");
  else mock.orders.cancel(id);
  await mock.work();
  return redirect(`/admin/${place}/${id}`);
}

async function order(mock: MockShopify, form: URLSearchParams, paymentMethod: string): Promise<Response> {
  if (form.get("method") === "manual") {
    const { id } = mock.orders.place({ amount, currency, paymentMethod, test: false });
    await mock.work();
    return redirect(`/orders/${id}`);
  }
  const kind = form.get("kind") === "authorization" ? "authorization" : "sale";
  const customer = { email: "anna@example.ch", locale: "de-CH" };
  const { redirectUrl } = await mock.pay({ amount, currency, kind, test: false, customer });
  return redirect(redirectUrl ?? `/checkout?kind=${kind}&note=unavailable`);
}

/** A checkout on which a person can buy, and the merchant's pages; null: the address is none of them. */
export async function answerPage(mock: MockShopify, request: Request, paymentMethod: string): Promise<Response | null> {
  const url = new URL(request.url);
  const [, place = "", first = "", second = ""] = url.pathname.split("/");
  const isPost = request.method === "POST";
  const form = isPost ? new URLSearchParams(await request.text()) : new URLSearchParams();
  const { sessions, orders } = mock.state;
  if (place === "checkout") {
    const note = url.searchParams.has("note") ? "Your payment can’t be processed. Please try another method." : "";
    return isPost
      ? order(mock, form, paymentMethod)
      : toCheckout(url.searchParams.get("kind") ?? "sale", note, paymentMethod);
  }
  if (place === "checkouts") {
    const session = sessions.get(first);
    if (session === undefined) return null;
    if (second === "thank-you") return toThanks(session);
    return toCheckout(String(session.body.kind), "The payment was not made. You can try again.", paymentMethod);
  }
  const found = orders.get(place === "admin" ? second : first);
  if (place === "orders" && found !== undefined) return toOrderStatus(mock, found);
  if (place !== "admin") return null;
  const session = sessions.get(second);
  if (isPost) return act(mock, first, second, form);
  if (first === "payments" && session !== undefined) return toPaymentAdmin(mock, session);
  return first === "orders" && found !== undefined ? toOrderAdmin(found) : null;
}
