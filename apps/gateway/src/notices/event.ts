import { createHash } from "node:crypto";
import type { Instant, Notice } from "@checkout-plugins/core";
import { explainFinding, type Language } from "@checkout-plugins/knowledge";

/** Of a notice: the same whenever it is told, another one for each change. Printable ASCII without a dot. */
export function toNoticeId({ payment, finding, record }: Notice): string {
  const what = finding === null ? `revision ${record?.revision ?? 0}` : `${finding.key} ${finding.since}`;
  return `msg_${createHash("sha256").update(`${payment} ${what}`).digest("base64url").slice(0, 32)}`;
}

/**
 * What the owner's own systems are told. It holds no buyer's data: they know their orders. `payment.revision` only
 * grows, so that whoever keeps the highest is right in whatever order events come.
 */
export function toEvent(notice: Notice, language: Language, now: Instant): unknown {
  const { shop, reference, finding, record } = notice;
  const payment = record === null ? null : toPayment(record);
  const data = { shop, reference, payment };
  if (finding === null) return { type: "payment.changed", timestamp: now, data };
  const { key, kind, detail, amount, since } = finding;
  const { whatHappened, whatToDo, whomToCall } = explainFinding(kind, language);
  return {
    type: "finding.opened",
    timestamp: now,
    data: { ...data, finding: { key, kind, amount, since, whatHappened, whatToDo, whomToCall, detail } },
  };
}

function toPayment(payment: NonNullable<Notice["record"]>): unknown {
  const { id, group, revision, standing, mayShip, environment, amount, authorized, completed, refunded } = payment;
  return { id, group, revision, standing, mayShip, environment, amount, authorized, completed, refunded };
}
