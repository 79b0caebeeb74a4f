import type { CommandKind, Core, Done, Logger, Peer } from "@checkout-plugins/core";
import { readBody } from "@checkout-plugins/shop-protocol";
import type { Once } from "./once.ts";
import type { HostedShop } from "./shops.ts";

/** Bytes; an order of a thousand lines is about 300,000. */
export const bodyLimit: number = 512 * 1024;

/** They change nothing, so they may be run again. */
const reads: readonly CommandKind[] = [
  "methods",
  "document",
  "stored",
  "return",
  "terminals",
  "terminalReceipts",
  "finalBalances",
  "finalBalanceSlip",
];

export interface CommandsRouteParts {
  readonly core: Core;
  readonly once: Once;
  readonly logger: Logger;
  /** This gateway is about to end: who waits for a buyer at a terminal is answered now. */
  readonly leaving: AbortSignal;
}

/**
 * Verify, run, answer. A command that carries a `webhook-id` runs once: a repeat gets the first answer.
 *
 * The answer throws PaymentError where there is no result.
 */
export function createCommandsRoute({
  core,
  once,
  logger,
  leaving,
}: CommandsRouteParts): (shop: HostedShop, request: Request, peer: Peer) => Promise<Response> {
  return async (shop, request, peer) => {
    const body = await readBody(request, bodyLimit);
    const { url, method, headers } = request;
    const hasBody = method !== "GET" && method !== "HEAD";
    const raw = new Request(url, { method, headers, ...(hasBody && { body: Buffer.from(body) }) });
    const command = await shop.adapter.readCommand(raw, peer);
    const run = async (): Promise<Response> => {
      const result = await core.runCommand(shop.id, command, command.kind === "terminal" ? leaving : undefined);
      const payment = result.payment?.id;
      logger.info("command", { shop: shop.id, kind: command.kind, state: result.kind, payment });
      return shop.adapter.writeResult({ kind: command.kind, command, result } as Done);
    };
    const id = headers.get("webhook-id");
    return id === null ? run() : once.run({ shop: shop.id, id, body, reads: reads.includes(command.kind) }, run);
  };
}
