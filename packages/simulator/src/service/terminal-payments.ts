import type { Decimal, ServiceId } from "@checkout-plugins/client";
import { ApiError, unprocessable } from "../api-error.ts";
import { findTestCard, type TestCard, testCards, toMaskedNumber } from "../catalogue/cards.ts";
import type { FailureName } from "../catalogue/failures.ts";
import { paymentMethod } from "../catalogue/methods.ts";
import type { TerminalRow } from "../state/terminal.ts";
import type { TransactionRow } from "../state/transaction.ts";
import { toMilliseconds } from "../values/duration.ts";
import { availableMethods } from "./buyer.ts";
import type { Charges } from "./charges.ts";
import { isOpen } from "./transaction-machine.ts";
import { totalOf } from "./transaction-rules.ts";
import type { Transactions } from "./transactions.ts";
import { type Change, spaceOf, type World } from "./world.ts";

/** What the buyer or the cashier does at the device, or its network. */
export interface TerminalAction {
  readonly action: "pay" | "decline" | "removeCard" | "stop" | "offline" | "online";
  /** Name or number of a test card. */
  readonly card?: string;
  /** Of `pay`, on top of the amount. */
  readonly tip?: Decimal;
}

export interface TerminalPayments {
  /**
   * Asks the buyer to pay and waits until the terminal is done, or the time of the request is over. For the transaction
   * that is at this terminal already it goes on waiting.
   */
  perform(terminal: TerminalRow, transaction: TransactionRow): Promise<TransactionRow>;
  act(terminal: TerminalRow, action: TerminalAction): TerminalRow;
  /** Ends the waiting for a transaction that is decided. */
  notice(change: Change): void;
  clear(): void;
}

interface Waiter {
  readonly transaction: ServiceId;
  readonly end: (error: ApiError | null) => void;
}

export function createTerminalPayments(world: World, transactions: Transactions, charges: Charges): TerminalPayments {
  const { agenda, state } = world;
  const { tables } = state;
  const waiters = new Set<Waiter>();

  const freshTerminal = (row: TerminalRow) => tables.terminals.get(row.id) ?? row;
  const fresh = (id: ServiceId): TransactionRow => {
    const row = tables.transactions.get(id);
    if (row === undefined) throw new TypeError(`There is no transaction ${id}`);
    return row;
  };
  const end = (isMeant: (waiter: Waiter) => boolean, error: ApiError | null) => {
    for (const waiter of [...waiters].filter(isMeant)) {
      waiters.delete(waiter);
      waiter.end(error);
    }
  };
  const wait = async (transaction: ServiceId, terminal: TerminalRow): Promise<TransactionRow> => {
    const { terminalPoll, terminalPollStatus } = spaceOf(world, terminal.space).switches;
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = { transaction, end: (error) => (error === null ? resolve() : reject(error)) };
      waiters.add(waiter);
      agenda.add(agenda.now() + toMilliseconds(terminalPoll), () => {
        const message = `Terminal ${terminal.id} still waits for the buyer. The same request again goes on waiting.`;
        end((one) => one === waiter, new ApiError(Number(terminalPollStatus), "terminal_timeout", message));
      });
    });
    return fresh(transaction);
  };
  const begin = (terminal: TerminalRow, transaction: TransactionRow): void => {
    checkStart(world, terminal, transaction);
    const begun = charges.begin(transaction, "CLOUD_TILL_INTERFACE", null);
    tables.transactions.put({ ...begun, terminal: terminal.id });
    tables.terminals.put({ ...terminal, performing: transaction.id });
    const { terminalPatience } = spaceOf(world, terminal.space).switches;
    agenda.add(agenda.now() + toMilliseconds(terminalPatience), () => {
      const isStillWaiting = tables.terminals.get(terminal.id)?.performing === transaction.id;
      if (isStillWaiting && charges.current(fresh(transaction.id)) === undefined) fail(transaction.id, "timedOut");
    });
  };
  const fail = (id: ServiceId, failure: FailureName): void => {
    const row = fresh(id);
    if (isOpen(row.state)) transactions.fail(row, failure);
  };
  const present = (row: TransactionRow, card: TestCard, failure: FailureName | null): void => {
    const methods = availableMethods(world, row);
    const method = methods.find((one) => paymentMethod(one.method).kind === "card") ?? methods[0];
    if (method === undefined) throw unprocessable("no_method", `Transaction ${row.id} cannot be paid by any method.`);
    const { number, brand } = card;
    const expiry = `${new Date(agenda.now()).getUTCFullYear() + 2}-12`;
    const tried = charges.attempt(row, {
      method: method.id,
      chargeType: "TERMINAL",
      card: { maskedNumber: toMaskedNumber(number), holder: null, expiry, brand },
      tokenVersion: null,
      failure: failure ?? card.failure,
      asksBuyer: false,
      isToBeKept: false,
    });
    // The device ends with its first refusal: nobody is there to choose another method.
    if (tried.state === "FAILED") fail(row.id, tried.failure ?? "declined");
  };

  return {
    async perform(given, transaction) {
      const terminal = freshTerminal(given);
      if (transaction.terminal === terminal.id && !isOpen(transaction.state)) return transaction;
      if (terminal.performing !== transaction.id) begin(terminal, transaction);
      return wait(transaction.id, terminal);
    },

    act(given, { action, card, tip }) {
      const terminal = freshTerminal(given);
      if (action === "offline" || action === "online") {
        return tables.terminals.put({ ...terminal, isOnline: action === "online" });
      }
      const { performing } = terminal;
      if (performing === null) throw unprocessable("nothing_to_pay", `Terminal ${terminal.id} waits for nobody.`);
      if (!terminal.isOnline) throw unprocessable("terminal_offline", `Terminal ${terminal.id} has no network.`);
      if (action === "removeCard") fail(performing, "cardRemoved");
      else if (action === "stop") fail(performing, "cancelledByBuyer");
      else {
        const row = tip === undefined ? fresh(performing) : withTip(transactions, fresh(performing), tip);
        present(row, cardOf(card), action === "decline" ? "declined" : null);
      }
      return freshTerminal(terminal);
    },

    notice({ entity, id }) {
      if (entity !== "Transaction") return;
      const row = tables.transactions.get(id);
      if (row === undefined || isOpen(row.state) || row.terminal === null) return;
      const terminal = tables.terminals.get(row.terminal);
      if (terminal?.performing === id) tables.terminals.put({ ...terminal, performing: null });
      end((waiter) => waiter.transaction === id, null);
    },

    clear() {
      end(() => true, new ApiError(503, "reset", "The simulator was reset."));
    },
  };
}

