import type { CallOptions } from "../client.ts";
import { isServiceError } from "../errors.ts";
import type { ServiceId } from "../ids.ts";
import { jsonAnswer, noAnswer, textAnswer, toPage } from "../wire/answers.ts";
import { type Fields, readId, readText } from "../wire/fields.ts";
import { collectList, searchAll } from "../wire/paging.ts";
import type { Send } from "../wire/send.ts";
import { escapeText } from "../wire/url.ts";
import { ifGiven, toWireNumber, type Wire } from "../wire/wire.ts";
import {
  type Terminal,
  type TerminalCreate,
  type TerminalReceipt,
  type TerminalReceiptFormat,
  type TerminalSummary,
  type TerminalUpdate,
  toTerminal,
  toTerminalReceipt,
  toTerminalSummary,
} from "./terminal.ts";
import { toTransaction, transactionExpand } from "./to-transaction.ts";
import type { Transaction } from "./transaction.ts";

/** A terminal by its id, or by the identifier (TID) that the device shows. */
export type TerminalName = ServiceId | { readonly identifier: string };

/**
 * What came of waiting at a terminal. `waiting`: the service gave up the request before the terminal was done; the same
 * call again goes on waiting and does not begin a second payment.
 */
export type Performed = { readonly kind: "done"; readonly transaction: Transaction } | { readonly kind: "waiting" };

/** Width of a printed page in characters of a line (TXT) or in millimetres (PDF). */
export interface ReceiptLayout {
  readonly format: TerminalReceiptFormat;
  readonly width: number;
}

export interface TerminalOperations {
  /** All of the space, in whatever state. */
  listTerminals(options?: CallOptions): Promise<readonly Terminal[]>;
  readTerminal(id: ServiceId, options?: CallOptions): Promise<Terminal>;
  createTerminal(body: TerminalCreate, options?: CallOptions): Promise<Terminal>;
  updateTerminal(id: ServiceId, body: TerminalUpdate, options?: CallOptions): Promise<Terminal>;
  deleteTerminal(id: ServiceId, options?: CallOptions): Promise<void>;
  /** Binds the device with this serial number. */
  linkTerminal(id: ServiceId, serialNumber: string, options?: CallOptions): Promise<void>;
  unlinkTerminal(id: ServiceId, options?: CallOptions): Promise<void>;
  /** For a till that speaks with the terminal's own channel; opaque. */
  readTillConnectionCredentials(
    terminal: ServiceId,
    transaction: ServiceId,
    language?: string,
    options?: CallOptions,
  ): Promise<string>;
  /**
   * Has the terminal ask the buyer to pay this transaction and waits for him: 110 seconds at most, whatever the client's
   * own limit, because the service gives up after 80 to 97. Sent again it goes on waiting. After a fault whose outcome is
   * not known read the transaction: the terminal may be at it.
   *
   * Not documented: with which status the service gives up (api v1: 543). 408, 504 and 543 are `waiting`.
   */
  performTransaction(
    terminal: TerminalName,
    transaction: ServiceId,
    language?: string,
    options?: CallOptions,
  ): Promise<Performed>;
  /** The slips of a transaction; empty where no terminal took it. */
  listTerminalReceipts(
    transaction: ServiceId,
    layout: ReceiptLayout,
    options?: CallOptions,
  ): Promise<readonly TerminalReceipt[]>;
  /** Takes no key and is never repeated here: after an unknown outcome look into the list of summaries. */
  triggerFinalBalance(terminal: TerminalName, options?: CallOptions): Promise<{ readonly id: ServiceId }>;
  /** Of one terminal, oldest first. */
  listTerminalSummariesOf(terminal: ServiceId, options?: CallOptions): Promise<readonly TerminalSummary[]>;
  readTerminalSummary(id: ServiceId, options?: CallOptions): Promise<TerminalSummary>;
  readTerminalSummaryReceipt(
    id: ServiceId,
    layout: ReceiptLayout,
    options?: CallOptions,
  ): Promise<{ readonly mimeType: string; readonly data: Uint8Array }>;
}

const terminals = "/payment/terminals";
const summaries = `${terminals}/transaction-summaries`;

/** Milliseconds: longer than the service waits for the buyer, so that it is the one that gives up. */
const patience = 110_000;
const gaveUp: ReadonlySet<number | undefined> = new Set([408, 504, 543]);

