import { createHash, timingSafeEqual } from "node:crypto";
import type { Peer } from "@checkout-plugins/core";
import { isLocal } from "./console/access.ts";
import type { MetricSources, Metrics } from "./metrics.ts";

export interface MetricsParts {
  readonly metrics: Metrics;
  /** null: only a program on this machine may read them. */
  readonly token: string | null;
}

/** Answers Prometheus, and nobody else: numbers tell how a business goes. */
export async function answerMetrics(
  { metrics, token }: MetricsParts,
  sources: MetricSources,
  request: Request,
  peer: Peer,
): Promise<Response> {
  if (!mayRead(token, request, peer)) {
    return new Response("Set METRICS_TOKEN, and send it as: Authorization: Bearer <token>\n", {
      status: 401,
      headers: { "www-authenticate": "Bearer" },
    });
  }
  const { type, text } = await metrics.render(sources);
  return new Response(text, { headers: { "content-type": type, "cache-control": "no-store" } });
}

function mayRead(token: string | null, request: Request, peer: Peer): boolean {
  if (token === null) return isLocal(request, peer);
  const given = request.headers.get("authorization")?.replace(/^Bearer /, "") ?? "";
  return timingSafeEqual(toDigest(given), toDigest(token));
}

/** Of one length whatever was sent, so that the time of a comparison tells nothing. */
function toDigest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
