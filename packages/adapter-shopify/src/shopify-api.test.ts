import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createShopifyApi, type Operation } from "./shopify-api.ts";
import type { Tokens } from "./shopify-token.ts";
import { app, noPrivacy, shopDomain } from "./testing/test-shop.ts";

const never = new AbortController().signal;
const rename: Operation<{ readonly name: string }> = {
  surface: "admin",
  field: "rename",
  document: "mutation { rename { name userErrors { field message } } }",
  schema: z.object({ name: z.string() }),
};

/** What comes of one call when Shopify answers these, in turn. */
function run(...answers: readonly (Response | Error)[]) {
  const asked: { url: string; token: string | null }[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    asked.push({ url: String(input), token: new Headers(init?.headers).get("x-shopify-access-token") });
    const answer = answers[asked.length - 1] ?? new Error("asked too often");
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const tokens: Tokens = { get: async (_signal, refused) => (refused === undefined ? "old" : "new") };
  const parts = {
    fetch,
    now: () => 0,
    createId: () => "id",
    gatewayUrl: () => "",
    app,
    spaces: null,
    privacy: noPrivacy,
  };
  const api = createShopifyApi(parts, { shop: shopDomain, apiVersion: "2026-10", tokens });
  return { asked, outcome: api.run(rename, {}, never) };
}

const graphql = (body: unknown) => Response.json(body);
const done = () => graphql({ data: { rename: { name: "New", userErrors: [] } } });

describe("Shopify's GraphQL", () => {
  it("is asked in the version of the shop, and read by the operation", async () => {
    const { asked, outcome } = run(done());
    expect(await outcome).toEqual({ kind: "done", data: { name: "New" } });
    expect(asked).toEqual([{ url: `https://${shopDomain}/admin/api/2026-10/graphql.json`, token: "old" }]);
  });

  it("is asked again once with a new token, and not a third time", async () => {
    const { asked, outcome } = run(new Response(null, { status: 401 }), done());
    expect(await outcome).toMatchObject({ kind: "done" });
    expect(asked.map(({ token }) => token)).toEqual(["old", "new"]);
    const twice = run(new Response(null, { status: 401 }), new Response(null, { status: 401 }), done());
    await expect(twice.outcome).rejects.toMatchObject({ code: "credentials" });
    expect(twice.asked).toHaveLength(2);
  });

  it("says what it does not take", async () => {
    const errors = [{ field: ["name"], message: "is taken" }];
    const { outcome } = run(graphql({ data: { rename: { name: null, userErrors: errors } } }));
    expect(await outcome).toEqual({ kind: "refused", errors: [{ ...errors[0], code: null }] });
  });

  it.each<[string, Response | Error, number | null]>([
    [
      "too many requests wait as long as it says",
      new Response(null, { status: 429, headers: { "retry-after": "2.1" } }),
      3,
    ],
    ["too many requests wait", new Response(null, { status: 429 }), null],
    ["too many points wait", graphql({ errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }] }), null],
    ["a fault of its own waits", new Response("<html>", { status: 502, headers: { "retry-after": "soon" } }), null],
    ["no connection waits", new TypeError("fetch failed"), null],
    ["a page in the place of an answer waits", new Response("<html>"), null],
    ["an answer without what is needed waits", graphql({ data: { rename: null } }), null],
  ])("%s", async (_what, answer, retryAfter) => {
    expect(await run(answer).outcome).toMatchObject({ kind: "unavailable", retryAfter });
  });

  it.each<[string, Response, string]>([
    ["a shop that is frozen", new Response(null, { status: 402 }), "credentials"],
    ["an app that may not", new Response(null, { status: 403 }), "credentials"],
    ["a shop that is not", new Response(null, { status: 404 }), "credentials"],
    ["a scope that is missing", graphql({ errors: [{ message: "Access denied" }] }), "permission"],
  ])("%s needs a person", async (_what, answer, code) => {
    await expect(run(answer).outcome).rejects.toMatchObject({ code });
  });
});
