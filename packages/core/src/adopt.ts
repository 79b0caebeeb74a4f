import { isServiceError, isServiceId, type SpaceClient, type Transaction } from "@checkout-plugins/client";
import { saveAttempt } from "./attempt-row.ts";
import { refuse } from "./command-result.ts";
import type { AdoptCommand, AttemptId, CommandResult, CoreParts, PaymentId, Shop, ShopId } from "./contract/index.ts";
import { upsert } from "./entity-rows.ts";
import { type Held, withLease } from "./lease.ts";
import { recordReading } from "./look.ts";
import { compare, toMoney, zero } from "./money.ts";
import { toPaymentError } from "./service-fault.ts";
import { chooseSpace, findShop } from "./shop-space.ts";
import { attemptMark, toTransactionRow } from "./snapshot.ts";

type Adopted = CommandResult<"adopt">;

/** null: the space has none of this id. @throws ServiceError */
async function read(space: SpaceClient, { transaction }: AdoptCommand, signal: AbortSignal | undefined) {
  if (!isServiceId(transaction)) return null;
  try {
    return await space.readTransaction(transaction, { signal });
  } catch (error) {
    if (isServiceError(error) && error.code === "notFound") return null;
    throw error;
  }
}

/** Why this transaction cannot become this payment's; null when it can. */
function findObstacle({ knownAs }: AdoptCommand, { id, merchantReference, refundedAmount, currency }: Transaction) {
  if (merchantReference === null || !knownAs.includes(merchantReference)) {
    return `Transaction ${id} is of the order "${merchantReference ?? ""}" and not of ${knownAs.join(" or ")}. Nothing was changed.`;
  }
  const refunded = toMoney(refundedAmount ?? "0", currency);
  if (compare(refunded, zero(refunded.currency)) > 0) {
    return `Transaction ${id} was refunded by whoever created it, at least in part. Do the rest there.`;
  }
  return null;
}

async function adopt(
  parts: CoreParts,
  shop: Shop,
  given: Held,
  command: AdoptCommand,
  transaction: Transaction,
): Promise<Adopted> {
  const space = transaction.linkedSpaceId;
  let held = given;
  if (!given.lease.attempts.some((one) => one.transaction === transaction.id && one.space === space)) {
    if (transaction.metaData[attemptMark] !== undefined) {
      return refuse(
        "notPossibleNow",
        command.order.language,
        `Transaction ${transaction.id} belongs to another payment of ours.`,
      );
    }
    held = await saveAttempt(parts, given, {
      id: parts.createId() as AttemptId,
      space,
      environment: command.test ? "test" : "live",
      transaction: transaction.id,
      order: command.order,
      createState: "created",
      step: null,
      sent: null,
      charge: null,
      adopted: true,
      // Its age among the attempts; what it is shown by comes from the transaction itself.
      on: transaction.createdOn ?? parts.clock.now(),
    });
  }
  const recorded = held.lease.entities.find(({ entity, id }) => entity === "transaction" && id === transaction.id);
  const { row, stale } = toTransactionRow(recorded, transaction);
  const reading = { entities: upsert(held.lease.entities, row), hintsRead: false, stale };
  const { payment } = await recordReading(parts, shop, held, reading, true);
  return { kind: "successful", answer: null, payment };
}

/**
 * Makes another plugin's transaction an attempt of this payment: one request. From then on it is watched, shown, and
 * weighed against the payment's other attempts as one of ours, so that what the buyer pays of it is seen, and what he
 * pays beside it is given back. Sent again it changes nothing.
 *
 * @throws PaymentError as startPayment does; nothing was changed then.
 */
export async function runAdopt(
  parts: CoreParts,
  shopId: ShopId,
  command: AdoptCommand,
  signal?: AbortSignal,
): Promise<Adopted> {
  const shop = await findShop(parts.shops, shopId);
  const { reference, order } = command;
  const { store, clock, createId } = parts;
  try {
    const space = chooseSpace(shop, command.test);
    const transaction = await read(space, command, signal);
    if (transaction === null) {
      const why = `Space ${space.space} has no transaction ${command.transaction}. Does the gateway use the space of the plugin that created it?`;
      return refuse("unknownPayment", order.language, why);
    }
    const why = findObstacle(command, transaction);
    if (why !== null) return refuse("notPossibleNow", order.language, why);
    const row = await store.open(createId() as PaymentId, shopId, reference, order.group, clock.now());
    return await withLease(parts, row.id, signal, (held) => adopt(parts, shop, held, command, transaction));
  } catch (error) {
    throw toPaymentError(error);
  } finally {
    parts.wake?.();
  }
}
