import { createServer, type Socket } from "node:net";
import { describe, expect, it, vi } from "vitest";
import type { Client, ClientSettings, SpaceClient } from "../client.ts";
import { createClient } from "../create-client.ts";
import type { TransactionCreate } from "../entities/transaction.ts";
import { isOutcomeUnknown, isServiceError, type ServiceError } from "../errors.ts";
import { toDecimal, toServiceId, toSpaceId } from "../ids.ts";
import { answerJson, startTestService, testKey, testSettings } from "./test-service.ts";

const space = toSpaceId(70001);
const id = toServiceId(900001);
const transaction = {
  id: 900001,
  linkedSpaceId: 70001,
  version: 1,
  state: "PENDING",
  currency: "CHF",
  authorizationAmount: 29.9,
};
const body: TransactionCreate = {
  lineItems: [
    { uniqueId: "1", type: "PRODUCT", name: "One", quantity: toDecimal(1), amountIncludingTax: toDecimal("29.9") },
  ],
};

function connect(origin: string, more: Partial<ClientSettings> = {}): SpaceClient {
  return createClient(testSettings(origin, { retries: 0, ...more })).space(space);
}

async function failureOf(call: Promise<unknown>): Promise<ServiceError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isServiceError(error)) throw new Error("expected a ServiceError", { cause: error });
  return error;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("a request", () => {
  it("is signed for exactly the text of its request line and names its space", async () => {
    await using service = await startTestService((response) => answerJson(response, 200, transaction));
    await connect(service.origin).readTransaction(id);
    const [request] = service.requests;
    expect(request?.target).toBe(
      "/api/v2.0/payment/transactions/900001?expand=failureReason&expand=paymentConnectorConfiguration" +
        "&expand=paymentConnectorConfiguration.paymentMethodConfiguration",
    );
    expect(request?.headers.space).toBe("70001");
    expect(request?.headers["content-type"]).toBeUndefined();
    const token = request?.headers.authorization?.replace("Bearer ", "") ?? "";
    expect(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())).toEqual({
      sub: "12345",
      iat: 1_700_000_000,
      requestPath: request?.target,
      requestMethod: "GET",
    });
  });

  it("carries its body as JSON", async () => {
    await using service = await startTestService((response) => answerJson(response, 201, transaction));
    await connect(service.origin).createTransaction(body);
    expect(service.requests[0]?.headers["content-type"]).toBe("application/json");
    expect(service.requests[0]?.body).toContain('"amountIncludingTax":29.9');
  });

  it("reads the page's address from bare text, a JSON string and bare text under a JSON type", async () => {
    const url = "https://checkout.postfinance.ch/s/70001/payment/transaction/pay/900001?securityToken=x";
    const answers = [
      { type: "text/plain", text: url },
      { type: "application/json", text: JSON.stringify(url) },
      { type: "application/json", text: `${url}\n` },
    ];
    await using service = await startTestService((response, _request, index) => {
      response.setHeader("content-type", answers[index]?.type ?? "").end(answers[index]?.text);
    });
    for (const _ of answers) expect(await connect(service.origin).readPaymentPageUrl(id)).toBe(url);
  });
});

