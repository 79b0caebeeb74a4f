import type { ReadAttempt } from "./attempt.ts";
import type { Finding, FindingKind, Money } from "./contract/index.ts";
import { attemptFindingKey } from "./finding-keys.ts";
import { toDecimal, toMoney } from "./money.ts";
import { toTip } from "./tip.ts";
import { hasMoney } from "./transaction-state.ts";

/**
 * Is this money the money that was agreed (ARCHITECTURE 5, rule 7)? Each failed check is a finding that says what to
 * do; with any of them the payment is held and never shown as paid.
 *
 * `agreed`: what the shop wanted last. A buyer who pays an address of before his order changed has not paid it.
 */
export function checkAttempt({ row, snapshot, attempt }: ReadAttempt, agreed: Money): readonly Finding[] {
  if (snapshot === null || !hasMoney(attempt.state)) return [];
  const tip = toTip(row, snapshot)?.minor ?? 0;
  const was = `${snapshot.currency} ${snapshot.authorizationAmount}`;
  const where = `Transaction ${row.transaction} in space ${row.space}`;
  const failed = (kind: FindingKind, detail: string): Finding => ({
    key: attemptFindingKey(kind, row.id),
    kind,
    detail,
    amount: agreed,
  });
  const findings: Finding[] = [];
  if (snapshot.space !== row.space) {
    findings.push(
      failed("wrongSpace", `${where} answers as one of space ${snapshot.space}. Check the space id in the settings.`),
    );
  }
  if (snapshot.attempt !== row.id && row.adopted !== true) {
    findings.push(
      failed(
        "wrongOrder",
        `${where} does not carry the mark of this payment. Somebody changed its metadata. Compare it with the order in the back office before you ship.`,
      ),
    );
  }
  if (snapshot.currency !== agreed.currency) {
    findings.push(
      failed(
        "wrongCurrency",
        `${where} is over ${was}, but the order is in ${agreed.currency}. Do not ship; refund it or change the order.`,
      ),
    );
  } else if (toMoney(snapshot.authorizationAmount, snapshot.currency).minor - tip !== agreed.minor) {
    findings.push(
      failed(
        "wrongAmount",
        `${where} is over ${was}, but ${agreed.currency} ${toDecimal(agreed)} was agreed. Do not ship before the difference is settled: refund it, or ask the buyer for the rest.`,
      ),
    );
  }
  if (row.environment === "live" && snapshot.authorizationEnvironment === "TEST") {
    findings.push(
      failed(
        "testMoney",
        `${where} was paid with test money in a live shop. Do not ship. Set the payment connector to production in the back office, or mark the shop as a test.`,
      ),
    );
  }
  return findings;
}
