import { Hono } from "hono";
import { html } from "hono/html";
import { apiPrefix, type Env } from "../api/received.ts";
import type { World } from "../service/world.ts";
import type { SpaceRow } from "../state/space.ts";
import type { TerminalRow } from "../state/terminal.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { pageHeaders } from "./frame.ts";
import { type Html, layout, nothing } from "./layout.ts";
import { ownWindow } from "./page-context.ts";
import { pageOf } from "./visitors.ts";

/** As many as a person looks at. */
const shownTransactions = 20;

/** What a person sees who opens the simulator's address: where things are, and the newest transactions to pay. */
export function createHomePage(world: World): Hono<Env> {
  const app = new Hono<Env>();
  app.get("/", (context) => {
    const { origin } = new URL(context.req.url);
    const spaces = [...world.state.spaces.values()];
    const newest = spaces
      .flatMap((space) => world.state.tables.transactions.of(space.id))
      .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1))
      .slice(0, shownTransactions);
    const main = html`<section class="notice">
      <h1>PostFinance Checkout simulator</h1>
      <p>Web service: <code>${origin}${apiPrefix}</code></p>
      <p>Control door: <a href="/_simulator/transactions">${origin}/_simulator</a></p>
      ${spaces.map(spaceLine)}
      <p>Users: ${[...world.state.users.values()].map(({ id, name }) => `${id} (${name})`).join(", ")}</p>
      ${spaces.flatMap((space) => world.state.tables.terminals.of(space.id)).map(terminalLine)}
      ${newest.length === 0 ? nothing : transactionTable(world, newest)}
    </section>`;
    const document = layout({ title: "Start", language: "en", shopName: null, main });
    return context.html(document, 200, pageHeaders(false));
  });
  return app;
}

function spaceLine({ id, name, switches }: SpaceRow): Html {
  return html`<p>Space <code>${id}</code>: ${name}, environment ${switches.environment}, completion ${switches.completion}</p>`;
}

function terminalLine({ id, space, identifier, name, state }: TerminalRow): Html {
  return html`<p>Terminal <a href="/terminal/${id}">${identifier}</a> of space <code>${space}</code>: ${name ?? "without a name"}, ${state}</p>`;
}

function transactionTable(world: World, rows: readonly TransactionRow[]): Html {
  const lines = rows.map((row) => {
    const page = pageOf(world, row, ownWindow);
    const reference = row.content.merchantReference ?? "";
    return html`<tr>
      <td><a href="${page.action}">${row.id}</a></td><td>${reference}</td><td>${page.money(row.authorizationAmount)}</td><td>${row.state}</td>
    </tr>`;
  });
  return html`<div class="test-cards transactions"><table>
    <thead><tr><th scope="col">Transaction</th><th scope="col">Reference</th><th scope="col">Amount</th><th scope="col">State</th></tr></thead>
    <tbody>${lines}</tbody>
  </table></div>`;
}