describe("a refusal", () => {
  it.each([
    [400, "invalid", false],
    [401, "credentials", false],
    [403, "permission", false],
    [404, "notFound", false],
    [406, "invalid", false],
    [408, "unavailable", true],
    [409, "versionConflict", false],
    [413, "invalid", false],
    [415, "invalid", false],
    [416, "invalid", false],
    [422, "invalid", false],
    [423, "versionConflict", false],
    [429, "rateLimited", false],
    [500, "unavailable", true],
    [502, "unavailable", true],
    [503, "unavailable", true],
    [504, "unavailable", true],
    [543, "unavailable", true],
  ])("with status %i is %s", async (status, code, isUnknown) => {
    await using service = await startTestService((response) => answerJson(response, status, {}));
    const error = await failureOf(connect(service.origin).createTransaction(body));
    expect(error).toMatchObject({ code, details: { status, request: "POST /payment/transactions" } });
    expect(isOutcomeUnknown(error)).toBe(isUnknown);
    expect(service.requests).toHaveLength(1);
  });

  it("tells what the service says, field by field, on one line", async () => {
    await using service = await startTestService((response) =>
      answerJson(response, 422, {
        id: "0b6e5c52",
        code: "invalid_line_items",
        message: "Not\r\nright.",
        errors: { "lineItems[0].uniqueId": "is used twice" },
      }),
    );
    const error = await failureOf(connect(service.origin).createTransaction(body));
    expect(error.details).toMatchObject({
      serviceCode: "invalid_line_items",
      serviceErrorId: "0b6e5c52",
      serviceErrors: { "lineItems[0].uniqueId": "is used twice" },
    });
    expect(error.message).toContain("Not right. | lineItems[0].uniqueId: is used twice (error 0b6e5c52)");
    expect(error.message).not.toMatch(/[\r\n]/);
  });

  it.each([
    ["Tue, 14 Nov 2023 22:13:20 GMT", 0, /^(?!.*clock)/],
    ["Tue, 14 Nov 2023 22:01:20 GMT", 720, /clock is 720 seconds ahead of the service's/],
    ["Tue, 14 Nov 2023 22:28:20 GMT", -900, /clock is 900 seconds behind the service's/],
  ])("of the credentials at service time %s tells the clock's skew", async (date, clockSkew, message) => {
    await using service = await startTestService((response) => answerJson(response, 401, {}, { date }));
    const error = await failureOf(connect(service.origin).readTransaction(id));
    expect(error.details.clockSkew).toBe(clockSkew);
    expect(error.message).toMatch(message);
  });

  it("of a right names the role to give and the space", async () => {
    await using service = await startTestService((response) => answerJson(response, 403, {}));
    const error = await failureOf(connect(service.origin).readTransaction(id));
    expect(error.message).toMatch(/in space 70001\. .*"Space Admin"/);
  });

  it("never repeats a secret", async () => {
    await using service = await startTestService((response) => answerJson(response, 401, {}));
    const error = await failureOf(connect(service.origin).createTransaction(body));
    const told = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    expect(told).not.toContain(testKey);
    expect(told).not.toContain("Bearer");
    expect(told).not.toContain("expand=");
  });

  it("is no redirect to follow", async () => {
    await using service = await startTestService((response) =>
      response.writeHead(307, { location: "http://169.254.169.254/" }).end(),
    );
    const error = await failureOf(connect(service.origin).createTransaction(body));
    expect(error).toMatchObject({ code: "unreadable", details: { status: 307 } });
    expect(error.message).toContain("was redirected");
    expect(service.requests).toHaveLength(1);
  });
});

describe("an answer that is not understood", () => {
  it.each([
    ["a web page", "text/html", "<!DOCTYPE html><html>Login</html>"],
    ["a web page under a JSON type", "application/json", "<html>"],
    ["nothing", "application/json", ""],
    ["a list", "application/json", "[]"],
    ["another entity", "application/json", '{"data":[]}'],
    ["an unknown state", "application/json", JSON.stringify({ ...transaction, state: "INVENTED" })],
  ])("is unreadable: %s", async (_what, type, text) => {
    await using service = await startTestService((response) => response.setHeader("content-type", type).end(text));
    const error = await failureOf(connect(service.origin).createTransaction(body));
    expect(error).toMatchObject({ code: "unreadable", details: { status: 200 } });
    expect(isOutcomeUnknown(error)).toBe(true);
    expect(error.message).toContain(type);
  });

  it.each(["<html>", "", "not a url", "javascript:alert(1)", "//evil.example"])(
    "is no page address: %j",
    async (text) => {
      await using service = await startTestService((response) =>
        response.setHeader("content-type", "text/plain").end(text),
      );
      expect((await failureOf(connect(service.origin).readPaymentPageUrl(id))).code).toBe("unreadable");
    },
  );
});

describe("a connection", () => {
  it("that nobody answers had no effect", async () => {
    const error = await failureOf(connect(`http://127.0.0.1:${await freePort()}`).createTransaction(body));
    expect(error.code).toBe("unreachable");
    expect(isOutcomeUnknown(error)).toBe(false);
    expect(error.message).toMatch(/ECONNREFUSED.*had no effect/);
  });

  const failed = (code: string, syscall?: string) => Object.assign(new Error(code), { code, syscall });
  it.each([
    ["a name that is not found", failed("ENOTFOUND", "getaddrinfo"), "unreachable"],
    ["a resolver that is down", failed("EAI_AGAIN", "getaddrinfo"), "unreachable"],
    ["no route", failed("EHOSTUNREACH", "connect"), "unreachable"],
    ["no answer to the connection", failed("UND_ERR_CONNECT_TIMEOUT"), "unreachable"],
    ["a certificate of another host", failed("ERR_TLS_CERT_ALTNAME_INVALID"), "unreachable"],
    ["a certificate that expired", failed("CERT_HAS_EXPIRED"), "unreachable"],
    ["an own certificate", failed("DEPTH_ZERO_SELF_SIGNED_CERT"), "unreachable"],
    [
      "no address that answers",
      new AggregateError([failed("ECONNREFUSED", "connect"), failed("ETIMEDOUT", "connect")]),
      "unreachable",
    ],
    [
      "two addresses, one of which answered",
      new AggregateError([failed("ECONNREFUSED", "connect"), failed("ECONNRESET", "read")]),
      "cut",
    ],
    ["a lost route", failed("EHOSTUNREACH", "write"), "cut"],
    ["a reset", failed("ECONNRESET", "read"), "cut"],
    ["no answer in the transport's own time", failed("UND_ERR_HEADERS_TIMEOUT"), "cut"],
    ["something nobody knows", "a text", "cut"],
  ])("that fails by %s", async (_what, cause, code) => {
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause }));
    const error = await failureOf(connect("http://service.invalid", { fetch }).createTransaction(body));
    expect(error.code).toBe(code);
    expect(isOutcomeUnknown(error)).toBe(code === "cut");
  });

  it.each([
    ["before any answer", (socket: Socket) => socket.destroy()],
    ["by a reset", (socket: Socket) => socket.resetAndDestroy()],
    [
      "inside the body",
      (socket: Socket) =>
        socket.end('HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"id":'),
    ],
    [
      "inside a chunk",
      (socket: Socket) => socket.end("HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{"),
    ],
  ])("that breaks off %s may have had its effect", async (_when, cut) => {
    await using service = await startTestService((response) => {
      if (response.socket !== null) cut(response.socket);
    });
    const error = await failureOf(connect(service.origin).createTransaction(body));
    expect(error.code).toBe("cut");
    expect(error.message).toContain("It may have had its effect.");
    expect(service.requests).toHaveLength(1);
  });

  it("that gives no answer in time may have had its effect", async () => {
    await using service = await startTestService(() => {});
    const error = await failureOf(connect(service.origin, { timeout: 40 }).createTransaction(body));
    expect(error).toMatchObject({ code: "cut", message: expect.stringContaining("no whole answer after 40 ms") });
  });

  it("that drips is cut when the time of the whole answer is over", async () => {
    await using service = await startTestService((response) => {
      const drip = setInterval(() => response.write(" "), 5);
      response.on("close", () => clearInterval(drip));
    });
    expect((await failureOf(connect(service.origin, { timeout: 100 }).readTransaction(id))).code).toBe("cut");
  });

  it("that never stops answering is left", async () => {
    const block = Buffer.alloc(1024 * 1024, " ");
    await using service = await startTestService((response) => {
      const flood = () => {
        while (!response.destroyed && response.write(block));
      };
      response.on("drain", flood);
      flood();
    });
    const error = await failureOf(connect(service.origin).readTransaction(id));
    expect(error.message).toContain("larger than 33554432 bytes");
  });
});

