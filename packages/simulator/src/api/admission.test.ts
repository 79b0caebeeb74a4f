import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { openShop, signToken, start } from "../testing/shop.ts";

const path = "/payment/transactions";

describe("who is let in", () => {
  it("accepts the published example of a token", async () => {
    const shop = await openShop({ now: () => 1_700_000_000_000 });
    const token =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsInZlciI6MX0.eyJzdWIiOiIxMjM0NSIsImlhdCI6MTcwMDAwMDAwMCwicmVxdWVzdFBhdGgiOiIvYXBpL3YyLjAvcGF5bWVudC90cmFuc2FjdGlvbnMvNDI_ZXhwYW5kPWdyb3VwIiwicmVxdWVzdE1ldGhvZCI6IkdFVCJ9.M6C63UzCXFxWDEjcMIBNoobkuYQ0lOq8vepqUHOxgo4";
    const response = await fetch(`${shop.url}/api/v2.0${path}/42?expand=group`, {
      headers: { authorization: `Bearer ${token}`, space: "70001" },
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "resource_missing" });
  });

  it.each([
    ["no token", { headers: { authorization: "" } }, "missing"],
    ["an unknown user", { user: "99999" }, "no active application user 99999"],
    ["another key", { key: "AAAA" }, "signature"],
    ["another path", { claims: { requestPath: "/api/v2.0/payment/refunds" } }, "/api/v2.0/payment/refunds"],
    ["another method", { claims: { requestMethod: "POST" } }, "POST"],
    ["an old token", { claims: { iat: start / 1000 - 601 } }, "601 seconds"],
    ["a token of the future", { claims: { iat: start / 1000 + 601 } }, "601 seconds"],
    ["a user that is a number", { claims: { sub: 12345 } }, "sub"],
  ])("answers 401 to %s", async (_what, call, reason) => {
    const shop = await openShop();
    const { status, body } = await shop.call("GET", path, call);
    expect(status).toBe(401);
    expect(body.message).toContain(reason);
    expect(body.message).not.toContain("AAECAwQF");
  });

  it("accepts a token within the tolerance, and a narrower one where the space asks for it", async () => {
    const shop = await openShop();
    const call = { claims: { iat: start / 1000 - 599 } };
    expect((await shop.call("GET", path, call)).status).toBe(200);
    await shop.control("PATCH", "/spaces/70001", { switches: { tokenTolerance: "PT1M" } });
    expect((await shop.call("GET", path, call)).status).toBe(401);
  });

  it("still accepts the computer's clock after its own time was set forward", async () => {
    const shop = await openShop();
    await shop.advance("P5D");
    expect((await shop.call("GET", path, { claims: { iat: start / 1000 } })).status).toBe(200);
  });

  it("refuses a token that does not say HS256", async () => {
    const shop = await openShop();
    const [, claims = ""] = signToken({
      sub: "12345",
      iat: start / 1000,
      requestPath: `/api/v2.0${path}`,
      requestMethod: "GET",
    }).split(".");
    const head = Buffer.from('{"alg":"none","typ":"JWT","ver":1}').toString("base64url");
    const { status, body } = await shop.call("GET", path, { headers: { authorization: `Bearer ${head}.${claims}.` } });
    expect(status).toBe(401);
    expect(body.message).toContain("HS256");
  });

  it("compares the path exactly as it was sent", async () => {
    const shop = await openShop();
    const requestPath = `/api/v2.0${path}/search?query=merchantReference:'a'`;
    const send = (signedPath: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const token = signToken({ sub: "12345", iat: start / 1000, requestPath: signedPath, requestMethod: "GET" });
        const { hostname, port } = new URL(shop.url);
        const headers = { authorization: `Bearer ${token}`, space: "70001" };
        httpRequest({ hostname, port, path: requestPath, headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
    expect(await send(requestPath)).toBe(200);
    expect(await send(requestPath.replaceAll("'", "%27"))).toBe(401);
  });

  it.each([
    ["no space", { space: null }, 400],
    ["a space that is no id", { space: "shop" }, 400],
    ["a space that does not exist", { space: "70009" }, 404],
    ["a user without rights", { user: "12346" }, 403],
  ])("answers %s with %i", async (_what, call, status) => {
    const shop = await openShop();
    expect((await shop.call("GET", path, call)).status).toBe(status);
  });

  it("lets nobody into a space that is not active", async () => {
    const shop = await openShop();
    await shop.control("PATCH", "/spaces/70001", { state: "INACTIVE" });
    expect(await shop.call("GET", path)).toMatchObject({ status: 403, body: { code: "space_inactive" } });
    expect((await shop.call("GET", "/spaces/70001", { space: null })).body.active).toBe(false);
  });

  it("hides the space where it is told to", async () => {
    const shop = await openShop();
    await shop.control("PATCH", "/spaces/70001", { switches: { hiddenSpace: "404" } });
    expect((await shop.call("GET", path, { user: "12346" })).status).toBe(404);
  });

  it("answers 404, 406, 415 and 400 to what it does not understand", async () => {
    const shop = await openShop();
    const unknown = await shop.call("GET", "/payment/nothing");
    expect(unknown.status).toBe(404);
    expect(unknown.body.message).toContain("GET /api/v2.0/payment/nothing");
    expect((await shop.call("GET", path, { headers: { accept: "text/html" } })).status).toBe(406);
    expect((await shop.call("POST", path, { body: "{}", headers: { "content-type": "text/plain" } })).status).toBe(415);
    const broken = await shop.call("POST", path, { body: "{", headers: { "content-type": "application/json" } });
    expect(broken).toMatchObject({ status: 400, body: { code: "malformed_json" } });
  });

  it("counts the requests of a space over two minutes", async () => {
    const shop = await openShop();
    await shop.control("PATCH", "/spaces/70001", { switches: { requestLimit: 2 } });
    expect((await shop.call("GET", path)).status).toBe(200);
    await shop.advance("PT30S");
    expect((await shop.call("GET", path)).status).toBe(200);
    const refused = await shop.call("GET", path);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("90");
    expect((await shop.call("GET", path, { space: "70002" })).status).toBe(200);
    await shop.advance("PT90S");
    expect((await shop.call("GET", path)).status).toBe(200);
  });

  it("lists and reads the spaces of the user", async () => {
    const shop = await openShop();
    const { body } = await shop.call("GET", "/spaces", { space: null });
    expect(body.data.map((space: { id: number }) => space.id)).toEqual([70001, 70002]);
    const space = await shop.call("GET", "/spaces/70001", { space: null });
    expect(space.body).toMatchObject({ id: 70001, primaryCurrency: "CHF", state: "ACTIVE", timeZone: "Europe/Zurich" });
    expect((await shop.call("GET", "/spaces/70001", { space: null, user: "12346" })).status).toBe(403);
  });

  it("pages and searches the spaces of the user, no others", async () => {
    const shop = await openShop();
    const ids = async (query: string, user = "12345") =>
      (await shop.call("GET", `/spaces${query}`, { space: null, user })).body.data.map(({ id }: { id: number }) => id);
    expect(await ids("?order=DESC&limit=1")).toEqual([70002]);
    expect(await ids("?after=70001")).toEqual([70002]);
    expect(await ids("/search?query=id:70002")).toEqual([70002]);
    expect(await ids("/search", "12346")).toEqual([]);
  });

  it("logs every request with what came of it", async () => {
    const shop = await openShop();
    await shop.call("GET", `${path}?limit=1`);
    await shop.call("GET", path, { user: "12346" });
    const { body } = await shop.control("GET", "/requests?space=70001");
    expect(body.data).toEqual([
      { at: "2026-02-03T09:00:00.000Z", method: "GET", path: `${path}?limit=1`, space: "70001", status: 200 },
      { at: "2026-02-03T09:00:00.000Z", method: "GET", path, space: "70001", status: 403 },
    ]);
    await shop.control("DELETE", "/requests");
    expect((await shop.control("GET", "/requests")).body.data).toEqual([]);
  });
});
