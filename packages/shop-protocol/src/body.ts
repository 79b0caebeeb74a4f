import { PaymentError, readBody as readBytes } from "@checkout-plugins/core";

/**
 * Reads a body as raw bytes, at most `limit` of them; stops reading at the first byte too many.
 *
 * @throws PaymentError `badRequest` when the body is longer.
 */
export async function readBody(message: Request | Response, limit: number): Promise<Uint8Array> {
  const bytes = await readBytes(message, limit);
  if (bytes !== null) return bytes;
  throw new PaymentError("badRequest", `The body is longer than ${limit} bytes; send less.`);
}

/** @throws PaymentError `badRequest` when the bytes are not UTF-8 JSON. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new PaymentError("badRequest", "The body is not JSON in UTF-8; send one JSON object.", { cause });
  }
}
