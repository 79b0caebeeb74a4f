import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Commands } from "@checkout-plugins/core";
import { afterEach, describe, expect, it } from "vitest";
import { createGatewayClient, type GatewayClientSettings } from "./gateway-client.ts";
import { GatewayError } from "./gateway-error.ts";
import { verifyMessage } from "./signature.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const now = Date.parse("2026-02-03T09:00:00Z");
const command = { kind: "return", reference: "order-1001" } as Commands["return"];
const result = { kind: "successful", answer: { kind: "nothingToDo" }, payment: null };

type Answer = (request: IncomingMessage, body: Buffer, response: ServerResponse) => void;
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function listen(answer: Answer): Promise<string> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    answer(request, Buffer.concat(parts), response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(() => done()));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function connect(gatewayUrl: string, settings: Partial<GatewayClientSettings> = {}) {
  return createGatewayClient({
    gatewayUrl,
    shopId: "demo",
    secret,
    now: () => now,
    createId: () => "msg_1",
    ...settings,
  });
}

async function failureOf(run: Promise<unknown>): Promise<GatewayError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GatewayError);
  return error as GatewayError;
}

function fault(code: string, retryable = false): string {
  return JSON.stringify({ error: { code, message: `text of ${code}`, publicMessage: "Sorry.", retryable } });
}

describe("createGatewayClient", () => {
  it("posts the signed command to the shop's address and answers the result", async () => {
    let path: string | undefined;
    let verified: unknown;
    const url = await listen((request, body, response) => {
      path = `${request.method} ${request.url}`;
      const headers = new Headers(request.headers as Record<string, string>);
      verified = verifyMessage({ headers, body, secrets: [secret], now });
      expect(JSON.parse(body.toString())).toEqual(command);
      response.end(JSON.stringify({ ...result, later: "ignored" }));
    });
    expect(await connect(`${url}/pay`, { shopId: "my shop" }).run(command)).toEqual(result);
    expect(path).toBe("POST /pay/shops/my%20shop/commands");
    expect(verified).toMatchObject({ verified: true, id: "msg_1" });
  });

  it("repeats a command under the id it is given", async () => {
    const ids: unknown[] = [];
    const url = await listen((request, _body, response) => {
      ids.push(request.headers["webhook-id"]);
      response.end(JSON.stringify(result));
    });
    await connect(url).run(command, { id: "msg_earlier" });
    expect(ids).toEqual(["msg_earlier"]);
  });

  it("tells that nothing happened when there is no gateway", async () => {
    const url = await listen(() => {});
    await open.pop()?.();
    const error = await failureOf(connect(url).run(command));
    expect(error).toMatchObject({ code: "unreachable", retryable: true });
    expect(error.message).toContain("is it running");
  });

  it("tells that it may have happened when no answer comes", async () => {
    const url = await listen(() => {});
    const error = await failureOf(connect(url, { timeout: { return: 0.05 } }).run(command));
    expect(error).toMatchObject({ code: "cut", retryable: true, details: { id: "msg_1" } });
    expect(error.message).toContain("within 0.05 s");
  });

  it("tells that it may have happened when the answer breaks off", async () => {
    const url = await listen((_request, _body, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("{", () => response.destroy());
    });
    expect(await failureOf(connect(url).run(command))).toMatchObject({ code: "cut" });
  });

  it.each([
    [401, "badSignature", false, "signature"],
    [404, "unknownShop", false, "unknownShop"],
    [400, "badRequest", false, "invalid"],
    [422, "invalidOrder", false, "invalid"],
    [502, "credentials", false, "refused"],
    [503, "serviceUnavailable", true, "unavailable"],
    [503, "aCodeOfTomorrow", true, "unavailable"],
  ])("status %i with %s, retryable %s, is %s", async (status, gatewayCode, retryable, code) => {
    const url = await listen((_request, _body, response) => {
      response.writeHead(status, { date: new Date(now).toUTCString() }).end(fault(gatewayCode, retryable));
    });
    const error = await failureOf(connect(url).run(command));
    expect(error).toMatchObject({ code, details: { status, gatewayCode, publicMessage: "Sorry." } });
    expect(error.message).toContain(`text of ${gatewayCode}`);
  });

  it("finds the cause of a refused signature in its own clock", async () => {
    const url = await listen((_request, _body, response) => {
      response.writeHead(401, { date: new Date(now).toUTCString() }).end(fault("badSignature"));
    });
    const error = await failureOf(connect(url, { now: () => now + 3_600_000 }).run(command));
    expect(error.code).toBe("clock");
    expect(error.message).toContain("3600 s ahead of the gateway's. Set both by NTP");
  });

  it.each([
    [200, "<h1>Welcome</h1>", "unreadable"],
    [200, JSON.stringify({ kind: "perhaps" }), "unreadable"],
    [404, "<h1>Not found</h1>", "unreadable"],
    [502, "<h1>Bad gateway</h1>", "unavailable"],
  ])("reads status %i with %s as %s", async (status, body, code) => {
    const url = await listen((_request, _body, response) => {
      response.writeHead(status).end(body);
    });
    expect(await failureOf(connect(url).run(command))).toMatchObject({ code });
  });

  it("never puts the secret into an error", async () => {
    const url = await listen((_request, _body, response) => response.writeHead(401).end(fault("badSignature")));
    const error = await failureOf(connect(url).run(command));
    expect(JSON.stringify([error.message, error.stack, error.details])).not.toContain(secret.slice(6));
    expect(() => connect(url, { secret: "whsec_short" })).toThrow(/24 to 64 bytes/);
    expect(() => connect(url, { secret: "whsec_short" })).not.toThrow(/short/);
  });
});
