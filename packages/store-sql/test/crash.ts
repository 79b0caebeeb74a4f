import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { PaymentId } from "@checkout-plugins/core";
import { createSqlStore, type SqlStore, type SqlStoreSettings } from "../src/index.ts";
import { silentLogger as logger } from "./silent-logger.ts";
import { anAttempt, later, now, shop, toReference } from "./values.ts";

type Place = SqlStoreSettings["database"];

export interface CrashOutcome {
  readonly acknowledged: number;
  readonly lost: readonly number[];
  readonly stored: number;
  /** Different ones of those that are stored. */
  readonly different: number;
}

const id = "payment-1" as PaymentId;
const writer = fileURLToPath(new URL("hint-writer.ts", import.meta.url));

/**
 * Kills a writer of hints several times, in turn by its own hand right after an acknowledgement and by ours at any
 * moment, and compares what it acknowledged with what is stored.
 */
export async function crash(place: Place, kills: number, mode: "true" | "early"): Promise<CrashOutcome> {
  await withStore(place, async (store) => {
    await store.open(id, shop, toReference(1), null, now);
    const lease = await store.lease(id, "setup", now, later(60));
    if (lease === null || !(await store.saveAttempt(lease, anAttempt(1)))) throw new Error("The payment is held");
    await store.release(lease);
  });
  const acknowledged: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const isOwn = kill % 2 === 0;
    const after = 37 + 13 * kill;
    acknowledged.push(...(await runWriter(place, 1 + kill * 1_000_000, isOwn ? after : 0, isOwn ? 0 : after, mode)));
  }
  const stored = await withStore(
    place,
    async (store) => (await store.lease(id, "reader", now, later(60)))?.hints ?? [],
  );
  const numbers = new Set(stored.map(({ state }) => Number(state)));
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((number) => !numbers.has(number)),
    stored: stored.length,
    different: numbers.size,
  };
}

/** Answers what it acknowledged until it died. */
function runWriter(
  place: Place,
  first: number,
  killsItselfAfter: number,
  killAfter: number,
  mode: string,
): Promise<readonly number[]> {
  const given = [JSON.stringify(place), String(first), String(killsItselfAfter), mode];
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", writer, ...given], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const numbers: number[] = [];
  const complaints: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    numbers.push(Number(line));
    if (numbers.length === killAfter) child.kill("SIGKILL");
  });
  child.stderr.on("data", (data) => complaints.push(String(data)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (signal === "SIGKILL") resolve(numbers);
      else reject(new Error(`The writer ended by itself with ${code ?? signal}: ${complaints.join("")}`));
    });
  });
}

async function withStore<Result>(place: Place, work: (store: SqlStore) => Promise<Result>): Promise<Result> {
  const store = await createSqlStore({ database: place, logger });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
