import {
  isOutcomeUnknown,
  isServiceError,
  type SpaceClient,
  type Transaction,
  type TransactionContent,
} from "@checkout-plugins/client";
import { saveAttempt } from "./attempt-row.ts";
import type { AttemptRow, CoreParts, EntityRow, Shop, ShopOrder } from "./contract/index.ts";
import { upsert } from "./entity-rows.ts";
import type { Held } from "./lease.ts";
import { type Recorded, recordReading } from "./look.ts";
import { toMoney } from "./money.ts";
import { toUnanswered } from "./service-fault.ts";
import { readTransactionSnapshot, toTransactionRow } from "./snapshot.ts";
import { isSameAmount, isSameOrder } from "./start-decision.ts";
import { openTerms } from "./terms.ts";

const tries = 3;

/** What the pending transaction shall have. */
export interface Change {
  readonly order: ShopOrder;
  readonly content: TransactionContent;
  readonly sent: string;
  /** One of the listed methods is chosen, so that the others need not be listed again. */
  readonly narrows: boolean;
}

export interface Updated extends Recorded {
  /**
   * `moved`: it is no longer pending, so one decides again. `unfit`: it took the change and amounts to something else,
   * for instance since lines that are gone were kept; nobody must be led to pay it.
   */
  readonly kind: "updated" | "moved" | "unfit";
  readonly attempt: AttemptRow;
}

/**
 * The methods of a script belong to the cart they were listed for; its address belongs to the transaction. What was
 * listed of all, or is narrowed to one of them, need not be listed again.
 */
function toStaleStep(attempt: AttemptRow, change: Change): AttemptRow["step"] {
  const { step } = attempt;
  const keeps = (change.narrows || attempt.sent === openTerms) && isSameOrder(attempt, change.order);
  return step?.kind === "script" && !keeps ? { ...step, methods: [] } : step;
}

/** 409, or 422 because it is no longer pending: the state changed while we asked. Read again and decide again. */
function isStateConflict(error: unknown): boolean {
  return isServiceError(error) && (error.code === "versionConflict" || error.code === "invalid");
}

/** The reading of an attempt's transaction. */
export function findReading({ lease }: Held, attempt: AttemptRow): EntityRow | undefined {
  return lease.entities.find(({ entity, id }) => entity === "transaction" && id === attempt.transaction);
}

async function record(
  parts: CoreParts,
  shop: Shop,
  given: Held,
  attempt: AttemptRow,
  transaction: Transaction,
): Promise<Recorded> {
  const held = await saveAttempt(parts, given, attempt);
  const { row, stale } = toTransactionRow(findReading(held, attempt), transaction);
  return recordReading(
    parts,
    shop,
    held,
    { entities: upsert(held.lease.entities, row), hintsRead: false, stale },
    true,
  );
}

/**
 * Changes a pending transaction: one request, with the version that is recorded. The new order is written first:
 * whatever the buyer then pays is compared with what the shop wants now.
 *
 * @throws ServiceError, PaymentError. What the service has is not known then, and is sent again next time.
 */
export async function updateAttempt(
  parts: CoreParts,
  shop: Shop,
  space: SpaceClient,
  given: Held,
  attempt: AttemptRow,
  change: Change,
): Promise<Updated> {
  const reading = findReading(given, attempt);
  if (attempt.transaction === null || reading === undefined) {
    throw new TypeError(`Attempt ${attempt.id} was not read yet, so it cannot be changed`);
  }
  const { signal } = given;
  const wished: AttemptRow = { ...attempt, order: change.order, sent: null, step: toStaleStep(attempt, change) };
  const held = await saveAttempt(parts, given, wished);
  const done = { ...wished, sent: change.sent };
  let { version } = readTransactionSnapshot(reading);
  let isUnknown = false;
  for (let tried = 1; tried <= tries; tried += 1) {
    try {
      const body = { version, ...change.content };
      const transaction = await space.updateTransaction(attempt.transaction, body, { signal });
      const isFit = isSameAmount(wished, toMoney(transaction.authorizationAmount, transaction.currency));
      const agreed = isFit ? done : wished;
      const recorded = await record(parts, shop, held, agreed, transaction);
      return { ...recorded, kind: isFit ? "updated" : "unfit", attempt: agreed };
    } catch (error) {
      if (!isOutcomeUnknown(error) && !isStateConflict(error)) throw error;
      isUnknown ||= isOutcomeUnknown(error);
      const current = await space.readTransaction(attempt.transaction, { signal });
      if (current.state !== "PENDING") {
        const took = isUnknown && isSameAmount(wished, toMoney(current.authorizationAmount, current.currency));
        const agreed = took ? done : attempt;
        return { ...(await record(parts, shop, held, agreed, current)), kind: "moved", attempt: agreed };
      }
      if (isServiceError(error) && error.code === "invalid") throw error;
      version = current.version;
    }
  }
  throw toUnanswered(change.order.language, "change the transaction");
}