export function createTerminalOperations(send: Send): TerminalOperations {
  const read = jsonAnswer(toTerminal, "PaymentTerminal");
  return {
    listTerminals: (options) => collectList(send, terminals, toTerminal, {}, options),
    readTerminal: (id, options) => send({ method: "GET", path: `${terminals}/${id}`, read }, options),
    createTerminal: (body, options) =>
      send({ method: "POST", path: terminals, body: toTerminalCreateBody(body), isRepeatable: true, read }, options),
    updateTerminal: (id, body, options) => send({ method: "PATCH", path: `${terminals}/${id}`, body, read }, options),
    deleteTerminal: (id, options) => send({ method: "DELETE", path: `${terminals}/${id}`, read: noAnswer }, options),
    linkTerminal: (id, serialNumber, options) =>
      send({ method: "POST", path: `${terminals}/${id}/link`, query: { serialNumber }, read: noAnswer }, options),
    unlinkTerminal: (id, options) =>
      send({ method: "POST", path: `${terminals}/${id}/unlink`, read: noAnswer }, options),
    readTillConnectionCredentials: (terminal, transactionId, language, options) => {
      const path = `${terminals}/${terminal}/till-connection-credentials`;
      return send({ method: "GET", path, query: { transactionId, language }, read: textAnswer }, options);
    },
    performTransaction: (...call) => perform(send, ...call),
    listTerminalReceipts: (transaction, layout, options) => {
      const path = `/payment/transactions/${transaction}/terminal-receipts`;
      // One page by nature: the endpoint takes no cursor.
      const readAll = jsonAnswer((fields) => toPage(fields).items.map(toTerminalReceipt), "list");
      return send({ method: "GET", path, query: { ...layout }, read: readAll }, options);
    },
    triggerFinalBalance: (terminal, options) => {
      const answer = jsonAnswer(
        (fields) => ({ id: readId(fields, "id") }),
        "PaymentTerminalTransactionSummaryReference",
      );
      return send({ method: "POST", path: `${toPath(terminal)}/trigger-final-balance`, read: answer }, options);
    },
    listTerminalSummariesOf: async (terminal, options) => {
      const query = { query: `paymentTerminal:${terminal}` };
      const found = await searchAll(send, summaries, toTerminalSummary, query, options);
      return found.filter((summary) => summary.terminal === terminal);
    },
    readTerminalSummary: (id, options) =>
      send({ method: "GET", path: `${summaries}/${id}`, read: jsonAnswer(toTerminalSummary, "summary") }, options),
    readTerminalSummaryReceipt: (id, layout, options) => {
      const answer = jsonAnswer(toRendered, "RenderedTerminalTransactionSummary");
      return send({ method: "GET", path: `${summaries}/${id}/receipt`, query: { ...layout }, read: answer }, options);
    },
  };
}

export function toTerminalCreateBody(body: TerminalCreate): Wire<TerminalCreate> {
  return {
    ...body,
    type: toWireNumber(body.type),
    configurationVersion: ifGiven(body.configurationVersion, toWireNumber),
    locationVersion: ifGiven(body.locationVersion, toWireNumber),
  };
}

function toPath(terminal: TerminalName): string {
  if (typeof terminal === "string") return `${terminals}/${terminal}`;
  return `${terminals}/by-identifier/${escapeText(terminal.identifier)}`;
}

async function perform(
  send: Send,
  terminal: TerminalName,
  transactionId: ServiceId,
  language: string | undefined,
  options: CallOptions | undefined,
): Promise<Performed> {
  const path = `${toPath(terminal)}/perform-transaction`;
  const query = { transactionId, language, expand: transactionExpand };
  const read = jsonAnswer(toTransaction, "Transaction");
  try {
    return { kind: "done", transaction: await send({ method: "POST", path, query, timeout: patience, read }, options) };
  } catch (error) {
    if (isServiceError(error) && gaveUp.has(error.details.status)) return { kind: "waiting" };
    throw error;
  }
}

function toRendered(fields: Fields): { readonly mimeType: string; readonly data: Uint8Array } {
  return { mimeType: readText(fields, "mimeType"), data: Buffer.from(readText(fields, "data"), "base64") };
}
