import type { SlipLayout } from "../documents/slips.ts";
import { summarySlip, terminalReceipts } from "../documents/terminal-slips.ts";
import type { Service } from "../service/service.ts";
import { closeTerminal } from "../service/terminal-balances.ts";
import type { TerminalContent } from "../service/terminals.ts";
import { find, type World } from "../service/world.ts";
import type { TerminalRow } from "../state/terminal.ts";
import { numberText } from "../values/json.ts";
import { toToken } from "../values/random.ts";
import { terminalSummaryView, terminalView } from "../views/terminal-views.ts";
import { transactionView } from "../views/transaction-view.ts";
import { invalidParameter, readTriple, tableResource } from "./lists.ts";
import { act, create, get, type Operation, PlainText, patch, remove, type SpaceCall } from "./operation.ts";
import { id, integer, object, read, type Shape, text } from "./shape.ts";
import { externalId } from "./transaction-shapes.ts";

const terminals = "/payment/terminals";
const byIdentifier = `${terminals}/by-identifier/:identifier`;

const terminalCreate: Shape<TerminalContent> = object<TerminalContent>(
  {
    externalId,
    type: id,
    identifier: text({ min: 1 }),
    name: text({ max: 100 }),
    configurationVersion: id,
    locationVersion: id,
  },
  ["externalId", "type"],
);
const terminalUpdate = object<{ readonly version: number; readonly name?: string }>(
  { version: integer, name: text({ max: 100 }) },
  ["version"],
);

/** Payment terminals, what they are asked to do, and their slips. */
export function createTerminalOperations(world: World, service: Service): readonly Operation[] {
  const { tables } = world.state;
  const found = (call: SpaceCall) => service.terminals.find(call.space, call.params.id ?? "");
  const named = (call: SpaceCall) => service.terminals.findByIdentifier(call.space, call.params.identifier ?? "");
  const shown = (row: TerminalRow, call: SpaceCall) => terminalView(row, call.expand, call.context);
  const perform = (which: (call: SpaceCall) => TerminalRow) => async (call: SpaceCall) => {
    const terminal = which(call);
    const transaction = service.transactions.find(call.space, parameter(call, "transactionId"));
    const row = await service.terminalPayments.perform(terminal, transaction);
    return transactionView(row, call.expand, call.context);
  };
  const balance = (which: (call: SpaceCall) => TerminalRow) => (call: SpaceCall) => {
    const terminal = which(call);
    const { id: summary } = closeTerminal(world, terminal);
    return {
      id: numberText(summary),
      linkedSpaceId: numberText(call.space.id),
      terminalId: numberText(terminal.id),
      terminalIdentifier: terminal.identifier,
    };
  };
  const summaries = tableResource(
    "summary",
    `${terminals}/transaction-summaries`,
    tables.terminalSummaries,
    terminalSummaryView,
  );

  return [
    ...readTriple(summaries),
    get(`${summaries.path}/:id/receipt`, (call) => {
      const row = find(tables.terminalSummaries, call.space.id, call.params.id ?? "", "summary");
      return summarySlip(world, row, layoutOf(call));
    }),
    ...readTriple(tableResource("terminal", terminals, tables.terminals, terminalView)),
    create(terminals, (call) => shown(service.terminals.create(call.space, read(terminalCreate, call.body)), call)),
    patch(`${terminals}/:id`, (call) => {
      const { version, name } = read(terminalUpdate, call.body);
      return shown(service.terminals.rename(call.space, found(call), version, name), call);
    }),
    remove(`${terminals}/:id`, (call) => void service.terminals.remove(found(call))),
    act(`${terminals}/:id/link`, (call) => void service.terminals.link(found(call), parameter(call, "serialNumber")), {
      status: 204,
    }),
    act(`${terminals}/:id/unlink`, (call) => void service.terminals.unlink(found(call)), { status: 204 }),
    get(`${terminals}/:id/till-connection-credentials`, (call) => {
      const { id: transaction } = service.transactions.find(call.space, parameter(call, "transactionId"));
      return new PlainText(`${found(call).id}-${transaction}-${toToken(world.random)}`);
    }),
    act(`${terminals}/:id/perform-transaction`, perform(found)),
    act(`${byIdentifier}/perform-transaction`, perform(named)),
    act(`${terminals}/:id/trigger-final-balance`, balance(found), { status: 201 }),
    act(`${byIdentifier}/trigger-final-balance`, balance(named), { status: 201 }),
    get("/payment/transactions/:id/terminal-receipts", (call) => {
      const row = service.transactions.find(call.space, call.params.id ?? "");
      return { data: terminalReceipts(world, row, layoutOf(call)), hasMore: false, limit: 100 };
    }),
  ];
}

/** @throws ApiError 400 */
function parameter(call: SpaceCall, name: string): string {
  const value = call.query.get(name);
  if (value === null || value === "") throw invalidParameter(name, "is required");
  return value;
}

function layoutOf(call: SpaceCall): SlipLayout {
  const format = parameter(call, "format");
  const width = Number(parameter(call, "width"));
  if (format !== "PDF" && format !== "TXT") throw invalidParameter("format", "must be PDF or TXT");
  if (!Number.isInteger(width) || width < 1 || width > 1000) {
    throw invalidParameter("width", "must be an integer between 1 and 1000");
  }
  return { format, width };
}