describe("a timer", () => {
  it("does not outlive its request", async () => {
    vi.useFakeTimers();
    try {
      const fetch = async () => Response.json(transaction);
      await connect("http://service.invalid", { fetch }).readTransaction(id);
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("an abort", () => {
  const reason = new Error("the lease is over");

  it("before the request is the caller's reason, and nothing is sent", async () => {
    await using service = await startTestService((response) => answerJson(response, 201, transaction));
    const call = connect(service.origin).createTransaction(body, { signal: AbortSignal.abort(reason) });
    await expect(call).rejects.toBe(reason);
    expect(service.requests).toHaveLength(0);
  });

  it("of a read under way is the caller's reason", async () => {
    const abort = new AbortController();
    await using service = await startTestService(() => abort.abort(reason));
    const call = connect(service.origin, { retries: 2 }).readTransaction(id, { signal: abort.signal });
    await expect(call).rejects.toBe(reason);
    expect(service.requests).toHaveLength(1);
  });

  it("of a write under way is a cut, because it may have had its effect", async () => {
    const abort = new AbortController();
    await using service = await startTestService(() => abort.abort(reason));
    const call = connect(service.origin, { retries: 2 }).createTransaction(body, { signal: abort.signal });
    const error = await failureOf(call);
    expect(error).toMatchObject({ code: "cut", cause: reason });
    expect(service.requests).toHaveLength(1);
  });

  it("leaves no listener on a signal that lives long", async () => {
    await using service = await startTestService((response) => answerJson(response, 200, transaction));
    const { signal } = new AbortController();
    const counts = { added: 0, removed: 0 };
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      counts.added++;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      counts.removed++;
      removeEventListener.apply(signal, args);
    };
    await connect(service.origin).readTransaction(id, { signal });
    expect(counts).toEqual({ added: 1, removed: 1 });
  });
});

describe("the key of a webhook", () => {
  const connectAll = (origin: string): Client => createClient(testSettings(origin, { retries: 0 }));

  it("is asked for without a space", async () => {
    await using service = await startTestService((response) =>
      response.setHeader("content-type", "text/plain").end("MFkw"),
    );
    expect(await connectAll(service.origin).readWebhookKey("ab3b774e-770e-4644-9b51-885d71f973e5")).toBe("MFkw");
    expect(service.requests[0]?.target).toBe("/api/v2.0/webhooks/encryption-keys/ab3b774e-770e-4644-9b51-885d71f973e5");
    expect(service.requests[0]?.headers.space).toBeUndefined();
  });

  it("is null when the service does not know it, and an error when it cannot say", async () => {
    await using service = await startTestService((response, _request, index) =>
      answerJson(response, index === 0 ? 404 : 500, {}),
    );
    expect(await connectAll(service.origin).readWebhookKey("x")).toBeNull();
    expect((await failureOf(connectAll(service.origin).readWebhookKey("x"))).code).toBe("unavailable");
  });
});
