import type { Core, Done, Peer } from "@checkout-plugins/core";
import { readBody } from "@checkout-plugins/shop-protocol";
import type { Once } from "./once.ts";
import type { HostedShop } from "./shops.ts";

/** Bytes; an order of a thousand lines is about 300,000. */
const bodyLimit = 512 * 1024;

/**
 * Verify, run, answer. A command that carries a `webhook-id` runs once: a repeat gets the first answer.
 *
 * @throws PaymentError
 */
export async function answerCommand(
  core: Core,
  once: Once,
  shop: HostedShop,
  request: Request,
  peer: Peer,
): Promise<Response> {
  const body = await readBody(request, bodyLimit);
  const { url, method, headers } = request;
  const command = await shop.adapter.readCommand(new Request(url, { method, headers, body: Buffer.from(body) }), peer);
  const run = async (): Promise<Response> => {
    const result = await core.runCommand(shop.id, command);
    return shop.adapter.writeResult({ kind: command.kind, command, result } as Done);
  };
  const id = headers.get("webhook-id");
  return id === null ? run() : once.run(`${shop.id} ${id}`, body, run);
}
