import { describe, expect, it } from "vitest";
import { createPatientFetch } from "./patient-fetch.ts";

const url = "https://alpenladen.myshopify.com/";

/** Answers never, and is ended by the signal. */
const silent: typeof globalThis.fetch = (_input, init) =>
  new Promise((_resolve, reject) => {
    const signal = init?.signal;
    signal?.addEventListener("abort", () => reject(signal.reason));
  });

describe("an answer of Shopify", () => {
  it("is whole, with its status and headers, and of no other address", async () => {
    const asked: RequestInit[] = [];
    const fetch: typeof globalThis.fetch = async (_input, init = {}) => {
      asked.push(init);
      return Response.json({ a: 1 }, { status: 429, headers: { "retry-after": "2" } });
    };
    const answer = await createPatientFetch({ fetch })(url, { method: "POST", body: "{}" });
    expect([answer.status, answer.headers.get("retry-after"), await answer.json()]).toEqual([429, "2", { a: 1 }]);
    expect(asked).toMatchObject([{ method: "POST", body: "{}", redirect: "error" }]);
  });

  it("is not waited for longer than the patience, nor than the caller waits", async () => {
    await expect(createPatientFetch({ fetch: silent, patience: 0.01 })(url)).rejects.toMatchObject({
      name: "TimeoutError",
    });
    const caller = new AbortController();
    const asked = createPatientFetch({ fetch: silent })(url, { signal: caller.signal });
    caller.abort(new Error("the lease ends"));
    await expect(asked).rejects.toThrow("the lease ends");
  });

  it("is not read beyond a mebibyte", async () => {
    const fetch = async () => new Response(Buffer.alloc(1024 * 1024 + 1));
    await expect(createPatientFetch({ fetch })(url)).rejects.toThrow("more than 1048576 bytes");
  });
});
