import { isPaymentError } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { createTokens } from "./shopify-token.ts";
import { app, createSecrets, noPrivacy, shopDomain } from "./testing/test-shop.ts";

const now = Date.parse("2026-02-03T09:00:00Z");
const never = new AbortController().signal;

/** Shopify's door for tokens, counted. */
function openDoor(
  answer: () => Response = () => Response.json({ access_token: "new", expires_in: 3600, refresh_token: "r2" }),
) {
  const asked: Record<string, string>[] = [];
  const fetch: typeof globalThis.fetch = async (_input, init) => {
    asked.push(Object.fromEntries(new URLSearchParams(String(init?.body))));
    return answer();
  };
  const parts = {
    fetch,
    now: () => now,
    createId: () => "id",
    gatewayUrl: () => "",
    app,
    spaces: null,
    privacy: noPrivacy,
  };
  return { asked, parts };
}

function keep(expiresOn: string, refreshToken: string | null = "r1") {
  return createSecrets({
    token: JSON.stringify({ accessToken: "old", issuedOn: "2026-02-03T08:00:00Z", expiresOn, refreshToken }),
  });
}

describe("tokens", () => {
  it("that are good for more than two minutes are used", async () => {
    const { parts, asked } = openDoor();
    const tokens = createTokens(parts, shopDomain, app, keep("2026-02-03T09:03:00Z"));
    expect(await tokens.get(never)).toBe("old");
    expect(asked).toEqual([]);
  });

  it("are refreshed before they end, once for fifty who ask at the same time", async () => {
    const { parts, asked } = openDoor();
    const secrets = keep("2026-02-03T09:01:00Z");
    const tokens = createTokens(parts, shopDomain, app, secrets);
    const got = await Promise.all(Array.from({ length: 50 }, () => tokens.get(never)));
    expect(new Set(got)).toEqual(new Set(["new"]));
    expect(asked).toEqual([
      { client_id: app.clientId, client_secret: app.clientSecret, grant_type: "refresh_token", refresh_token: "r1" },
    ]);
    expect(JSON.parse((await secrets.get("token")) ?? "")).toMatchObject({ accessToken: "new", refreshToken: "r2" });
  });

  it("that Shopify refuses are refreshed though they look good", async () => {
    const { parts, asked } = openDoor();
    const tokens = createTokens(parts, shopDomain, app, keep("2026-02-03T10:00:00Z"));
    expect(await tokens.get(never, "old")).toBe("new");
    expect(asked).toHaveLength(1);
  });

  it("of an app of one's own come by its credentials", async () => {
    const { parts, asked } = openDoor(() => Response.json({ access_token: "own", expires_in: 86_399 }));
    const tokens = createTokens(parts, shopDomain, app, createSecrets({}));
    expect(await tokens.get(never)).toBe("own");
    expect(asked).toMatchObject([{ grant_type: "client_credentials" }]);
  });

  it.each([
    ["is down", () => new Response(null, { status: 503 }), "shopUnavailable"],
    ["answers a page", () => new Response("<!doctype html>"), "credentials"],
    ["refuses", () => Response.json({ error: "invalid_refresh_token" }, { status: 400 }), "credentials"],
  ])("fail readably when Shopify %s, and name no secret", async (_what, answer, code) => {
    const { parts } = openDoor(answer);
    const tokens = createTokens(parts, shopDomain, app, keep("2026-02-03T09:01:00Z"));
    const error = await tokens.get(never).catch((caught: unknown) => caught);
    expect(isPaymentError(error) && error.code).toBe(code);
    expect(String(error)).not.toContain(app.clientSecret);
    expect(String(error)).not.toContain("r1");
  });
});
