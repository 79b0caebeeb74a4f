/** A webhook as core takes it: its signature over the bytes that were sent. */
export function toWebhookRequest(signature: unknown, body: Buffer | ReadableStream): Request {
  return new Request("http://medusa.invalid", {
    method: "POST",
    headers: typeof signature === "string" ? { "x-signature": signature } : {},
    body,
    duplex: "half",
  } as RequestInit);
}
