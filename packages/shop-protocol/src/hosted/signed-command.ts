import { PaymentError, type ShopCommand, type ShopId } from "@checkout-plugins/core";
import { parseJson, readBody } from "../body.ts";
import { verifyMessage } from "../signature.ts";
import { parseCommand } from "../wire/command.ts";

/** Bytes; an order of a thousand lines is about 300,000. */
const maxCommand = 512 * 1024;

/** The shop of `/shops/{shop}/…`. Nothing of the request is trusted yet. */
export function toShopId(request: Request): ShopId | undefined {
  const name = /^\/shops\/([A-Za-z0-9_-]{1,100})\//.exec(new URL(request.url).pathname)?.[1];
  return name as ShopId | undefined;
}

/**
 * Verifies the raw bytes, then parses.
 *
 * @throws PaymentError `badSignature` or `badRequest`, each with what to do.
 */
export async function readSignedCommand(
  request: Request,
  secrets: readonly string[],
  now: number,
): Promise<ShopCommand> {
  const body = await readBody(request, maxCommand);
  const verification = verifyMessage({ headers: request.headers, body, secrets, now });
  if (!verification.verified) throw new PaymentError("badSignature", verification.message);
  return parseCommand(parseJson(body));
}
