import { exampleKey } from "@checkout-plugins/simulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { languages } from "../console/texts.ts";
import type { Gateway } from "../gateway.ts";
import { added, aShop, type ManyShops, openManyShops, peer, url } from "../test/many-shops.ts";
import { signInCode } from "../test/test-door.ts";
import { manageTexts } from "./texts.ts";

let bench: ManyShops;
let gateway: Gateway;
beforeEach(async () => {
  bench = await openManyShops();
  gateway = await bench.start();
});
afterEach(() => bench.close());

interface Visit {
  readonly cookie?: string;
  readonly form?: Record<string, string>;
  readonly headers?: Record<string, string>;
}

async function visit(path: string, { cookie, form, headers = {} }: Visit = {}) {
  const body = form === undefined ? null : new URLSearchParams(form).toString();
  const response = await gateway.fetch(
    new Request(url + path, {
      method: form === undefined ? "GET" : "POST",
      body,
      headers: {
        ...(cookie !== undefined && { cookie }),
        ...(body !== null && {
          origin: url,
          "content-type": "application/x-www-form-urlencoded",
          "content-length": String(body.length),
        }),
        ...headers,
      },
    }),
    peer,
  );
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function signIn(secret = signInCode) {
  const answer = await visit("/manage/sign-in", { form: { secret } });
  const cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? "";
  const { text } = await visit("/manage/shops", { cookie });
  return { ...answer, cookie, token: /name="token" value="([^"]+)"/.exec(text)?.[1] ?? "" };
}

const aForm = {
  name: "Velo & Söhne",
  platform: "http",
  testSpace: "70002",
  testUser: "12345",
  testKey: exampleKey,
  liveSpace: "",
  liveUser: "",
  liveKey: "",
  integration: "lightbox",
  completion: "configured",
  doublePayment: "resolve",
};

