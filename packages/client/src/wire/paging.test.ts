import { describe, expect, it } from "vitest";
import { createClient } from "../create-client.ts";
import { toSpaceId } from "../ids.ts";
import { answerJson, startTestService, testSettings } from "./test-service.ts";

const urls = Array.from({ length: 250 }, (_, index) => ({
  id: index + 1,
  version: 1,
  name: `Shop ${index + 1}`,
  url: "https://shop.example.ch/hook",
  state: "ACTIVE",
}));

describe("a list", () => {
  it("is read to its end, 100 at a time, after the last id", async () => {
    await using service = await startTestService((response, request) => {
      const query = new URL(request.target, "http://x").searchParams;
      const rest = urls.filter((url) => url.id > Number(query.get("after") ?? 0));
      const limit = Number(query.get("limit"));
      answerJson(response, 200, { data: rest.slice(0, limit), hasMore: rest.length > limit, limit });
    });
    const found = await createClient(testSettings(service.origin)).space(toSpaceId(1)).listWebhookUrls();
    expect(found.map((url) => Number(url.id))).toEqual(urls.map((url) => url.id));
    expect(service.requests.map((request) => request.target.split("?")[1])).toEqual([
      "limit=100&order=ASC",
      "after=100&limit=100&order=ASC",
      "after=200&limit=100&order=ASC",
    ]);
  });

  it.each([
    ["empty pages", []],
    ["the same page", urls.slice(0, 1)],
  ])("that never ends is an error: %s", async (_what, data) => {
    await using service = await startTestService((response) => answerJson(response, 200, { data, hasMore: true }));
    const call = createClient(testSettings(service.origin)).space(toSpaceId(1)).listWebhookUrls();
    await expect(call).rejects.toMatchObject({ code: "unreadable" });
    expect(service.requests.length).toBeLessThanOrEqual(2);
  });
});
