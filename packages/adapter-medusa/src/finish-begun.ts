import { type Payment, type PaymentReference, sum } from "@checkout-plugins/core";
import { completeFor, refundFor } from "./medusa-commands.ts";
import { toCoreMoney } from "./medusa-money.ts";
import type { BegunRow } from "./medusa-shop.ts";
import type { Runtime } from "./runtime.ts";

/** At the start rows so old are looked through, and then only those since. Milliseconds. */
const lookback = 30 * 86_400_000;
/** What Medusa has just written it is still asking for. Milliseconds. */
const patience = 120_000;

type Parts = Pick<Runtime, "core" | "shop" | "logger" | "find"> & {
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/**
 * Medusa writes a capture or refund and then asks its provider. A process that dies between the two leaves a row that
 * says that the buyer has his money back, and nobody was told to give it. Such rows are finished, by their own key, so
 * that one which was asked for after all is not asked for twice.
 */
export function createFinisher(parts: Parts): { finish(): Promise<void> } {
  const { shop, find, now } = parts;
  let since = now() - lookback;
  return {
    async finish() {
      const until = now() - patience;
      if (until <= since) return;
      const rows = await shop.listBegun(new Date(since), new Date(until));
      for (const row of rows) if (find(row.providerId) !== undefined) await finishOne(parts, row);
      since = until;
    },
  };
}

async function finishOne(parts: Parts, row: BegunRow): Promise<void> {
  const { core, shop, logger, find } = parts;
  const provider = find(row.providerId);
  const payment = provider && (await core.recall(provider.id, row.sessionId as PaymentReference));
  if (!provider || !payment || payment.operations.some(({ shopKeys }) => shopKeys.some((key) => key === row.id)))
    return;
  if (row.kind === "capture" && (await isTaken(shop, row, payment))) return;
  const input = { data: { session_id: row.sessionId }, amount: row.amount, context: { idempotency_key: row.id } };
  const command =
    row.kind === "refund" ? await refundFor({ shop }, input) : await completeFor({ core, shop }, provider.id, input);
  if (command === null) return;
  logger.warn("finishing what Medusa began", { kind: row.kind, row: row.id });
  const result = await core.runCommand(provider.id, command);
  if (result.kind !== "failed") return;
  // As Medusa does with a row that its provider refuses.
  await (row.kind === "refund" ? shop.payments.deleteRefunds([row.id]) : shop.payments.deleteCaptures([row.id]));
}

/** Captures that came with the money name no operation of ours. */
async function isTaken(shop: Parts["shop"], { sessionId }: BegunRow, { completed }: Payment): Promise<boolean> {
  const session = await shop.readSession(sessionId);
  const captures = session?.payment?.captures ?? [];
  const amounts = captures.map(({ amount }) => toCoreMoney(amount, completed.currency));
  return completed.minor >= sum(amounts, completed.currency).minor;
}
