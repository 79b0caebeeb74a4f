import { type Buyer, createBuyer } from "./buyer.ts";
import { type Charges, createCharges } from "./charges.ts";
import { type Completions, createCompletions } from "./completions.ts";
import { createDeliveries, type Deliveries } from "./deliveries.ts";
import { createTransactions, type Transactions } from "./transactions.ts";
import type { World } from "./world.ts";

/** Everything the service can do, apart from HTTP. */
export interface Service {
  readonly transactions: Transactions;
  readonly deliveries: Deliveries;
  readonly completions: Completions;
  readonly charges: Charges;
  readonly buyer: Buyer;
}

export function createService(world: World): Service {
  const transactions = createTransactions(world);
  const deliveries = createDeliveries(world, transactions);
  const completions = createCompletions(world, transactions, deliveries, () => {});
  const charges = createCharges(world, transactions, completions, deliveries, () => {});
  const buyer = createBuyer(world, transactions, charges);
  return { transactions, deliveries, completions, charges, buyer };
}
