import { type Buyer, createBuyer } from "./buyer.ts";
import { type Charges, createCharges } from "./charges.ts";
import { type Completions, createCompletions } from "./completions.ts";
import { createDeliveries, type Deliveries } from "./deliveries.ts";
import { createInvoices, type Invoices } from "./invoices.ts";
import { createLineItemVersions, type LineItemVersions } from "./line-item-versions.ts";
import { createRefunds, type Refunds } from "./refunds.ts";
import { createTerminalPayments, type TerminalPayments } from "./terminal-payments.ts";
import { createTerminals, type Terminals } from "./terminals.ts";
import { createTokenCharges, type TokenCharges } from "./token-charges.ts";
import { createTokens, type Tokens } from "./tokens.ts";
import { createTransactions, type Transactions } from "./transactions.ts";
import { createVoids, type Voids } from "./voids.ts";
import type { World } from "./world.ts";

/** Everything the service can do, apart from HTTP. */
export interface Service {
  readonly transactions: Transactions;
  readonly deliveries: Deliveries;
  readonly completions: Completions;
  readonly voids: Voids;
  readonly refunds: Refunds;
  readonly invoices: Invoices;
  readonly lineItemVersions: LineItemVersions;
  readonly tokens: Tokens;
  readonly charges: Charges;
  readonly tokenCharges: TokenCharges;
  readonly buyer: Buyer;
  readonly terminals: Terminals;
  readonly terminalPayments: TerminalPayments;
}

export function createService(world: World): Service {
  const transactions = createTransactions(world);
  const deliveries = createDeliveries(world, transactions);
  const invoices = createInvoices(world);
  const completions = createCompletions(world, transactions, deliveries, invoices.open);
  const voids = createVoids(world, transactions);
  const refunds = createRefunds(world, transactions, invoices);
  const lineItemVersions = createLineItemVersions(world, transactions);
  const tokens = createTokens(world, transactions);
  const charges = createCharges(world, transactions, completions, deliveries, (transaction, attempt) => {
    lineItemVersions.open(transaction);
    tokens.keep(transaction, attempt);
  });
  const tokenCharges = createTokenCharges(world, transactions, charges, tokens);
  const buyer = createBuyer(world, transactions, charges, tokens);
  const terminals = createTerminals(world);
  const terminalPayments = createTerminalPayments(world, transactions, charges);
  return {
    transactions,
    deliveries,
    completions,
    voids,
    refunds,
    invoices,
    lineItemVersions,
    tokens,
    charges,
    tokenCharges,
    buyer,
    terminals,
    terminalPayments,
  };
}