describe("signing in", () => {
  it("takes the code of the gateway's screen once, as people type it, and gives a session", async () => {
    const first = await signIn(signInCode.toLowerCase().replaceAll("-", " "));
    expect(first).toMatchObject({ status: 303 });
    expect(first.headers.get("set-cookie")).toMatch(/HttpOnly; Secure; SameSite=Lax$/);
    expect((await visit("/manage/shops", { cookie: first.cookie })).status).toBe(200);
    expect((await signIn()).status).toBe(401);
  });

  it("slows down who guesses, and forgets it after a minute", async () => {
    for (let count = 0; count < 5; count += 1) expect((await signIn(`guess ${count}`)).status).toBe(401);
    const blocked = await signIn();
    expect(blocked.status).toBe(429);
    expect(Number(blocked.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    await bench.advance(61);
    expect((await signIn()).status).toBe(303);
  });

  it("ends after twelve hours, and is known by no other signature", async () => {
    const { cookie } = await signIn();
    for (const altered of [cookie.replace(/.$/, ""), cookie.replace("=1", "=2"), `${cookie}.x`, "x=y"]) {
      expect((await visit("/manage/shops", { cookie: altered })).status).toBe(401);
    }
    await bench.simulator.advance(12 * 3600 + 1);
    expect((await visit("/manage/shops", { cookie })).status).toBe(401);
  });

  it("is left by signing out", async () => {
    const { cookie, token } = await signIn();
    const out = await visit("/manage/sign-out", { cookie, form: { token } });
    expect([out.status, out.headers.get("set-cookie")]).toEqual([303, expect.stringContaining("Max-Age=0")]);
  });
});

describe("T10: every page", () => {
  const gets = ["/manage", "/manage/shops", "/manage/shops/new", "/manage/shops/ID", "/manage/none"];
  const posts = ["/manage/sign-out", "/manage/shops", "/manage/shops/ID", "/manage/shops/ID/switch"];
  const all = [...posts, "/manage/shops/ID/code", "/manage/shops/ID/remove", "/manage/none"];

  it.each(gets)("GET %s is closed to who is not signed in", async (path) => {
    const id = await added(bench.shops, aShop());
    const { status, text } = await visit(path.replace("ID", id));
    expect([status, text.includes("Shop<"), text.includes(id)]).toEqual([401, false, false]);
  });

  it.each(all)("POST %s is refused without a session, without the token, and from elsewhere", async (path) => {
    const id = await added(bench.shops, aShop());
    const before = await bench.shops.read(id);
    const at = path.replace("ID", id);
    const { cookie, token } = await signIn();
    const form = { ...aForm, version: "1", to: "test", sure: "yes" };
    expect((await visit(at, { form: { ...form, token } })).status).toBe(401);
    const signed = { ...form, token };
    const refused: Visit[] = [
      { cookie, form },
      { cookie, form: { ...form, token: `${token}x` } },
      { cookie, form: signed, headers: { origin: "https://evil.example" } },
      { cookie, form: signed, headers: { origin: "null" } },
      { cookie, form: signed, headers: { "sec-fetch-site": "cross-site" } },
      { cookie, form: signed, headers: { "content-type": "text/plain" } },
      { cookie, form: signed, headers: { "content-length": "100000000" } },
    ];
    for (const one of refused) expect((await visit(at, one)).status).toBe(403);
    expect(await bench.shops.read(id)).toEqual(before);
    expect(await bench.shops.list({ after: null, limit: 10 })).toHaveLength(1);
  });

  it("has a strict policy, is kept nowhere, and holds no script and no style of its own", async () => {
    const { cookie } = await signIn();
    const id = await added(bench.shops, aShop());
    for (const path of ["/manage/sign-in", "/manage/shops", "/manage/shops/new", `/manage/shops/${id}`]) {
      const { headers, text } = await visit(path, { cookie });
      expect(headers.get("content-security-policy")).toBe(
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      );
      expect(headers.get("cache-control")).toBe("no-store");
      expect(text).not.toMatch(/<script|<style| style=| on[a-z]+=/);
    }
  });

  it.each([
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "{{7919*7907*7901}}",
  ])("shows %s as text", async (nasty) => {
    const { cookie, token } = await signIn();
    const fields = Object.fromEntries(Object.keys(aForm).map((field) => [field, nasty]));
    const { text } = await visit("/manage/shops", { cookie, form: { ...fields, token } });
    // The product is so long that no id or token of the page happens to hold it.
    expect(text).not.toContain(nasty.startsWith("{{") ? String(7919 * 7907 * 7901) : nasty);
    const id = await added(bench.shops, { ...aShop(), key: nasty, terms: { ...aShop().terms, name: nasty } });
    for (const path of ["/manage/shops", `/manage/shops/${id}`]) {
      const page = (await visit(path, { cookie })).text;
      expect(page).not.toMatch(/<script|<img| onfocus=alert\(1\) x=''/);
    }
  });
});

describe("adding a shop", () => {
  it("checks its space, keeps it, and pairs it by a code that is shown once", async () => {
    const { cookie, token } = await signIn();
    const saved = await visit("/manage/shops", { cookie, form: { ...aForm, token } });
    const path = saved.headers.get("location") ?? "";
    expect([saved.status, path]).toEqual([303, expect.stringMatching(/^\/manage\/shops\/[0-9a-f-]{36}$/)]);
    const [record] = await bench.shops.list({ after: null, limit: 2 });
    expect(record).toMatchObject({
      platform: "http",
      settings: null,
      terms: { name: aForm.name, environment: "test", integration: "lightbox" },
    });
    expect((await visit("/manage/shops", { cookie })).text).toContain(manageTexts.en.list.notPaired);
    const coded = await visit(`${path}/code`, { cookie, form: { token } });
    expect(coded.text).toMatch(/>cpp1\.[\w-]+<\/textarea>/);
    expect((await visit(path, { cookie })).text).not.toContain("cpp1.");
    expect(bench.lines.join()).not.toContain("shop left out");
  });

  it.each([
    ["another key", { testKey: Buffer.alloc(32, 9).toString("base64") }, "testKey", "credentials"],
    ["a user without rights there", { testUser: "12346" }, "testUser", "permission"],
    ["a space that does not exist", { testSpace: "70009" }, "testSpace", "spaceNotFound"],
    ["half a key", { testKey: "AAEC" }, "testKey", "key"],
    ["a name as a space", { testSpace: "my space" }, "testSpace", "number"],
    ["no user", { testUser: "" }, "testUser", "missing"],
    ["no name", { name: " " }, "name", "missing"],
    ["no space", { testSpace: "", testUser: "", testKey: "" }, "testSpace", "noSpace"],
    ["one space for both", { liveSpace: "70002", liveUser: "12345", liveKey: exampleKey }, "liveSpace", "sameSpace"],
    ["a platform that installs itself", { platform: "shopify" }, "platform", "missing"],
  ] as const)("with %s says so at the field, and keeps what was typed", async (_name, changes, field, fault) => {
    const { cookie, token } = await signIn();
    const form = { ...aForm, ...changes };
    const { status, text } = await visit("/manage/shops", { cookie, form: { ...form, token } });
    expect(status).toBe(422);
    const sentence = manageTexts.en.form.faults[fault].replaceAll("'", "&#39;");
    expect(text).toContain(`<span id="${field}-fault" class="fault">${sentence}</span>`);
    expect(text.match(/aria-invalid/g)).toHaveLength(1);
    expect(text).toContain(`value="${form.testSpace}"`);
    expect(await bench.shops.list({ after: null, limit: 2 })).toEqual([]);
  });

  it("says that the service cannot be reached, instead of what may be wrong", async () => {
    const { cookie, token } = await signIn();
    await bench.simulator.fault({ on: "request", kind: "status", status: 503, times: "always" });
    const { status, text } = await visit("/manage/shops", { cookie, form: { ...aForm, token } });
    expect([status, text.includes(manageTexts.en.form.faults.unreachable)]).toEqual([422, true]);
  });

  it.each(languages)("speaks %s, by the address and from then on", async (language) => {
    const { cookie } = await signIn();
    const { text, headers } = await visit(`/manage/shops/new?lang=${language}`, { cookie });
    expect(text).toContain(`<html lang="${language}">`);
    expect(text).toContain(manageTexts[language].form.save);
    const kept = headers.get("set-cookie")?.split(";")[0] ?? "";
    const next = await visit("/manage/shops", { cookie: `${cookie}; ${kept}` });
    expect(next.text).toContain(manageTexts[language].list.add);
  });
});

describe("a shop's page", () => {
  it("switches between test and live, marked by words, and not where there is no such space", async () => {
    const { cookie, token } = await signIn();
    const id = await added(bench.shops, aShop());
    const path = `/manage/shops/${id}`;
    expect((await visit(path, { cookie })).text).toContain('<strong class="mode live">Live</strong>');
    const switched = await visit(`${path}/switch`, { cookie, form: { token, version: "1", to: "test" } });
    expect(switched.status).toBe(303);
    const page = await visit(path, { cookie });
    expect(page.text).toContain('<strong class="mode test">Test</strong>');
    expect(page.text).toContain(manageTexts.en.switch.isTest);
    const terms = { ...aShop().terms, live: null, environment: "test" as const };
    await bench.shops.change(id, 2, { terms });
    const refused = await visit(`${path}/switch`, { cookie, form: { token, version: "3", to: "live" } });
    expect([refused.status, refused.text.includes(manageTexts.en.switch.noLive)]).toEqual([422, true]);
  });

  it("lists the space's methods, with the hidden ones and why", async () => {
    const { cookie } = await signIn();
    const id = await added(bench.shops, aShop());
    const { text } = await visit(`/manage/shops/${id}`, { cookie });
    const listed = await bench
      .elsewhere(aShop().terms.live ?? { space: "1" as never })
      .listPaymentMethodConfigurations();
    const active = listed.filter(({ state }) => state === "ACTIVE");
    expect(active.length).toBeGreaterThan(0);
    expect(text.match(/<li>/g)?.length).toBeGreaterThanOrEqual(active.length);
    expect(text).toContain(manageTexts.en.methods.heading);
  });

  it("keeps a key that is not typed anew, and refuses what somebody else changed meanwhile", async () => {
    const { cookie, token } = await signIn();
    const id = await added(bench.shops, aShop());
    const form = { ...aForm, testKey: "", liveSpace: "70001", liveUser: "12345", token, version: "1", name: "New" };
    const saved = await visit(`/manage/shops/${id}`, { cookie, form });
    expect(saved.status).toBe(303);
    expect([await bench.shops.readKey(id, "test"), await bench.shops.readKey(id, "live")]).toEqual([
      exampleKey,
      exampleKey,
    ]);
    expect(await bench.shops.read(id)).toMatchObject({ version: 2, terms: { name: "New", environment: "live" } });
    const late = await visit(`/manage/shops/${id}`, { cookie, form: { ...form, name: "Late" } });
    expect([late.status, late.text.includes(manageTexts.en.form.changed)]).toEqual([409, true]);
    expect((await bench.shops.read(id))?.terms.name).toBe("New");
  });

  it("forgets the key of a space that is taken away", async () => {
    const { cookie, token } = await signIn();
    const id = await added(bench.shops, aShop());
    const saved = await visit(`/manage/shops/${id}`, { cookie, form: { ...aForm, testKey: "", token, version: "1" } });
    expect(saved.status).toBe(303);
    expect(await bench.shops.readKey(id, "live")).toBeNull();
    expect(await bench.shops.read(id)).toMatchObject({ terms: { live: null, environment: "test" } });
  });

  it("removes the shop and its webhooks, when it is meant", async () => {
    const { cookie, token } = await signIn();
    const id = await added(bench.shops, aShop());
    await bench.advance(61);
    expect(await bench.urlsOf(aShop().terms.live ?? { space: "1" as never })).toHaveLength(1);
    const path = `/manage/shops/${id}`;
    expect((await visit(`${path}/remove`, { cookie, form: { token } })).status).toBe(422);
    expect((await bench.shops.read(id))?.disabledOn).toBeNull();
    expect((await visit(`${path}/remove`, { cookie, form: { token, sure: "yes" } })).status).toBe(303);
    await bench.quiet();
    expect(await bench.urlsOf(aShop().terms.live ?? { space: "1" as never })).toEqual([]);
    expect((await visit(path, { cookie })).text).toContain(manageTexts.en.remove.done);
  });

  it("is not there for an id that is none", async () => {
    const { cookie, token } = await signIn();
    expect((await visit("/manage/shops/none", { cookie })).status).toBe(404);
    expect((await visit("/manage/shops/none/code", { cookie, form: { token } })).status).toBe(404);
  });
});
