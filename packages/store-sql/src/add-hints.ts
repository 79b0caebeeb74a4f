import type { Hint, Instant } from "@checkout-plugins/core";
import { transactionOfHint } from "@checkout-plugins/core/store";
import { type Engine, inTransaction, type TransactionKey } from "./engine.ts";
import { giveHints } from "./give-hints.ts";
import { matchHints } from "./match-hints.ts";
import type { Db } from "./schema.ts";
import { addStrangers, countStrangers, forgetStrangers } from "./strangers.ts";

export interface HintCall {
  readonly hints: readonly Hint[];
  readonly now: Instant;
}

export type HintAnswer = "stored" | "full";

/** Stores what several callers bring in one transaction; when a space is full, once more without what is too old. */
export async function addHints(
  engine: Engine,
  calls: readonly HintCall[],
  limit: number,
): Promise<readonly HintAnswer[]> {
  const answers = await inTransaction(engine, (db) => store(engine, db, calls, limit));
  const refused = calls.filter((_, index) => answers[index] === "full");
  const [first] = refused;
  if (first === undefined || (await forgetStrangers(engine, first.now)) === 0) return answers;
  const again = await inTransaction(engine, (db) => store(engine, db, refused, limit));
  return answers.map((answer, index) =>
    answer === "full" ? (again[refused.indexOf(calls[index] as HintCall)] ?? answer) : answer,
  );
}

async function store(
  engine: Engine,
  db: Db,
  calls: readonly HintCall[],
  limit: number,
): Promise<readonly HintAnswer[]> {
  const payments = await match(
    engine,
    db,
    calls.flatMap(({ hints }) => hints),
  );
  const strangersOf = ({ hints }: HintCall): readonly Hint[] => hints.filter((hint) => payments.get(hint) === null);
  const kept = new Map(
    await countStrangers(
      db,
      calls.flatMap(strangersOf).map(({ space }) => space),
    ),
  );
  const answers = calls.map((call): HintAnswer => admit(kept, strangersOf(call), limit));
  const stored = calls
    .filter((_, index) => answers[index] === "stored")
    .flatMap(({ hints, now }) => hints.map((hint) => ({ hint, now, payment: payments.get(hint) ?? null })));
  const given = stored.flatMap((one) => (one.payment === null ? [] : [{ ...one, payment: one.payment }]));
  if (given.length > 0) await giveHints(engine, db, given);
  const strange = stored.filter(({ payment }) => payment === null);
  if (strange.length > 0) await addStrangers(db, strange);
  return answers;
}

/** One whose payment is not found is looked for again when nobody can name its transaction at the same time. */
async function match(engine: Engine, db: Db, hints: readonly Hint[]): Promise<ReadonlyMap<Hint, string | null>> {
  const first = await matchHints(db, hints);
  if (!engine.isShared) return first;
  const unknown = hints.filter((hint) => first.get(hint) === null && transactionOfHint(hint) !== null);
  if (unknown.length === 0) return first;
  await engine.lockTransactions(db, unknown.flatMap(toKey));
  return new Map([...first, ...(await matchHints(db, unknown))]);
}

function toKey(hint: Hint): readonly TransactionKey[] {
  const transaction = transactionOfHint(hint);
  return transaction === null ? [] : [{ space: hint.space, transaction }];
}

/** All of a call's strangers or none, while each space has room for them; counts those that are let in. */
function admit(kept: Map<string, number>, strangers: readonly Hint[], limit: number): HintAnswer {
  const after = new Map(kept);
  for (const { space } of strangers) after.set(space, (after.get(space) ?? 0) + 1);
  if (strangers.some(({ space }) => (after.get(space) ?? 0) > limit)) return "full";
  for (const [space, count] of after) kept.set(space, count);
  return "stored";
}
