import { PaymentError, type Seconds } from "@checkout-plugins/core";
import { createGraphQLClient, type ResponseErrors } from "@shopify/graphql-client";
import { z } from "zod";
import type { ApiVersion } from "./api-version.ts";
import { createPatientFetch } from "./patient-fetch.ts";
import { type ShopifyParts, toOrigin } from "./shopify-parts.ts";
import type { Tokens } from "./shopify-token.ts";

/** What Shopify does not take, and why. */
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

/** Why it is not done, in a sentence of Shopify's. */
export function toWhy(outcome: Exclude<Outcome<unknown>, { readonly kind: "done" }>): string {
  return outcome.kind === "unavailable" ? outcome.why : outcome.errors.map(({ message }) => message).join(" ");
}

/** A document of one root field, and what of its answer is read. */
export interface Operation<T> {
  readonly surface: "payments_apps" | "admin";
  readonly field: string;
  readonly document: string;
  readonly schema: z.ZodType<T>;
}

type Variables = Readonly<Record<string, unknown>>;

export interface ShopifyApi {
  /** @throws PaymentError that a person must mend: credentials, scopes, a shop that is closed. */
  run<T>(operation: Operation<T>, variables: Variables, signal: AbortSignal): Promise<Outcome<T>>;
}

export interface ApiSettings {
  readonly shop: string;
  readonly apiVersion: ApiVersion;
  readonly tokens: Tokens;
}

const throttled = new Set(["THROTTLED", "INTERNAL_SERVER_ERROR", "TIMEOUT"]);

const errorsSchema = z.array(
  z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).nullish() }),
);
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
  const headers = { "content-type": "application/json", accept: "application/json" };
  const client = createGraphQLClient({ url: "", headers, customFetchApi: createPatientFetch(parts), retries: 0 });
  const ask = async ({ surface, document }: Operation<unknown>, variables: Variables, signal: AbortSignal) => {
    const url = `${toOrigin(parts, shop)}/${surface}/api/${apiVersion}/graphql.json`;
    const send = (token: string) =>
      client.request<unknown>(document, { url, variables, signal, headers: { "x-shopify-access-token": token } });
    const token = await tokens.get(signal);
    const answer = await send(token);
    return answer.errors?.networkStatusCode === 401 ? send(await tokens.get(signal, token)) : answer;
  };
  return {
    async run(operation, variables, signal) {
      try {
        const { data, errors } = await ask(operation, variables, signal);
        if (errors === undefined) return toOutcome(operation, data);
        signal.throwIfAborted();
        return toFault(shop, operation.field, errors);
      } catch (error) {
        if (signal.aborted || (error instanceof PaymentError && error.code !== "shopUnavailable")) throw error;
        return toUnavailable(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

function toUnavailable(why: string, retryAfter: Seconds | null = null): Outcome<never> {
  return { kind: "unavailable", why, retryAfter };
}

/** What it came to when Shopify did not simply answer. @throws PaymentError that a person must mend. */
function toFault(shop: string, field: string, { message, graphQLErrors, response }: ResponseErrors): Outcome<never> {
  const status = response?.status ?? 0;
  if (status >= 500 || status === 429) return toUnavailable(`Shopify answered ${status}.`, readRetryAfter(response));
  if (response?.ok === false) throw refused(shop, status);
  const errors = errorsSchema.safeParse(graphQLErrors);
  if (!errors.success) return toUnavailable(`No answer to ${field}: ${message}`);
  const why = errors.data.map((one) => one.message).join("; ");
  if (throttled.has(errors.data[0]?.extensions?.code ?? "")) return toUnavailable(why);
  throw new PaymentError("permission", `${shop}: Shopify refuses ${field}: ${why} Check the app's scopes.`);
}

function readRetryAfter(response: Response | undefined): Seconds | null {
  const wait = response?.headers.get("retry-after") ?? "";
  return /^[0-9]{1,5}(\.[0-9]+)?$/.test(wait) ? Math.ceil(Number(wait)) : null;
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

function toOutcome<T>({ field, schema }: Operation<T>, given: unknown): Outcome<T> {
  const answers = z.record(z.string(), z.unknown()).safeParse(given);
  const answer = answers.data?.[field];
  const errors = z.object({ userErrors: userErrorsSchema }).safeParse(answer);
  if (errors.success && errors.data.userErrors.length > 0) return { kind: "refused", errors: errors.data.userErrors };
  const data = schema.safeParse(answer);
  if (data.success) return { kind: "done", data: data.data };
  return toUnavailable(`Shopify answered something that is no answer to ${field}.`);
}
