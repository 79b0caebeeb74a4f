import { describe, it } from "vitest";
import type { AdapterCase, CaseGroup } from "./adapter-case.ts";
import { type AdapterBench, createAdapterBench } from "./bench.ts";
import { authenticationCases } from "./cases/authentication.ts";
import { catchUpCases } from "./cases/catch-up.ts";
import { commandCases } from "./cases/commands.ts";
import { failureCases } from "./cases/failure.ts";
import { findingCases } from "./cases/findings.ts";
import { moneyCases } from "./cases/money.ts";
import { orderCases } from "./cases/order.ts";
import { showingCases } from "./cases/showing.ts";
import { terminalCases } from "./cases/terminal.ts";
import type { Deviation, ShopAdapterUnderTest } from "./harness.ts";

const groups: readonly CaseGroup[] = [
  ["order", orderCases],
  ["money", moneyCases],
  ["showing", showingCases],
  ["commands", commandCases],
  ["catch-up", catchUpCases],
  ["authentication", authenticationCases],
  ["failure", failureCases],
  ["findings", findingCases],
  ["terminal", terminalCases],
];

/** The cases by their names, as deviations name them. */
export const adapterCases: ReadonlyMap<string, AdapterCase> = new Map(
  groups.flatMap(([group, cases]) => cases.map((one) => [`${group}: ${one.name}`, one] as const)),
);

/** Names among the deviations that are no case's: a case that was renamed must not deviate in silence. */
export function unknownDeviations(deviations: Readonly<Record<string, Deviation>>): readonly string[] {
  return Object.keys(deviations).filter((one) => !adapterCases.has(one));
}

/**
 * Runs one case against a fresh shop. Answers why it does not apply, or null when it passed.
 *
 * @throws what the case found to be wrong.
 */
export function runAdapterCase(one: AdapterCase, under: ShopAdapterUnderTest): Promise<string | null> {
  return withBench(under, async (bench) => {
    const reason = whyNone(one, bench);
    if (reason === null) await one.run(bench);
    return reason;
  });
}

/** Runs a case from which an adapter deviates. Answers why there is nothing to deviate from, or null when it failed. */
export function whyNoDeviation(one: AdapterCase, under: ShopAdapterUnderTest): Promise<string | null> {
  return withBench(under, async (bench) => {
    const passed = () => "the case passes";
    return whyNone(one, bench) ?? one.run(bench).then(passed, () => null);
  });
}

function whyNone({ hosted, needs }: AdapterCase, { harness, adapter }: AdapterBench): string | null {
  const isHosted = "readCommand" in harness.adapter;
  if (hosted === true && !isHosted) return "the adapter lives in the shop's own server: nobody calls it";
  if (needs?.(adapter.capabilities) === false) return "the capabilities say that this shop cannot do it";
  return null;
}

/**
 * What every shop adapter must pass: each case is a promise, proved against the shop itself, in a fresh shop, with core,
 * a clock that stands and the simulator of PostFinance Checkout around it.
 */
export function testShopAdapter(name: string, under: ShopAdapterUnderTest): void {
  const { deviations = {} } = under;
  describe(name, () => {
    for (const [group, cases] of groups) {
      describe(group, () => {
        for (const one of cases) testCase(`${group}: ${one.name}`, one, under);
      });
    }
    for (const unknown of unknownDeviations(deviations)) {
      it(`deviates from "${unknown}"`, () => {
        throw new Error(`There is no case of this name. The cases are:\n${[...adapterCases.keys()].join("\n")}`);
      });
    }
  });
}

function testCase(name: string, one: AdapterCase, under: ShopAdapterUnderTest): void {
  const deviation = under.deviations?.[name];
  if (deviation === undefined) {
    it(name, async ({ skip }) => {
      const reason = await runAdapterCase(one, under);
      if (reason !== null) skip(reason);
    });
    return;
  }
  it(name, async ({ skip }) => {
    const outdated = await whyNoDeviation(one, under);
    if (outdated !== null) throw new Error(`Take this deviation out, ${outdated}: ${deviation.reason}`);
    skip(deviation.reason);
  });
  it(`${name}; instead: ${deviation.reason}`, () => withBench(under, deviation.test));
}

async function withBench<T>(under: ShopAdapterUnderTest, run: (bench: AdapterBench) => Promise<T>): Promise<T> {
  const bench = await createAdapterBench(under);
  try {
    return await run(bench);
  } finally {
    await bench.close();
  }
}
