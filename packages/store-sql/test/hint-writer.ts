/**
 * A program that brings hints as fast as it can and prints the number of each one when it is acknowledged. Started by
 * the crash test with: where, the first number, after how many acknowledgements it kills itself (0: never), and `early`
 * to acknowledge before the commit, as no store may.
 */
import { writeSync } from "node:fs";
import { createSqlStore, type SqlStoreSettings } from "../src/index.ts";
import { silentLogger as logger } from "./silent-logger.ts";
import { aHint, now } from "./values.ts";

const [place = "", first = "1", killAfter = "0", mode = ""] = process.argv.slice(2);
const database = JSON.parse(place) as SqlStoreSettings["database"];
const store = await createSqlStore({ database, logger });
let acknowledged = 0;

function acknowledge(number: number): void {
  writeSync(1, `${number}\n`);
  acknowledged += 1;
  if (acknowledged === Number(killAfter)) process.kill(process.pid, "SIGKILL");
}

async function bring(number: number): Promise<void> {
  const stored = store.addHints([aHint(number)], now);
  if (mode !== "early") await stored;
  acknowledge(number);
  await stored;
}

for (let number = Number(first); ; number += 20) {
  await Promise.all(Array.from({ length: 20 }, (_, index) => bring(number + index)));
}
