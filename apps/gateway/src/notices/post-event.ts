import { signMessage } from "@checkout-plugins/shop-protocol";
import type { Contact } from "./contact.ts";

export interface PostEventParts {
  /** One that is safe with addresses that somebody entered. */
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Resolves when the receiver took it (2xx). @throws Error that says what came instead. */
export type PostEvent = (to: NonNullable<Contact["webhook"]>, id: string, event: unknown) => Promise<void>;

const timeout = 15_000;

/** Posts an event, signed by Standard Webhooks. A repeat has the same `webhook-id`, by which the receiver knows it. */
export function createPostEvent({ fetch, now }: PostEventParts): PostEvent {
  return async ({ url, secrets }, id, event) => {
    const body = JSON.stringify(event);
    const response = await fetch(url, {
      method: "POST",
      headers: { ...signMessage({ id, now: now(), body, secrets }), "content-type": "application/json" },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    await response.body?.cancel();
    if (!response.ok)
      throw new Error(`It answered ${response.status}.${response.status < 400 ? " No redirect is followed." : ""}`);
  };
}
