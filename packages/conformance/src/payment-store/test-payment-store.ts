import { describe } from "vitest";
import { testCommands } from "./commands.ts";
import { testConcurrency, testTwoProcesses } from "./concurrency.ts";
import { testDue } from "./due.ts";
import { testExactness, testReopening } from "./exactness.ts";
import { testHints } from "./hints.ts";
import { testLeases } from "./leases.ts";
import { testAgainstModel } from "./model.ts";
import { testNotices } from "./notices.ts";
import { testOpening } from "./opening.ts";
import { testShowing } from "./showing.ts";
import { createPairCase, createStoreCase, type OpenedStore, type StoreUnderTest } from "./store-bench.ts";
import { testStrangers } from "./strangers.ts";
import { testSweeps } from "./sweeps.ts";
import { testTruth } from "./truth.ts";
import { testUpkeep } from "./upkeep.ts";

/**
 * Everything a PaymentStore promises, as cases of vitest: call it once in a test file of the store. Random sequences of
 * operations are compared with core's memory store.
 */
export function testPaymentStore<Opened extends OpenedStore>(name: string, under: StoreUnderTest<Opened>): void {
  const storeCase = createStoreCase(under);
  const { reopen, another } = under;
  describe(`${name} as a payment store`, () => {
    testOpening(storeCase);
    testLeases(storeCase);
    testDue(storeCase);
    testHints(storeCase);
    testStrangers(storeCase);
    testCommands(storeCase);
    testTruth(storeCase);
    testUpkeep(storeCase);
    testShowing(storeCase);
    testNotices(storeCase);
    testSweeps(storeCase);
    testExactness(storeCase);
    testConcurrency(storeCase);
    if (reopen !== undefined) testReopening(under, (opened) => reopen(opened));
    if (another !== undefined) testTwoProcesses(createPairCase(under, (opened) => another(opened)));
    testAgainstModel(under);
  });
}
