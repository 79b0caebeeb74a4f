import { expect } from "vitest";
import { liveHistory } from "./history.ts";

/** What must have happened in some of many histories, or they show little; at least so often in a thousand. */
const happenings: Readonly<Record<string, { readonly event: RegExp; readonly least: number }>> = {
  paid: { event: /^shop shows .* paid$/, least: 200 },
  authorized: { event: /^shop shows .* authorized$/, least: 100 },
  declined: { event: /^shop shows .* declined$/, least: 50 },
  voided: { event: /^shop shows .* voided$/, least: 50 },
  held: { event: /^shop shows .* held$/, least: 20 },
  killed: { event: /is killed$/, least: 500 },
  "another space": { event: /changes the space/, least: 5 },
  "a late request": { event: /^a request arrives late$/, least: 20 },
  "an unknown outcome": { event: /is told pending$/, least: 200 },
  "a lost lease": { event: /went to somebody else/, least: 5 },
  "a cut creation": { event: /^create was cut/, least: 10 },
  "another cart": { event: /start order-\d over (1000|5000)/, least: 200 },
  "a chargeback": { event: /^back office: chargeback/, least: 20 },
  "a refund elsewhere": { event: /^back office: refund/, least: 20 },
  "a void elsewhere": { event: /^back office: void/, least: 5 },
  "a completion elsewhere": { event: /^back office: complete/, least: 5 },
};

/**
 * Lives the histories of these seeds. The first that breaks the promise is told as a whole; `liveHistory` with its seed
 * lives it again.
 */
export async function testHistories(from: number, count: number): Promise<void> {
  const counts = new Map<string, number>();
  for (let seed = from; seed < from + count; seed += 1) {
    const { wrong, events } = await liveHistory(seed);
    if (wrong.length > 0) expect.fail(`history ${seed}: ${wrong.join("; ")}\n${events.join("\n")}`);
    for (const [name, { event }] of Object.entries(happenings)) {
      if (events.some((one) => event.test(one))) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  for (const [name, { least }] of Object.entries(happenings)) {
    expect(counts.get(name) ?? 0, `histories with ${name}, of ${count}`).toBeGreaterThanOrEqual((least * count) / 1000);
  }
}
