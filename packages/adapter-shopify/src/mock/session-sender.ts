import { retryWaits } from "../retry-schedule.ts";
import type { MockSession } from "./mock-state.ts";

export interface SenderParts {
  readonly shop: string;
  readonly apiVersion: string;
  readonly now: () => number;
  readonly createId: () => string;
  readonly gatewayUrl: () => string;
  /** To the gateway, with Shopify's client certificate. */
  readonly send: typeof globalThis.fetch;
}

/** One request of this session as Shopify makes it. */
export function toSessionRequest(parts: SenderParts, { kind, body }: Pick<MockSession, "kind" | "body">): Request {
  return new Request(`${parts.gatewayUrl()}/platforms/shopify/${kind}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "shopify-shop-domain": parts.shop,
      "shopify-request-id": parts.createId(),
      "shopify-api-version": parts.apiVersion,
    },
    body: JSON.stringify(body),
  });
}

/** Sends a session once; what is not taken is sent again by the schedule, a payment's only while its buyer waits. */
export async function sendSession(parts: SenderParts, session: MockSession): Promise<Response | null> {
  session.sends += 1;
  const answer = await parts.send(toSessionRequest(parts, session)).catch(() => null);
  if (answer?.ok === true) {
    session.isTaken = true;
    session.sendAt = null;
    if (session.kind === "payment") session.redirectUrl = await readRedirect(answer.clone());
    return answer;
  }
  if (session.isTaken) return answer;
  const wait = retryWaits[session.sends - 1];
  session.sendAt = wait === undefined ? null : parts.now() + wait * 1000;
  if (wait === undefined && session.state === "open") {
    session.state = "rejected";
    session.reason = { code: "PROCESSING_ERROR", message: "The app did not take it." };
  }
  return answer;
}

async function readRedirect(answer: Response): Promise<string | null> {
  const { redirect_url } = (await answer.json()) as { readonly redirect_url?: string };
  return redirect_url ?? null;
}