/** @throws ApiError that says why the terminal cannot ask for this transaction */
function checkStart(
  world: World,
  terminal: TerminalRow,
  { id, state, content, terminal: before }: TransactionRow,
): void {
  const { terminalBusy, terminalOffline, terminalTakes } = spaceOf(world, terminal.space).switches;
  if (terminal.state !== "ACTIVE" || terminal.device === null) {
    const text = `Terminal ${terminal.id} is ${terminal.state}${terminal.device === null ? " and has no device" : ""}.`;
    throw unprocessable("terminal_not_active", text);
  }
  if (terminal.performing !== null) {
    const message = `Terminal ${terminal.id} is busy with transaction ${terminal.performing}.`;
    throw new ApiError(Number(terminalBusy), "terminal_busy", message);
  }
  if (before !== null && before !== terminal.id && world.state.tables.terminals.get(before)?.performing === id) {
    throw new ApiError(409, "transaction_elsewhere", `Transaction ${id} is at terminal ${before}.`);
  }
  if (!terminal.isOnline && terminalOffline === "refused") {
    throw unprocessable("terminal_offline", `Terminal ${terminal.id} is not reached. Check its network.`);
  }
  if (state === "PENDING" && terminalTakes === "confirmed") {
    throw unprocessable("transaction_not_confirmed", `Transaction ${id} has to be confirmed before.`);
  }
  if (content.currency !== terminal.defaultCurrency) {
    throw unprocessable("wrong_currency", `Terminal ${terminal.id} takes ${terminal.defaultCurrency}.`);
  }
}

/** What the buyer adds at the device comes back as a line of its own. */
function withTip(transactions: Transactions, row: TransactionRow, tip: Decimal): TransactionRow {
  const line = {
    uniqueId: "tip",
    name: "Tip",
    type: "TIP",
    quantity: "1" as Decimal,
    amountIncludingTax: tip,
  } as const;
  const lineItems = [...row.content.lineItems, line];
  return transactions.change(row, {
    content: { ...row.content, lineItems },
    authorizationAmount: totalOf(lineItems),
  });
}

function cardOf(nameOrNumber = "success"): TestCard {
  const card = findTestCard(nameOrNumber);
  if (card !== undefined) return card;
  const names = testCards.map(({ name }) => name).join(", ");
  throw unprocessable("unknown_card", `"${nameOrNumber}" is not a test card; choose of ${names}.`);
}
