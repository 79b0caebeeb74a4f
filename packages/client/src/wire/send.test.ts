import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { isServiceError, type ServiceError } from "../errors.ts";
import { createRequestSigner } from "./jwt.ts";
import { createSend, type ServiceRequest } from "./send.ts";
import { answerJson, startTestService, type TestService, testKey, testSettings } from "./test-service.ts";

type Step = number | "cut" | Readonly<Record<string, string | number>>;

/** One answer per try: a status, headers with a status, or a cut after the effect. */
function answerSteps(steps: readonly Step[]) {
  return (response: ServerResponse, _request: unknown, index: number): void => {
    const step = steps[index] ?? 200;
    if (step === "cut") response.socket?.destroy();
    else if (typeof step === "number") answerJson(response, step, {});
    else answerJson(response, Number(step.status), {}, { ...step, status: "" });
  };
}

const get: ServiceRequest<string> = { method: "GET", path: "/x", read: (answer) => answer.text };
const create: ServiceRequest<string> = { ...get, method: "POST", body: {} };
const keyed: ServiceRequest<string> = { ...create, isRepeatable: true };

async function run(
  service: TestService,
  request: ServiceRequest<string>,
  more: { readonly random?: () => number; readonly signal?: AbortSignal } = {},
): Promise<{ readonly result: string | ServiceError; readonly waits: readonly number[] }> {
  const settings = testSettings(service.origin);
  const send = createSend(
    {
      ...settings,
      random: more.random ?? settings.random,
      origin: service.origin,
      sign: createRequestSigner("12345", testKey),
      fetch: globalThis.fetch,
      timeout: 5000,
      retries: 2,
    },
    undefined,
  );
  const result = await send(request, { signal: more.signal }).catch((error: unknown) => {
    if (isServiceError(error)) return error;
    throw error;
  });
  return { result, waits: settings.waits };
}

describe("retries", () => {
  it.each([
    ["a read after a cut", get, ["cut", 200], "{}"],
    ["a read after 503 and 502", get, [503, 502, 200], "{}"],
    ["a read three times at most", get, [503, 503, 503, 200], "unavailable"],
    ["a write with a key after a cut", keyed, ["cut", 200], "{}"],
    ["a write with a key after 500", keyed, [500, 200], "{}"],
    ["a write without a key after a cut: never", create, ["cut", 200], "cut"],
    ["a write without a key after 503: never", create, [503, 200], "unavailable"],
    ["any write after 429, which had no effect", create, [429, 429, 200], "{}"],
    ["a refusal: never", get, [422, 200], "invalid"],
    ["a version conflict: never", keyed, [409, 200], "versionConflict"],
    ["wrong credentials: never", get, [401, 200], "credentials"],
  ] satisfies [string, ServiceRequest<string>, Step[], string][])("%s", async (_what, request, steps, expected) => {
    await using service = await startTestService(answerSteps(steps));
    const { result } = await run(service, request);
    expect(typeof result === "string" ? result : result.code).toBe(expected);
    const tries = expected === "{}" ? steps.length : Math.min(3, (steps as readonly Step[]).indexOf(200));
    expect(service.requests).toHaveLength(tries);
  });

  it("are each signed anew", async () => {
    await using service = await startTestService(answerSteps([503, 200]));
    let time = 1_700_000_000_000;
    const send = createSend(
      {
        ...testSettings(service.origin),
        now: () => time,
        sleep: async () => {
          time += 5000;
        },
        origin: service.origin,
        sign: (_method, _target, issuedAt) => String(issuedAt),
        fetch: globalThis.fetch,
        timeout: 5000,
        retries: 2,
      },
      undefined,
    );
    await send(get);
    expect(service.requests.map((request) => request.headers.authorization)).toEqual([
      "Bearer 1700000000",
      "Bearer 1700000005",
    ]);
  });

  it("wait exponentially longer, anywhere between nothing and the full time", async () => {
    for (const [random, expected] of [
      [0.999, [499.5, 999]],
      [0.5, [250, 500]],
    ] as const) {
      await using service = await startTestService(answerSteps([503, 503, 200]));
      expect((await run(service, get, { random: () => random })).waits).toEqual(expected);
    }
  });

  it.each([
    ["seconds", { status: 429, "retry-after": "3" }, 3250],
    ["a date, counted from the service's clock", retryAtDate(4), 4250],
    ["seconds of a 503", { status: 503, "retry-after": "2" }, 2250],
    ["nothing that can be read", { status: 429, "retry-after": "soon" }, 250],
  ])("wait as long as Retry-After says in %s", async (_what, step, wait) => {
    await using service = await startTestService(answerSteps([step, 200]));
    expect(await run(service, get)).toEqual({ result: "{}", waits: [wait] });
  });

  it("are left to the caller when Retry-After is longer than a call may wait", async () => {
    await using service = await startTestService(answerSteps([{ status: 429, "retry-after": "120" }]));
    const { result, waits } = await run(service, get);
    expect(result).toMatchObject({ code: "rateLimited", details: { retryAfter: 120 } });
    expect(waits).toEqual([]);
  });

  it("do not hide that the first try may have had its effect", async () => {
    await using service = await startTestService(answerSteps(["cut", 422]));
    const { result } = await run(service, keyed);
    expect(result).toMatchObject({ code: "cut", cause: { code: "invalid" } });
    expect(result).toHaveProperty("message", expect.stringMatching(/Trying again did not settle it: .*422/));
  });

  it("end when the caller aborts while waiting; the write stays a cut", async () => {
    const abort = new AbortController();
    const reason = new Error("over");
    await using service = await startTestService(answerSteps(["cut", 200]));
    const settings = testSettings(service.origin);
    const send = createSend(
      {
        ...settings,
        sleep: async (_milliseconds, signal) => {
          abort.abort(reason);
          signal?.throwIfAborted();
        },
        origin: service.origin,
        sign: () => "",
        fetch: globalThis.fetch,
        timeout: 5000,
        retries: 2,
      },
      undefined,
    );
    await expect(send(keyed, { signal: abort.signal })).rejects.toMatchObject({ code: "cut", cause: reason });
    expect(service.requests).toHaveLength(1);
  });
});

describe("a query", () => {
  it("arrives as it was signed, whatever it holds", async () => {
    await using service = await startTestService(answerSteps([]));
    const query = `name:"Zürich 100% + '1' <&=#>" completedOn:<'2026-01-15'`;
    const targets: string[] = [];
    const settings = testSettings(service.origin);
    const send = createSend(
      {
        ...settings,
        origin: service.origin,
        sign: (_method, target) => String(targets.push(target)),
        fetch: globalThis.fetch,
        timeout: 5000,
        retries: 0,
      },
      undefined,
    );
    await send({ ...get, query: { query, expand: ["a", "b"] } });
    expect(service.requests[0]?.target).toBe(targets[0]);
    expect(new URLSearchParams(targets[0]?.split("?")[1]).get("query")).toBe(query);
    expect(targets[0]).not.toMatch(/['+]/);
  });
});

function retryAtDate(seconds: number): Step {
  const date = Date.parse("Tue, 14 Nov 2023 10:00:00 GMT");
  return {
    status: 429,
    date: new Date(date).toUTCString(),
    "retry-after": new Date(date + seconds * 1000).toUTCString(),
  };
}
