import {
  isOutcomeUnknown,
  isServiceError,
  type SpaceClient,
  type Transaction,
  type TransactionCreate,
} from "@checkout-plugins/client";
import { saveAttempt } from "./attempt-row.ts";
import type { AttemptId, AttemptRow, CoreParts, Shop, ShopOrder } from "./contract/index.ts";
import type { Held } from "./lease.ts";
import { type Recorded, recordReading } from "./look.ts";
import { toUnanswered } from "./service-fault.ts";
import { toTransactionRow } from "./snapshot.ts";
import type { Marks } from "./transaction-body.ts";

/** Two, because the first may be cut and nobody has its address. */
const creations = 2;

/** What an attempt is begun with. */
export interface Draft {
  readonly space: SpaceClient;
  readonly order: ShopOrder;
  readonly test: boolean;
  readonly sent: string;
  readonly charge: AttemptRow["charge"];
  readonly terminal?: AttemptRow["terminal"];
  toBody(marks: Marks): TransactionCreate;
}

export interface Begun extends Recorded {
  readonly attempt: AttemptRow;
}

/** Writes the intent, then creates; no transaction when the answer was cut: nobody will ever have its address. */
async function create(
  parts: CoreParts,
  given: Held,
  draft: Draft,
): Promise<{ readonly held: Held; readonly attempt: AttemptRow; readonly transaction: Transaction | null }> {
  const { lease, signal } = given;
  const intended: AttemptRow = {
    id: parts.createId() as AttemptId,
    space: draft.space.space,
    environment: draft.test ? "test" : "live",
    transaction: null,
    order: draft.order,
    createState: "intended",
    step: null,
    sent: draft.sent,
    charge: draft.charge,
    ...(draft.terminal && { terminal: draft.terminal }),
    on: parts.clock.now(),
  };
  const body = draft.toBody({ payment: lease.row.id, attempt: intended.id });
  const held = await saveAttempt(parts, given, intended);
  try {
    const transaction = await draft.space.createTransaction(body, { signal });
    const attempt: AttemptRow = { ...intended, transaction: transaction.id, createState: "created" };
    return { held: await saveAttempt(parts, held, attempt), attempt, transaction };
  } catch (error) {
    const isCut = isOutcomeUnknown(error) || !isServiceError(error);
    const attempt: AttemptRow = { ...intended, createState: isCut ? "cut" : "refused" };
    const after = await saveAttempt(parts, held, attempt);
    if (!isOutcomeUnknown(error) || signal.aborted) throw error;
    parts.logger.warn("create was cut", { payment: lease.row.id, attempt: attempt.id });
    return { held: after, attempt, transaction: null };
  }
}

/**
 * Another transaction, recorded: one request. What came before is superseded and watched until it is final.
 *
 * @throws ServiceError; PaymentError `serviceUnavailable` when it was cut twice. Nothing can be paid then.
 */
export async function beginAttempt(parts: CoreParts, shop: Shop, given: Held, draft: Draft): Promise<Begun> {
  let held = given;
  for (let tried = 1; tried <= creations; tried += 1) {
    const created = await create(parts, held, draft);
    held = created.held;
    if (created.transaction === null) continue;
    const { row } = toTransactionRow(undefined, created.transaction);
    const reading = { entities: [...held.lease.entities, row], hintsRead: false, stale: false };
    return { ...(await recordReading(parts, shop, held, reading, true)), attempt: created.attempt };
  }
  throw toUnanswered(draft.order.language, "create the transaction");
}
