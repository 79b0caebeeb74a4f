import type { CallOptions } from "../client.ts";
import type { ServiceId } from "../ids.ts";
import { jsonAnswer } from "../wire/answers.ts";
import type { Send } from "../wire/send.ts";
import { toTransaction, transactionExpand } from "./to-transaction.ts";
import type { Transaction, TransactionCreate, TransactionPending } from "./transaction.ts";
import { toCreateBody, toPendingBody } from "./transaction-body.ts";

export interface TransactionOperations {
  /** Takes no key: after an unknown outcome a repeat makes a second transaction, so it is never retried here. */
  createTransaction(body: TransactionCreate, options?: CallOptions): Promise<Transaction>;
  readTransaction(id: ServiceId, options?: CallOptions): Promise<Transaction>;
  /** Only while PENDING. Not retried after an unknown outcome: read it to see. */
  updateTransaction(id: ServiceId, body: TransactionPending, options?: CallOptions): Promise<Transaction>;
  /** Applies the body and confirms, only while PENDING. Not retried after an unknown outcome: read it to see. */
  confirmTransaction(id: ServiceId, body: TransactionPending, options?: CallOptions): Promise<Transaction>;
}

export function createTransactionOperations(send: Send): TransactionOperations {
  const answer = { query: { expand: transactionExpand }, read: jsonAnswer(toTransaction, "Transaction") };
  return {
    createTransaction: (body, options) =>
      send({ ...answer, method: "POST", path: "/payment/transactions", body: toCreateBody(body) }, options),
    readTransaction: (id, options) => send({ ...answer, method: "GET", path: `/payment/transactions/${id}` }, options),
    updateTransaction: (id, body, options) =>
      send({ ...answer, method: "PATCH", path: `/payment/transactions/${id}`, body: toPendingBody(body) }, options),
    confirmTransaction: (id, body, options) =>
      send(
        { ...answer, method: "POST", path: `/payment/transactions/${id}/confirm`, body: toPendingBody(body) },
        options,
      ),
  };
}
