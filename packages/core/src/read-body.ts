/** The message's raw bytes, or null when there are more than `limit`; no more than that is ever held in memory. */
export async function readBody(message: Request | Response, limit: number): Promise<Uint8Array | null> {
  if (Number(message.headers.get("content-length") ?? 0) > limit) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of message.body ?? []) {
    length += part.byteLength;
    if (length > limit) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
