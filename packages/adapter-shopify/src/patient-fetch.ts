import { readBody } from "@checkout-plugins/core";
import type { ShopifyParts } from "./shopify-parts.ts";

const longestAnswer = 1024 * 1024;

type PatientRequest = Pick<RequestInit, "method" | "headers" | "body" | "signal">;

/**
 * The platform's `fetch` for answers of Shopify: whole, within `patience`, of at most one mebibyte, and from nowhere else.
 * What is otherwise throws.
 */
export function createPatientFetch({
  fetch,
  patience = 20,
}: Pick<ShopifyParts, "fetch" | "patience">): (url: string, request?: PatientRequest) => Promise<Response> {
  return async (url, { signal, ...request } = {}) => {
    const ending = AbortSignal.timeout(patience * 1000);
    const ends = signal ? AbortSignal.any([signal, ending]) : ending;
    const answer = await fetch(url, { ...request, redirect: "error", signal: ends });
    const bytes = await readBody(answer, longestAnswer);
    if (bytes === null) throw new RangeError(`Shopify's answer has more than ${longestAnswer} bytes.`);
    const { status, statusText, headers } = answer;
    return new Response(bytes.length === 0 ? null : Buffer.from(bytes), { status, statusText, headers });
  };
}
