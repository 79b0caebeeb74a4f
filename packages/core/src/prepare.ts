import type { SpaceClient } from "@checkout-plugins/client";
import { beginAttempt } from "./attempt-create.ts";
import { closeIntended, createdAttempts } from "./attempt-row.ts";
import { updateAttempt } from "./attempt-update.ts";
import { refuseGivenUp } from "./command-result.ts";
import type { AttemptRow, CoreParts, Failure, Payment, Shop, ShopOrder } from "./contract/index.ts";
import { PaymentError } from "./errors.ts";
import type { Held } from "./lease.ts";
import { look } from "./look.ts";
import { chooseSpace, findSpace } from "./shop-space.ts";
import { decideStart } from "./start-decision.ts";
import { type Terms, toTermsContent, toTermsDigest } from "./terms.ts";
import { toTransactionContent, toTransactionCreate } from "./transaction-body.ts";

/** What the buyer shall be able to pay. */
export interface Wanted {
  readonly order: ShopOrder;
  readonly test: boolean;
  /** null: nothing is chosen yet, every method is open. */
  readonly terms: Terms | null;
}

export type Prepared =
  | {
      readonly kind: "ready";
      readonly held: Held;
      readonly space: SpaceClient;
      readonly attempt: AttemptRow;
      readonly payment: Payment;
    }
  | { readonly kind: "nothingToDo"; readonly payment: Payment | null }
  | { readonly kind: "wait"; readonly payment: Payment | null }
  | { readonly kind: "failed"; readonly failure: Failure; readonly payment: Payment | null };

/** An update may find the payment moved on; more often than this somebody else is at work. */
const rounds = 4;

async function begin(parts: CoreParts, shop: Shop, held: Held, { order, test, terms }: Wanted): Promise<Prepared> {
  const space = chooseSpace(shop, test);
  const begun = await beginAttempt(parts, shop, held, {
    space,
    order,
    test,
    sent: toTermsDigest(terms),
    charge: null,
    toBody: (marks) => toTransactionCreate(order, terms, test, marks),
  });
  return { kind: "ready", space, ...begun };
}

/**
 * The one attempt by which this order can be paid (ARCHITECTURE 5, rule 4): the open one, changed to the order where that
 * is possible, else another one. What is changed is not read before: its version is recorded, and a conflict tells.
 *
 * @throws ServiceError, PaymentError; nothing is lost by it.
 */
export async function prepare(parts: CoreParts, shop: Shop, given: Held, wanted: Wanted): Promise<Prepared> {
  const { order, terms } = wanted;
  const sent = toTermsDigest(terms);
  let held = await closeIntended(parts, given);
  let isRead = createdAttempts(held.lease).length === 0;
  if (held.lease.row.abandoned) {
    return refuseGivenUp(order.language, held.lease.row.payment);
  }
  for (let round = 1; round <= rounds; round += 1) {
    const { payment } = held.lease.row;
    const newest = createdAttempts(held.lease).at(-1);
    const decision = decideStart(payment, newest, { ...wanted, sent }, shop.adapter.capabilities.retries);
    if (!isRead && decision !== "update") {
      held = (await look(parts, shop, held, "asked"))?.held ?? held;
      isRead = true;
      continue;
    }
    if (decision === "nothingToDo" || decision === "wait") return { kind: decision, payment };
    if (decision === "begin" || newest === undefined || payment === null) return begin(parts, shop, held, wanted);
    const space = findSpace(shop, newest.space);
    if (decision === "lead") return { kind: "ready", held, space, attempt: newest, payment };
    const narrows = terms !== null && terms.method !== null;
    const content = { ...toTransactionContent(order), ...toTermsContent(terms, order) };
    const updated = await updateAttempt(parts, shop, space, held, newest, { order, content, sent, narrows });
    if (updated.kind === "updated") return { ...updated, kind: "ready", space };
    if (updated.kind === "unfit") return begin(parts, shop, updated.held, wanted);
    held = updated.held;
    isRead = true;
  }
  const message = `Payment ${given.lease.row.id} changes faster than it can be read. Try again.`;
  throw new PaymentError("busy", message, { retryable: true });
}
