import { cardBrands } from "../catalogue/cards.ts";
import type { World } from "../service/world.ts";
import { spaceOf } from "../service/world.ts";
import type { TerminalSummaryRow } from "../state/terminal.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { currencyDigits } from "../values/currency.ts";
import { type JsonObject, numberText } from "../values/json.ts";
import { renderSlip, type SlipLayout, type SlipLine } from "./slips.ts";

/** Synthetic: the service publishes no list of the types. */
const types = [
  { id: "1457000000101", name: "Merchant" },
  { id: "1457000000102", name: "Customer" },
] as const;
const notice: SlipLine = ["Simulator: no real money"];

function money(amount: string, currency: string): string {
  return `${currency} ${Number(amount).toFixed(currencyDigits(currency))}`;
}

/** The slips that the terminal has of this transaction; none where no terminal took it. */
export function terminalReceipts(world: World, row: TransactionRow, layout: SlipLayout): readonly JsonObject[] {
  const terminal = row.terminal === null ? undefined : world.state.tables.terminals.get(row.terminal);
  const attempt = world.state.tables.chargeAttempts.ofTransaction(row.id).at(-1);
  if (terminal === undefined || attempt === undefined || attempt.state === "PROCESSING") return [];
  const { currency, merchantReference = row.id, lineItems } = row.content;
  const tips = lineItems.filter(({ type }) => type === "TIP");
  const space = spaceOf(world, row.space);
  return types.map(({ id, name }) => {
    const lines: readonly SlipLine[] = [
      [space.name],
      [`${name} receipt`],
      [attempt.state === "SUCCESSFUL" ? "Approved" : "Declined", new Date(row.createdOn).toISOString().slice(0, 10)],
      ["Terminal", terminal.identifier],
      ["Reference", merchantReference],
      ...(attempt.card === null
        ? []
        : [[cardBrands[attempt.card.brand].name, attempt.card.maskedNumber] satisfies SlipLine]),
      ...tips.map((tip): SlipLine => ["Tip", money(tip.amountIncludingTax, currency)]),
      ["Total", money(row.authorizationAmount, currency)],
      notice,
    ];
    return {
      ...renderSlip(`${name} receipt ${merchantReference}`, lines, layout),
      printed: space.switches.receiptsPrinted === "yes",
      receiptType: { id: numberText(id), name: { "en-US": name } },
    };
  });
}

export function summarySlip(world: World, row: TerminalSummaryRow, layout: SlipLayout): JsonObject {
  const terminal = world.state.tables.terminals.get(row.terminal);
  const lines: readonly SlipLine[] = [
    [spaceOf(world, row.space).name],
    ["Final balance", String(row.reference)],
    ["Terminal", terminal?.identifier ?? ""],
    ["Until", new Date(row.endedOn).toISOString().slice(0, 16).replace("T", " ")],
    ...row.sums.map(({ brand, currency, amount, count }): SlipLine => [`${count} x ${brand}`, money(amount, currency)]),
    ["Transactions", String(row.transactions.length)],
    notice,
  ];
  return renderSlip(`Final balance ${row.reference}`, lines, layout);
}
