import { isPaymentError } from "@checkout-plugins/core";
import { afterEach, describe, expect, it } from "vitest";
import { signQuery } from "../mock/sign.ts";
import { createLifecycleBench, type LifecycleBench } from "../testing/lifecycle-bench.ts";
import { app, gatewayUrl, shopDomain } from "../testing/test-shop.ts";

const open: LifecycleBench[] = [];
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

async function openBench(): Promise<LifecycleBench> {
  const bench = await createLifecycleBench();
  open.push(bench);
  return bench;
}

const settingsUrl = `${gatewayUrl}/platforms/shopify/settings`;
const location = (answer: Response) => answer.headers.get("location") ?? "";
const codeOf = (error: unknown) => (isPaymentError(error) ? error.code : error);

function toForm(page: string, values: Record<string, string>, headers: Record<string, string> = {}): Request {
  const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";
  return new Request(settingsUrl, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: gatewayUrl, ...headers },
    body: new URLSearchParams({ token, ...values }),
  });
}

const live = { "live-space": "70001", "live-user": "12345", "live-key": "AAECAwQFBgcICQoLDA0ODw==" };

describe("installing", () => {
  it("goes through Shopify, keeps tokens that expire, and ends on the settings page", async () => {
    const bench = await openBench();
    const page = await bench.install();
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("Space ID");
    const shop = bench.registry.kept.get(shopDomain);
    const token = JSON.parse((await shop?.secrets.get("token")) ?? "") as Record<string, string>;
    expect(token).toMatchObject({
      expiresOn: "2026-02-03T10:00:00.000Z",
      refreshToken: expect.stringContaining("shprt_"),
    });
  });

  it("asks Shopify with the scopes of a payments app and a state of its own", async () => {
    const bench = await openBench();
    const url = new URL(location(await bench.ask(new Request(bench.mock.toInstallUrl()))));
    expect(url.origin + url.pathname).toBe(`${bench.origin}/admin/oauth/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: app.clientId,
      scope: "write_payment_gateways,write_payment_sessions",
      redirect_uri: `${gatewayUrl}/platforms/shopify/callback`,
    });
    const again = new URL(location(await bench.ask(new Request(bench.mock.toInstallUrl()))));
    expect(again.searchParams.get("state")).not.toBe(url.searchParams.get("state"));
  });

  it("keeps its state in a cookie that no script and no other site sees", async () => {
    const bench = await openBench();
    const answer = await bench.ask(new Request(bench.mock.toInstallUrl()));
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/; HttpOnly; SameSite=Lax$/)]);
  });

  const changeQuery = (url: string, change: (query: URLSearchParams) => void, signed = false): string => {
    const changed = new URL(url);
    change(changed.searchParams);
    if (signed) changed.searchParams.set("hmac", signQuery(changed.searchParams, app.clientSecret));
    return String(changed);
  };

  it.each<[string, (query: URLSearchParams) => void, boolean]>([
    ["without a signature", (query) => query.delete("hmac"), false],
    ["with another signature", (query) => query.set("hmac", "0".repeat(64)), false],
    ["for another shop", (query) => query.set("shop", "evil.myshopify.com"), false],
    ["for a domain that is none of Shopify's", (query) => query.set("shop", "evil.test"), true],
    ["signed ten minutes ago", (query) => query.set("timestamp", String(Math.floor(Date.now() / 1000) - 600)), true],
  ])("is refused %s", async (_what, change, signed) => {
    const bench = await openBench();
    const url = changeQuery(bench.mock.toInstallUrl(), change, signed);
    expect((await bench.ask(new Request(url))).status).toBe(401);
  });

  async function toCallback(bench: LifecycleBench): Promise<string> {
    const authorize = location(await bench.ask(new Request(bench.mock.toInstallUrl())));
    return location(await bench.mock.fetch(new Request(authorize)));
  }

  it("is refused when its state is brought back a second time", async () => {
    const bench = await openBench();
    const callback = await toCallback(bench);
    expect((await bench.ask(new Request(callback))).status).toBe(303);
    bench.mock.state.codes.add(new URL(callback).searchParams.get("code") ?? "");
    expect((await bench.ask(new Request(callback))).status).toBe(401);
  });

  it.each<[string, (query: URLSearchParams) => void]>([
    ["with another state", (query) => query.set("state", "forged.9999999999.abc")],
    ["without a state", (query) => query.delete("state")],
  ])("is refused %s, though Shopify signed it", async (_what, change) => {
    const bench = await openBench();
    const url = changeQuery(await toCallback(bench), change, true);
    expect((await bench.ask(new Request(url))).status).toBe(401);
    expect(bench.registry.kept.size).toBe(0);
  });

  it("is refused in another browser than the one that began it", async () => {
    const bench = await openBench();
    const callback = await toCallback(bench);
    expect((await bench.ask(new Request(callback, { headers: { cookie: "a=b" } }))).status).toBe(401);
  });

  it("is refused with a state that is too old", async () => {
    const bench = await openBench();
    const callback = await toCallback(bench);
    bench.now += 11 * 60 * 1000;
    expect((await bench.ask(new Request(callback))).status).toBe(401);
  });

  it("fails readably when Shopify gives no token for the code", async () => {
    const bench = await openBench();
    const callback = await toCallback(bench);
    bench.mock.state.codes.clear();
    expect(codeOf(await bench.ask(new Request(callback)).catch((error: unknown) => error))).toBe("credentials");
  });
});

describe("the settings page", () => {
  it("checks the spaces, tells Shopify that payments may come, and sends the merchant back", async () => {
    const bench = await openBench();
    const page = await (await bench.install()).text();
    const test = { "test-space": "70002", "test-user": "12345", "test-key": "AAECAwQFBgcICQoLDA0ODw==" };
    const answer = await bench.ask(toForm(page, { ...live, ...test }));
    expect(location(answer)).toBe(`${bench.origin}/services/payments_partners/gateways/${app.clientId}/settings`);
    expect(Object.fromEntries(bench.saved)).toEqual({
      live: { space: "70001", userId: "12345" },
      test: { space: "70002", userId: "12345" },
    });
    expect(bench.mock.state.configured).toEqual({ ready: true, externalHandle: "PostFinance Checkout 70001" });
  });

  it("says what is wrong with credentials, keeps none of them, and never shows the key again", async () => {
    const bench = await openBench();
    const page = await (await bench.install()).text();
    bench.problem = 'The user may not read this space <"70001">.';
    const answer = await bench.ask(toForm(page, live));
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain("The user may not read this space &lt;&quot;70001&quot;>.");
    expect(html).toContain('value="70001"');
    expect(html).not.toContain(live["live-key"]);
    expect([bench.saved.size, bench.mock.state.configured]).toEqual([0, null]);
  });

  it.each([
    ["nothing at all", {}, "Enter at least one space."],
    ["half of it", { "live-space": "70001" }, "Fill in all three fields"],
    ["a space that is no number", { ...live, "live-space": "my space" }, "Fill in all three fields"],
  ])("asks again after %s", async (_what, values, text) => {
    const bench = await openBench();
    const page = await (await bench.install()).text();
    const answer = await bench.ask(toForm(page, values));
    expect([answer.status, (await answer.text()).includes(text)]).toEqual([422, true]);
  });

  it("is closed to whoever did not come from the admin, and after half an hour", async () => {
    const bench = await openBench();
    expect((await bench.ask(new Request(settingsUrl))).status).toBe(401);
    await bench.install();
    expect((await bench.ask(new Request(settingsUrl))).status).toBe(200);
    bench.now += 31 * 60 * 1000;
    expect((await bench.ask(new Request(settingsUrl))).status).toBe(401);
  });

  it.each([
    ["from another site", { origin: "https://evil.test" }],
    ["without its token", { origin: gatewayUrl }],
  ])("takes no form %s", async (what, headers) => {
    const bench = await openBench();
    const page = await (await bench.install()).text();
    const form = toForm(what === "without its token" ? "" : page, live, headers);
    expect((await bench.ask(form)).status).toBe(403);
    expect(bench.saved.size).toBe(0);
  });

  it.each([
    ["de-CH", "Prüfen und speichern"],
    ["fr", "Vérifier et enregistrer"],
    ["it", "Verificare e salvare"],
    ["rm, en", "Check and save"],
  ])("speaks the merchant's language: %s", async (language, text) => {
    const bench = await openBench();
    await bench.install();
    const answer = await bench.ask(new Request(settingsUrl, { headers: { "accept-language": language } }));
    expect(await answer.text()).toContain(text);
  });
});

describe("webhooks of the app", () => {
  const customer = {
    shop_domain: shopDomain,
    customer: { id: 191167, email: "anna@example.ch" },
    orders_to_redact: [1],
  };
  const shopBody = { shop_id: 954889, shop_domain: shopDomain };

  it("uninstall: the tokens are gone, and the shop takes no more payments", async () => {
    const bench = await openBench();
    await bench.install();
    expect((await bench.ask(bench.mock.toWebhook("app/uninstalled", {}))).status).toBe(200);
    const shop = bench.registry.kept.get(shopDomain);
    expect([shop?.disabled, await shop?.secrets.get("token")]).toEqual([true, ""]);
  });

  it("uninstall that comes after the app was installed again changes nothing", async () => {
    const bench = await openBench();
    await bench.install();
    const late = bench.mock.toWebhook("app/uninstalled", {}, { "x-shopify-triggered-at": "2026-02-03T08:59:00Z" });
    expect((await bench.ask(late)).status).toBe(200);
    expect(bench.registry.kept.get(shopDomain)?.disabled).toBe(false);
  });

  it("customers/redact: the buyer is forgotten, by number and by e-mail", async () => {
    const bench = await openBench();
    await bench.install();
    expect((await bench.ask(bench.mock.toWebhook("customers/redact", customer))).status).toBe(200);
    expect(bench.registry.forgotten).toEqual(["shop-1 191167"]);
    expect(bench.privacy).toEqual(["forget shop-1 anna@example.ch"]);
  });

  it("customers/data_request: the merchant's request is noted", async () => {
    const bench = await openBench();
    await bench.install();
    expect(
      (await bench.ask(bench.mock.toWebhook("customers/data_request", { ...customer, data_request: { id: 9 } })))
        .status,
    ).toBe(200);
    expect(bench.privacy).toEqual(["9 shop-1 191167 anna@example.ch"]);
  });

  it("shop/redact: the shop is closed, and what it had of buyers goes", async () => {
    const bench = await openBench();
    await bench.install();
    expect((await bench.ask(bench.mock.toWebhook("shop/redact", shopBody))).status).toBe(200);
    expect(bench.registry.kept.get(shopDomain)?.disabled).toBe(true);
    expect(bench.privacy).toEqual(["forget shop-1"]);
  });

  it.each(["customers/data_request", "customers/redact", "shop/redact", "app/uninstalled"])(
    "%s of a shop that is not here is taken",
    async (topic) => {
      const bench = await openBench();
      expect((await bench.ask(bench.mock.toWebhook(topic, customer))).status).toBe(200);
    },
  );

  it.each([
    ["no signature", { "x-shopify-hmac-sha256": "" }],
    ["another signature", { "x-shopify-hmac-sha256": Buffer.alloc(32).toString("base64") }],
  ])("with %s are refused, and nothing is done", async (_what, changes) => {
    const bench = await openBench();
    await bench.install();
    const request = bench.mock.toWebhook("customers/redact", customer, changes);
    expect(codeOf(await bench.ask(request).catch((error: unknown) => error))).toBe("badSignature");
    expect(bench.registry.forgotten).toEqual([]);
  });

  it("are read as raw bytes: the same JSON, written otherwise, is refused", async () => {
    const bench = await openBench();
    await bench.install();
    const genuine = bench.mock.toWebhook("customers/redact", customer);
    const body = JSON.stringify(await genuine.clone().json(), null, 1);
    const altered = new Request(genuine.url, { method: "POST", headers: genuine.headers, body });
    expect(codeOf(await bench.ask(altered).catch((error: unknown) => error))).toBe("badSignature");
  });
});
