import type { ServiceId } from "@checkout-plugins/client";
import { unprocessable } from "../api-error.ts";
import type { LineItemVersionRow } from "../state/payment.ts";
import type { LineItem, TransactionRow } from "../state/transaction.ts";
import { currencyDigits } from "../values/currency.ts";
import { compare } from "../values/decimal.ts";
import { notAuthorized } from "./completions.ts";
import { checkLines, totalOf } from "./transaction-rules.ts";
import type { Transactions } from "./transactions.ts";
import { switchesOf, type World } from "./world.ts";

export interface LineItemVersions {
  /** Changes the line items of an AUTHORIZED transaction; the same `externalId` again answers the first result. */
  create(
    transaction: TransactionRow,
    externalId: string,
    lineItems: readonly LineItem[],
    user: ServiceId | null,
  ): LineItemVersionRow;
  /** The newest; before any was made, the lines as they were authorized. */
  latest(transaction: TransactionRow): LineItemVersionRow | undefined;
  /** The lines at authorization. */
  open(transaction: TransactionRow): void;
}

export function createLineItemVersions(world: World, transactions: Transactions): LineItemVersions {
  const { lineItemVersions } = world.state.tables;

  const add = (
    { id: transaction, space }: TransactionRow,
    externalId: string,
    lineItems: readonly LineItem[],
    user: ServiceId | null,
  ) =>
    lineItemVersions.put({
      id: world.newId(),
      space,
      transaction,
      version: 1,
      createdOn: world.agenda.now(),
      createdBy: user,
      state: "SUCCESSFUL",
      externalId,
      lineItems,
      amount: totalOf(lineItems),
    });

  return {
    latest: (transaction) => lineItemVersions.ofTransaction(transaction.id).at(-1),
    open: (transaction) => void add(transaction, transaction.id, transaction.content.lineItems, null),

    create(transaction, externalId, lineItems, user) {
      const repeated = lineItemVersions.ofTransaction(transaction.id).find((row) => row.externalId === externalId);
      if (repeated !== undefined) return repeated;
      if (transaction.state !== "AUTHORIZED") throw notAuthorized(world, transaction, "changed");
      const problems: Record<string, string> = {};
      const isStrict = switchesOf(world, transaction).amountDigits === "refused";
      checkLines(lineItems, isStrict ? currencyDigits(transaction.content.currency) : null, problems);
      const total = totalOf(lineItems);
      if (compare(total, transaction.authorizationAmount) > 0) {
        problems.lineItems = `must not exceed the authorized ${transaction.authorizationAmount}, sum up to ${total}`;
      }
      if (Object.keys(problems).length > 0) {
        throw unprocessable("invalid_line_items", "The line items are not valid, see errors.", problems);
      }
      transactions.change(transaction, { content: { ...transaction.content, lineItems } });
      return add(transaction, externalId, lineItems, user);
    },
  };
}
