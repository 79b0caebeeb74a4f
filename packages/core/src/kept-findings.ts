import type { Finding, FindingPage, Instant, KeptFinding, PaymentRow } from "./contract/index.ts";

const truthKinds: ReadonlySet<Finding["kind"]> = new Set([
  "doublePayment",
  "paidThoughAbandoned",
  "wrongAmount",
  "wrongCurrency",
  "wrongSpace",
  "wrongOrder",
  "testMoney",
  "chargeback",
  "unexplainedRefund",
  "repeatedFault",
]);

/** What is read where no page is named. */
export const firstFindings: FindingPage = { after: null, limit: 100 };

type Owner = Pick<PaymentRow, "id" | "shop">;

/** Is it a finding of looking, or of showing? Each resolves only its own. */
export function isOfTruth({ kind }: Finding): boolean {
  return truthKinds.has(kind);
}

/**
 * Findings of the truth or of the showing as they are now: those that are no longer found are resolved. A finding is
 * the same one as long as it is found under its key.
 */
export function keepFindings(
  kept: readonly KeptFinding[],
  found: readonly Finding[],
  ofTruth: boolean,
  owner: Owner,
  now: Instant,
): readonly KeptFinding[] {
  const isMine = (one: KeptFinding): boolean => one.resolvedOn === null && isOfTruth(one) === ofTruth;
  const open = kept.filter(isMine);
  const still = unique(found).map((one): KeptFinding => {
    const known = open.find(({ key }) => key === one.key);
    return toKept(one, owner, known?.since ?? now, known?.toldOn ?? null);
  });
  const gone = open.filter(({ key }) => !found.some((one) => one.key === key));
  return [...kept.filter((one) => !isMine(one)), ...gone.map((one) => ({ ...one, resolvedOn: now })), ...still];
}

/** Adds what a failed step found; nothing is resolved by it. */
export function addFindings(
  kept: readonly KeptFinding[],
  found: readonly Finding[],
  owner: Owner,
  now: Instant,
): readonly KeptFinding[] {
  const open = kept.filter(({ resolvedOn }) => resolvedOn === null).map(({ key }) => key);
  const added = unique(found).filter(({ key }) => !open.includes(key));
  return [...kept, ...added.map((one) => toKept(one, owner, now, null))];
}

function unique(found: readonly Finding[]): readonly Finding[] {
  return found.filter(({ key }, index) => found.findIndex((one) => one.key === key) === index);
}

function toKept(finding: Finding, { id: payment, shop }: Owner, since: Instant, toldOn: Instant | null): KeptFinding {
  const { key, kind, detail, amount } = finding;
  return { key, kind, detail, amount, shop, payment, since, resolvedOn: null, toldOn };
}
