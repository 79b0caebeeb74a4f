import type {
  CommandKind,
  CommandResult,
  Commands,
  Core,
  CoreParts,
  PaymentReference,
  PaymentRow,
  ShopId,
} from "./contract/index.ts";
import { PaymentError } from "./errors.ts";
import { receiveWebhook } from "./receive-webhook.ts";
import { runCommand } from "./run-command.ts";
import { answersFromRecord, lookForPlatform, settle, settleDue, showNow } from "./settle.ts";
import { startPayment } from "./start.ts";
import { findStrangers, sweep } from "./sweep.ts";

/** Payment sessions, webhooks, settle and commands over a store, shops and a clock that are given. */
export function createCore(parts: CoreParts): Core {
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
    sweep: (space, signal) => sweep(parts, space, signal),
    settleDue: async (limit, signal) => {
      const found = await findStrangers(parts, signal);
      return found + (await settleDue(parts, limit, signal));
    },
  };
}
