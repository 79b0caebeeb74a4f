/**
 * A subscription that renews at night on the contract, as code that compiles: stored means, a charge that may take days,
 * a queue of two refunds, and an undo of what was told as done. What it showed: a renewal needs a key of its own
 * (`shopKey`), or a night that is run twice charges twice; and a platform that has told its customer "paid" needs the
 * operation's key to take it back.
 */
import type {
  ChargeCommand,
  Core,
  Money,
  Operation,
  OperationKey,
  Payment,
  PaymentReference,
  ShopId,
  ShopKey,
  ShopOrder,
  StoredMeans,
} from "../../src/index.ts";

export interface Renewal {
  readonly customer: string;
  readonly period: string;
  readonly order: ShopOrder;
}

function toCharge(renewal: Renewal, means: StoredMeans): ChargeCommand {
  return {
    kind: "charge",
    reference: `renewal-${renewal.customer}-${renewal.period}` as PaymentReference,
    shopKey: renewal.period as ShopKey,
    order: renewal.order,
    completion: "immediate",
    test: false,
    means: means.id,
  };
}

/** Run as often as you like: the same period is charged once. */
export async function renew(core: Core, shop: ShopId, renewal: Renewal): Promise<"paid" | "later" | "askTheCustomer"> {
  const stored = await core.runCommand(shop, { kind: "stored", customer: renewal.customer, test: false });
  const [means] = stored.kind === "successful" ? stored.answer : [];
  if (means === undefined) return "askTheCustomer";
  const charged = await core.runCommand(shop, toCharge(renewal, means));
  if (charged.kind === "failed") return charged.failure.code === "temporary" ? "later" : "askTheCustomer";
  return charged.payment?.standing === "paid" ? "paid" : "later";
}

/** A row of the platform's own: half a month back for a late start, twice the same amount where it started late twice. */
export interface RefundRow {
  readonly id: ShopKey;
  readonly amount: Money;
}

/**
 * Asks for each that the platform has a row of. The service allows one open refund of a payment: the second waits in
 * core's queue and is `pending`. Run as often as you like: a row is refunded once, and two rows of one amount are two.
 */
export async function giveBack(
  core: Core,
  shop: ShopId,
  reference: PaymentReference,
  rows: readonly RefundRow[],
): Promise<ReadonlyMap<ShopKey, Operation["state"]>> {
  const heldKeys = rows.map(({ id }) => id);
  const states = new Map<ShopKey, Operation["state"]>();
  for (const { id: shopKey, amount } of rows) {
    const refund = { kind: "refund", reference, shopKey, heldKeys, amount, lines: null, reason: null } as const;
    const { kind } = await core.runCommand(shop, { ...refund, offline: false });
    states.set(shopKey, kind);
  }
  return states;
}

/** What the customer was told, by the operation's key, so that it can be taken back when the operation failed after all. */
export function toNews(told: ReadonlyMap<OperationKey, Operation["state"]>, payment: Payment): readonly string[] {
  return payment.operations.flatMap((operation) => {
    const before = told.get(operation.key);
    if (before === operation.state) return [];
    if (operation.state === "failed" && before !== undefined) return [`take back ${operation.key}`];
    return operation.state === "successful" ? [`tell ${operation.key}`] : [];
  });
}
