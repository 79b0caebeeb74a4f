import {
  type Performed,
  ServiceError,
  type ServiceErrorCode,
  type ServiceId,
  type SpaceClient,
  type Terminal,
  type TerminalName,
  type TerminalReceipt,
  type TerminalSummary,
  type Transaction,
  type TransactionState,
  toServiceId,
} from "@checkout-plugins/client";
import { add, toDecimal, toMoney } from "../money.ts";
import { space, start } from "./rows.ts";

export interface ServiceTerminals {
  readonly terminals: Terminal[];
  /** What each one asks a buyer to pay. */
  readonly asking: Map<ServiceId, ServiceId>;
  /** Every transaction that a terminal began to ask for, in order. */
  readonly begun: ServiceId[];
  readonly summaries: TerminalSummary[];
  readonly receipts: TerminalReceipt[];
  /** The buyer, or a key of the device, ends what this terminal asks; false: it asks for nothing. */
  end(terminal: ServiceId, state: "FULFILL" | "AUTHORIZED" | "FAILED", tip?: string): boolean;
  /** The service gives up every request that waits. */
  giveUp(): void;
  /** What is answered to asking this terminal, until it is null. */
  refuse: ServiceErrorCode | null;
  takesConfirmedOnly: boolean;
  readonly client: Partial<SpaceClient>;
}

interface Base {
  readonly transactions: Map<ServiceId, Transaction>;
  call<T>(method: string, effect: () => T): Promise<T>;
  move(id: ServiceId, state: TransactionState, changes?: Partial<Transaction>): void;
}

function refuse(code: ServiceErrorCode, why: string): never {
  throw new ServiceError(why, { code, request: "double" });
}

export function aTerminal(number: number, changes: Partial<Terminal> = {}): Terminal {
  return {
    id: toServiceId(990_000 + number),
    linkedSpaceId: space,
    version: 1,
    state: "ACTIVE",
    identifier: `3000000${number}`,
    externalId: `till-${number}`,
    name: `Kasse ${number}`,
    defaultCurrency: "CHF",
    deviceSerialNumber: `18500000${number}`,
    deviceName: "A920",
    ...changes,
  };
}

/** Terminals of the double: one payment at a time, and the same one again goes on waiting. */
export function createServiceTerminals({ transactions, call, move }: Base): ServiceTerminals {
  const waiting = new Set<{ readonly transaction: ServiceId; readonly end: (kind: Performed["kind"]) => void }>();
  const find = (id: ServiceId): Transaction => transactions.get(id) ?? refuse("notFound", `no transaction ${id}`);
  const known = (name: TerminalName): ServiceId => {
    const isMeant = (one: Terminal) =>
      typeof name === "string" ? one.id === name : one.identifier === name.identifier;
    return double.terminals.find(isMeant)?.id ?? refuse("notFound", "no such terminal");
  };
  const begin = (terminal: ServiceId, id: ServiceId): void => {
    const { state } = find(id);
    if (double.refuse !== null) refuse(double.refuse, "the terminal cannot be asked");
    if (double.asking.get(terminal) === id || state === "FULFILL" || state === "FAILED") return;
    if (double.asking.has(terminal)) refuse("versionConflict", "the terminal is busy");
    if ([...double.asking.values()].includes(id)) refuse("versionConflict", "another terminal asks for it");
    if (state === "PENDING" && double.takesConfirmedOnly) refuse("invalid", "it is to be confirmed first");
    if (state !== "PENDING" && state !== "CONFIRMED") refuse("invalid", `cannot be paid in ${state}`);
    double.asking.set(terminal, id);
    double.begun.push(id);
    move(id, "PROCESSING");
  };
  const release = (isMeant: (one: { readonly transaction: ServiceId }) => boolean, kind: Performed["kind"]) => {
    for (const one of [...waiting].filter(isMeant)) {
      waiting.delete(one);
      one.end(kind);
    }
  };
  const double: ServiceTerminals = {
    terminals: [aTerminal(1), aTerminal(2)],
    asking: new Map(),
    begun: [],
    summaries: [],
    receipts: [],
    refuse: null,
    takesConfirmedOnly: false,
    end(terminal, state, tip) {
      const id = double.asking.get(terminal);
      if (id === undefined) return false;
      double.asking.delete(terminal);
      const { currency, authorizationAmount: amount, lineItems } = find(id);
      const total = tip === undefined ? amount : toDecimal(add(toMoney(amount, currency), toMoney(tip, currency)));
      const line = { uniqueId: "t", type: "TIP", name: "Tip", quantity: "1", amountIncludingTax: tip } as never;
      const lines = tip === undefined ? lineItems : [...lineItems, line];
      transactions.set(id, { ...find(id), authorizationAmount: total, lineItems: lines });
      move(id, state);
      release(({ transaction }) => transaction === id, "done");
      return true;
    },
    giveUp: () => release(() => true, "waiting"),
    client: {
      listTerminals: () => call("terminals", () => double.terminals),
      async performTransaction(terminal, id) {
        await call("perform", () => begin(known(terminal), id));
        if (!double.asking.has(known(terminal))) return { kind: "done", transaction: find(id) };
        const kind = await new Promise<Performed["kind"]>((end) => waiting.add({ transaction: id, end }));
        return kind === "waiting" ? { kind } : { kind, transaction: find(id) };
      },
      confirmTransaction: (id) =>
        call("confirm", () => {
          if (find(id).state !== "PENDING") refuse("invalid", "it is confirmed");
          move(id, "CONFIRMED");
          return find(id);
        }),
      listTerminalReceipts: () => call("receipts", () => double.receipts),
      listTerminalSummariesOf: (terminal) =>
        call("summaries", () => double.summaries.filter((one) => one.terminal === terminal)),
      readTerminalSummary: (id) =>
        call("summary", () => double.summaries.find((one) => one.id === id) ?? refuse("notFound", "no summary")),
      readTerminalSummaryReceipt: (id, layout) =>
        call("slip", () => ({ mimeType: layout.format, data: Buffer.from(`balance ${id}`) })),
      triggerFinalBalance: (terminal) =>
        call("balance", () => {
          if (double.asking.has(known(terminal))) refuse("versionConflict", "the terminal is busy");
          const id = toServiceId(995_001 + double.summaries.length);
          const sums = { brand: "Visa", product: null, currency: "CHF", amount: "20", tip: "2", count: 1 } as never;
          const none = { reference: null, startedOn: null, endedOn: start, numberOfTransactions: 1, balances: {} };
          double.summaries.push({ ...none, id, terminal: known(terminal), sums: [sums] });
          return { id };
        }),
    },
  };
  return double;
}
