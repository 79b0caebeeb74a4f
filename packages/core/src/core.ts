import { toBackground } from "./background.ts";
import type {
  CommandKind,
  CommandResult,
  Commands,
  Core,
  CoreParts,
  PaymentId,
  PaymentReference,
  PaymentRow,
  ShopId,
} from "./contract/index.ts";
import { PaymentError } from "./errors.ts";
import { receiveWebhook } from "./receive-webhook.ts";
import { runCommand } from "./run-command.ts";
import { answersFromRecord, beginDue, lookForPlatform, settle, showNow } from "./settle.ts";
import { createShopLines } from "./shop-lines.ts";
import { startPayment } from "./start.ts";
import { claimStrangers, findStrangers, readStrangers, sweep } from "./sweep.ts";
import type { Waiting } from "./terminal-parts.ts";

/** Payment sessions, webhooks, settle and commands over a store, shops and a clock that are given. */
export function createCore(given: CoreParts): Core {
  const parts = {
    ...given,
    lines: createShopLines(given.clock, given.random),
    terminals: new Map<PaymentId, Waiting>(),
  };
  const background = { ...parts, shops: toBackground(parts.shops) };
  let finding: Promise<void> | null = null;
  const find = async (shop: ShopId, reference: PaymentReference): Promise<PaymentRow> => {
    const row = await parts.store.read(shop, reference);
    if (row !== null) return row;
    throw new PaymentError("unknownPayment", `There is no payment "${reference}" in shop "${shop}".`);
  };
  return {
    startPayment: (shop, command, signal) => startPayment(parts, shop, command, signal),
    runCommand: <K extends CommandKind>(
      shop: ShopId,
      command: Commands[K] & { readonly kind: K },
      signal?: AbortSignal,
    ) => runCommand(parts, shop, command, signal) as Promise<CommandResult<K>>,
    receiveWebhook: (shop, request) => receiveWebhook(parts, shop, request),
    recall: async (shop, reference) => (await parts.store.read(shop, reference))?.payment ?? null,
    look: async (shop, reference, signal) => {
      const row = await find(shop, reference);
      return answersFromRecord(row, parts.clock.now()) ? row.payment : lookForPlatform(parts, row, signal);
    },
    show: async (shop, reference, signal) => showNow(parts, (await find(shop, reference)).id, signal),
    settle: (id, signal) => settle(parts, id, signal),
    sweep: (space, signal, when) => sweep(background, space, signal, when),
    async settleDue(limit, signal) {
      const found = await findStrangers(background, signal);
      const begun = await beginDue(background, limit, signal);
      await Promise.all(begun);
      return found + begun.length;
    },
    async beginDue(limit, signal) {
      const strangers = finding === null ? await claimStrangers(background) : null;
      const begun = await beginDue(background, limit, signal);
      if (strangers === null || strangers.hints.length === 0) return begun;
      finding = readStrangers(background, strangers, signal).finally(() => {
        finding = null;
        parts.wake?.(); // their payments are due now, and there may be more of them
      });
      return [...begun, finding];
    },
  };
}
