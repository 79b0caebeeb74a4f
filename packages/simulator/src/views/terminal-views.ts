import type { TerminalRow, TerminalSummaryRow } from "../state/terminal.ts";
import { sum } from "../values/decimal.ts";
import { numberText } from "../values/json.ts";
import { dateTime, type View } from "./common.ts";

export const terminalView: View<TerminalRow> = (row, expand) => ({
  id: numberText(row.id),
  linkedSpaceId: numberText(row.space),
  version: row.version,
  state: row.state,
  externalId: row.externalId,
  identifier: row.identifier,
  name: row.name,
  defaultCurrency: row.defaultCurrency,
  deviceName: row.device?.name ?? null,
  deviceSerialNumber: row.device?.serialNumber ?? null,
  type: expand.one("type", row.type, () => ({ id: numberText(row.type), name: { "en-US": "Simulated terminal" } })),
  configurationVersion: expand.one("configurationVersion", row.configurationVersion, () => ({
    id: numberText(row.configurationVersion),
  })),
  locationVersion: expand.one("locationVersion", row.locationVersion, () => ({ id: numberText(row.locationVersion) })),
  plannedPurgeDate: null,
});

export const terminalSummaryView: View<TerminalSummaryRow> = (row) => ({
  id: numberText(row.id),
  linkedSpaceId: numberText(row.space),
  version: 1,
  paymentTerminal: numberText(row.terminal),
  reference: row.reference,
  startedOn: dateTime(row.startedOn),
  endedOn: dateTime(row.endedOn),
  numberOfTransactions: row.transactions.length,
  balanceAmountPerCurrency: Object.fromEntries(
    [...Map.groupBy(row.sums, ({ currency }) => currency)].map(([currency, sums]) => [
      currency,
      numberText(sum(sums.map(({ amount }) => amount))),
    ]),
  ),
  transactionSums: row.sums.map(({ id, brand, currency, amount, tip, count }) => ({
    id: numberText(id),
    version: 1,
    brand,
    product: brand,
    transactionCurrency: currency,
    transactionAmount: numberText(amount),
    transactionTipAmount: numberText(tip),
    transactionCount: count,
    dccTransactionAmount: 0,
    dccTransactionCount: 0,
    dccTipAmount: 0,
  })),
  dccTransactionSums: [],
  receipt: null,
});
