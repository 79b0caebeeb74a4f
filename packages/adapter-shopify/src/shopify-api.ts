import { PaymentError, readBody, type Seconds } from "@checkout-plugins/core";
import { z } from "zod";
import type { ApiVersion } from "./api-version.ts";
import { type ShopifyParts, toOrigin } from "./shopify-parts.ts";
import type { Tokens } from "./shopify-token.ts";

export interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  /** Some mutations have none. */
  readonly code: string | null;
}

/** What a mutation came to. */
export type Outcome<T> =
  | { readonly kind: "done"; readonly data: T }
  | { readonly kind: "refused"; readonly errors: readonly UserError[] }
  /** No answer, too many requests, or something that is not GraphQL: to be tried again. */
  | { readonly kind: "unavailable"; readonly why: string; readonly retryAfter: Seconds | null };

/** A document of one root field, and what of its answer is read. */
export interface Operation<T> {
  readonly surface: "payments_apps" | "admin";
  readonly field: string;
  readonly document: string;
  readonly schema: z.ZodType<T>;
}

export interface ShopifyApi {
  /** @throws PaymentError that a person must mend: credentials, scopes, a shop that is closed. */
  run<T>(
    operation: Operation<T>,
    variables: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<Outcome<T>>;
}

export interface ApiSettings {
  readonly shop: string;
  readonly apiVersion: ApiVersion;
  readonly tokens: Tokens;
}

const longestAnswer = 1024 * 1024;
const throttled = new Set(["THROTTLED", "INTERNAL_SERVER_ERROR", "TIMEOUT"]);

const errorsSchema = z.object({
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).nullish() })),
});
const userErrorsSchema: z.ZodType<readonly UserError[]> = z.array(
  z.object({
    field: z
      .array(z.string())
      .nullish()
      .transform((field) => field ?? null),
    message: z.string(),
    code: z
      .string()
      .nullish()
      .transform((code) => code ?? null),
  }),
);

/** Shopify's GraphQL, for one shop: a token that is renewed, one retry with a new one, and answers in three kinds. */
export function createShopifyApi(parts: ShopifyParts, { shop, apiVersion, tokens }: ApiSettings): ShopifyApi {
  const post = async (surface: string, body: string, token: string, signal: AbortSignal): Promise<Response> => {
    const prefix = surface === "admin" ? "admin" : "payments_apps";
    const ending = AbortSignal.timeout((parts.patience ?? 20) * 1000);
    return parts.fetch(`${toOrigin(parts, shop)}/${prefix}/api/${apiVersion}/graphql.json`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json", "x-shopify-access-token": token },
      body,
      redirect: "error",
      signal: AbortSignal.any([signal, ending]),
    });
  };
  const ask = async (surface: string, body: string, signal: AbortSignal): Promise<Response> => {
    const token = await tokens.get(signal);
    const response = await post(surface, body, token, signal);
    if (response.status !== 401) return response;
    await response.body?.cancel();
    return post(surface, body, await tokens.get(signal, token), signal);
  };
  return {
    async run({ surface, field, document, schema }, variables, signal) {
      try {
        const response = await ask(surface, JSON.stringify({ query: document, variables }), signal);
        const bytes = await readBody(response, longestAnswer);
        if (response.status >= 500 || response.status === 429) return toUnavailable(response);
        if (!response.ok) throw refused(shop, response.status);
        return read(shop, field, schema, toJson(bytes));
      } catch (error) {
        if (signal.aborted || (error instanceof PaymentError && error.code !== "shopUnavailable")) throw error;
        return { kind: "unavailable", why: error instanceof Error ? error.message : String(error), retryAfter: null };
      }
    },
  };
}

function toUnavailable(response: Response): Outcome<never> {
  const wait = response.headers.get("retry-after");
  const retryAfter = wait !== null && /^[0-9]{1,5}(\.[0-9]+)?$/.test(wait) ? Math.ceil(Number(wait)) : null;
  return { kind: "unavailable", why: `Shopify answered ${response.status}.`, retryAfter };
}

function refused(shop: string, status: number): PaymentError {
  const what: Readonly<Record<number, string>> = {
    401: "Shopify refuses our token. Install the app again in this shop.",
    402: "The shop is frozen: its owner must settle his account with Shopify.",
    403: "The app may not do this, or the shop is closed. Check the app's scopes, and install it again.",
    404: "Shopify does not know this shop, or no longer this version of its API. Check the shop's domain and apiVersion.",
    423: "Shopify has locked this shop.",
  };
  return new PaymentError("credentials", `${shop}: ${what[status] ?? `Shopify answered ${status}.`}`);
}

function toJson(bytes: Uint8Array | null): unknown {
  try {
    return bytes === null ? null : JSON.parse(Buffer.from(bytes).toString("utf8"));
  } catch {
    return null;
  }
}

function read<T>(shop: string, field: string, schema: z.ZodType<T>, body: unknown): Outcome<T> {
  const failed = errorsSchema.safeParse(body);
  if (failed.success) {
    const [first] = failed.data.errors;
    const why = failed.data.errors.map(({ message }) => message).join("; ");
    if (throttled.has(first?.extensions?.code ?? "")) return { kind: "unavailable", why, retryAfter: null };
    throw new PaymentError("permission", `${shop}: Shopify refuses ${field}: ${why} Check the app's scopes.`);
  }
  const payload = z.object({ data: z.record(z.string(), z.unknown()) }).safeParse(body);
  const answer = payload.success ? payload.data.data[field] : undefined;
  const errors = z.object({ userErrors: userErrorsSchema }).safeParse(answer);
  if (errors.success && errors.data.userErrors.length > 0) return { kind: "refused", errors: errors.data.userErrors };
  const data = schema.safeParse(answer);
  if (data.success) return { kind: "done", data: data.data };
  return { kind: "unavailable", why: `Shopify answered something that is no answer to ${field}.`, retryAfter: null };
}
