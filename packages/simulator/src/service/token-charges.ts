import { unprocessable } from "../api-error.ts";
import type { ChargeAttemptRow, TokenVersionRow } from "../state/payment.ts";
import type { Switches } from "../state/switches.ts";
import type { TransactionRow } from "../state/transaction.ts";
import type { Charges, Try } from "./charges.ts";
import { chargeableVersion, type Tokens } from "./tokens.ts";
import { isOpen } from "./transaction-machine.ts";
import type { Transactions } from "./transactions.ts";
import { switchesOf, type World } from "./world.ts";

/** Charges without a buyer at hand: subscriptions, orders by telephone. */
export interface TokenCharges {
  /** Charges the transaction's token. Nobody is there to try again or to answer a bank. */
  withToken(transaction: TransactionRow): ChargeAttemptRow;
  /** The same where there is a token; else the buyer is asked by message, and processing goes on. */
  withoutInteraction(transaction: TransactionRow): TransactionRow;
}

export function toTokenTry(version: TokenVersionRow, storedMeans: Switches["storedMeans"]): Try {
  return {
    method: version.method,
    chargeType: "TOKEN",
    card: version.card,
    tokenVersion: version.id,
    failure: storedMeans === "declined" ? "declined" : null,
    asksBuyer: false,
    isToBeKept: false,
  };
}

export function createTokenCharges(
  world: World,
  transactions: Transactions,
  charges: Charges,
  tokens: Tokens,
): TokenCharges {
  const fresh = (row: TransactionRow) => world.state.tables.transactions.get(row.id) ?? row;

  const withToken = (transaction: TransactionRow): ChargeAttemptRow => {
    const version = chargeableVersion(tokens, transaction, transaction.content.token);
    const token = world.state.tables.tokens.get(version.token);
    if (token?.customerId !== (transaction.content.customerId ?? null)) {
      throw unprocessable(
        "wrong_customer",
        `Token ${version.token} belongs to another customer than transaction ${transaction.id}.`,
        {
          customerId: "must be that of the token",
        },
      );
    }
    const { storedMeans } = switchesOf(world, transaction);
    const tried = toTokenTry(version, storedMeans);
    const failure = storedMeans === "asksBuyer" ? "authenticationFailed" : tried.failure;
    const begun = charges.begin(transaction, null, null);
    const attempt = charges.attempt(begun, { ...tried, failure });
    const after = fresh(begun);
    if (attempt.state === "FAILED" && attempt.failure !== null && isOpen(after.state))
      transactions.fail(after, attempt.failure);
    return attempt;
  };

  return {
    withToken,
    withoutInteraction(transaction) {
      if (transaction.content.token === undefined) return charges.begin(transaction, null, null);
      withToken(transaction);
      return fresh(transaction);
    },
  };
}
