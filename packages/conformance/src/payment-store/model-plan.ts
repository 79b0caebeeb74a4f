import fc from "fast-check";

export interface PlannedHint {
  readonly payment: number;
  readonly kind: number;
  readonly second: boolean;
  readonly transaction: boolean;
  readonly read: boolean;
}

type TruthFinding = "chargeback" | "testMoney";
type ShowFinding = "orderGone" | "orphan";

/** One call of a store, with everything that both stores must be given alike. `lease` counts from the newest back. */
export type Plan =
  | { readonly do: "wait"; readonly seconds: number }
  | { readonly do: "open" | "lease" | "abandon"; readonly payment: number }
  | { readonly do: "claim"; readonly total: number; readonly perShop: number }
  | { readonly do: "release"; readonly lease: number }
  | { readonly do: "enter"; readonly lease: number; readonly show: boolean }
  | { readonly do: "saveAttempt"; readonly lease: number; readonly second: boolean; readonly named: boolean }
  | {
      readonly do: "addCommand";
      readonly payment: number;
      readonly id: number;
      readonly kind: number;
      readonly key: number | null;
      readonly held: readonly number[] | null;
      readonly big: boolean;
    }
  | { readonly do: "saveCommand"; readonly lease: number; readonly which: number; readonly known: boolean }
  | { readonly do: "schedule"; readonly lease: number; readonly after: number }
  | { readonly do: "addHints"; readonly hints: readonly PlannedHint[] }
  | { readonly do: "claimStrangers"; readonly most: number }
  | { readonly do: "dropStrangers"; readonly claim: number; readonly all: boolean }
  | {
      readonly do: "recordTruth";
      readonly lease: number;
      readonly isNew: boolean;
      readonly entities: readonly number[];
      readonly owes: boolean;
      readonly seen: boolean;
      readonly after: number | null;
      readonly findings: readonly TruthFinding[];
    }
  | {
      readonly do: "recordShown";
      readonly lease: number;
      readonly behind: number;
      readonly after: number | null;
      readonly findings: readonly ShowFinding[];
    }
  | {
      readonly do: "recordFault";
      readonly lease: number;
      readonly look: boolean;
      readonly findings: readonly ("repeatedFault" | "orphan")[];
    }
  | { readonly do: "claimSweep"; readonly shop: number }
  | { readonly do: "recordSweep"; readonly shop: number; readonly owner: number; readonly payment: number };

/**
 * Four payments, two in each of two shops, with the same references, transactions and entities in both; the shops
 * differ in their space only. Leases are kept when they are lost, and tried again.
 */
export const paymentCount = 4;

const payment = fc.nat(paymentCount - 1);
const some = fc.nat(9);
const sort = fc.nat(3);
const key: fc.Arbitrary<number | null> = fc.option(sort);
const held: fc.Arbitrary<number[] | null> = fc.option(fc.subarray([0, 1, 2, 3]));
const soon: fc.Arbitrary<number | null> = fc.option(fc.constantFrom(0, 0.5, 60));
const later: fc.Arbitrary<number | null> = fc.option(fc.constantFrom(0, 30));
const hint: fc.Arbitrary<PlannedHint> = fc.record({
  payment,
  kind: sort,
  second: fc.boolean(),
  transaction: fc.boolean(),
  read: fc.boolean(),
});

const arbitraryPlan: fc.Arbitrary<Plan> = fc.oneof(
  fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(0.2, 1, 5, 61) }),
  fc.record({ do: fc.constantFrom("open" as const, "lease" as const), payment }),
  fc.record({
    do: fc.constant("claim" as const),
    total: fc.integer({ min: 1, max: 4 }),
    perShop: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ do: fc.constant("release" as const), lease: some }),
  fc.record({ do: fc.constant("enter" as const), lease: some, show: fc.boolean() }),
  fc.record({ do: fc.constant("saveAttempt" as const), lease: some, second: fc.boolean(), named: fc.boolean() }),
  fc.record({
    do: fc.constant("addCommand" as const),
    payment,
    id: some,
    kind: sort,
    key,
    held,
    big: fc.boolean(),
  }),
  fc.record({ do: fc.constant("saveCommand" as const), lease: some, which: sort, known: fc.boolean() }),
  fc.record({ do: fc.constant("abandon" as const), payment }),
  fc.record({ do: fc.constant("schedule" as const), lease: some, after: fc.constantFrom(-1, 0, 30) }),
  fc.record({ do: fc.constant("addHints" as const), hints: fc.array(hint, { maxLength: 3 }) }),
  fc.record({ do: fc.constant("claimStrangers" as const), most: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant("dropStrangers" as const), claim: some, all: fc.boolean() }),
  fc.record({
    do: fc.constant("recordTruth" as const),
    lease: some,
    isNew: fc.boolean(),
    entities: fc.subarray([0, 1, 2, 3]),
    owes: fc.boolean(),
    seen: fc.boolean(),
    after: soon,
    findings: fc.subarray(["chargeback", "testMoney"] as const),
  }),
  fc.record({
    do: fc.constant("recordShown" as const),
    lease: some,
    behind: fc.nat(1),
    after: later,
    findings: fc.subarray(["orderGone", "orphan"] as const),
  }),
  fc.record({
    do: fc.constant("recordFault" as const),
    lease: some,
    look: fc.boolean(),
    findings: fc.subarray(["repeatedFault", "orphan"] as const),
  }),
  fc.record({ do: fc.constant("claimSweep" as const), shop: fc.nat(1) }),
  fc.record({ do: fc.constant("recordSweep" as const), shop: fc.nat(1), owner: some, payment }),
);

/** Something happens to each payment's attempt first, so that hints find their way from the first call on. */
const begins = times(paymentCount, (number) => [
  fc.constant<Plan>({ do: "open", payment: number }),
  fc.constant<Plan>({ do: "lease", payment: number }),
  fc.record({
    do: fc.constant("saveAttempt" as const),
    lease: fc.constant(0),
    second: fc.boolean(),
    named: fc.boolean(),
  }),
]).flat();

export const arbitraryPlans: fc.Arbitrary<readonly Plan[]> = fc
  .tuple(fc.tuple(...begins), fc.array(arbitraryPlan, { minLength: 10, maxLength: 60 }))
  .map(([first, others]) => [...first, ...others]);

function times<One>(count: number, make: (number: number) => One): readonly One[] {
  return Array.from({ length: count }, (_, number) => make(number));
}
