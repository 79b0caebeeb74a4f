import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestShop, createVisitorOf, placeOrder, redirect, startGateway, type TestGateway } from "./testing.ts";
import { toText } from "./text/text.ts";

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

it("a gateway that does not answer: the shop says so in the buyer's language and stays usable; back again, nothing is to repair", async () => {
  const shop = createTestShop(gateway.url);
  gateway.answer = () => "silence";
  const languages = ["de", "fr", "it", "en"] as const;
  const buyers = await Promise.all(
    languages.map(async (language) => {
      const visitor = createVisitorOf(shop);
      await visitor.get(`/?language=${language}`);
      return { language, visitor, order: await placeOrder(visitor) };
    }),
  );
  for (const { language, visitor, order } of buyers) {
    const page = await visitor.get(`/orders/${order}`);
    expect(page.status).toBe(200);
    expect(page.html).toContain(`lang="${language}`);
    expect((await visitor.get("/")).status).toBe(200);
    await visitor.post("/cart/add", { product: "enamel-mug", quantity: "1" });
    expect((await visitor.get("/cart")).status).toBe(200);
  }
  const said = await Promise.all(
    buyers.map(({ visitor, order }) => visitor.post(`/orders/${order}/pay`, { integration: "page" })),
  );
  for (const [index, { status, html }] of said.entries()) {
    const { language } = buyers[index] as (typeof buyers)[number];
    expect([status, html.includes(toText(language).noAnswerTitle)]).toEqual([503, true]);
  }
  gateway.answer = () => redirect("http://pay.test/1");
  for (const { visitor, order } of buyers) {
    expect((await visitor.post(`/orders/${order}/pay`, { integration: "page" })).url).toBe("http://pay.test/1");
  }
  const starts = gateway.commands
    .filter(({ kind }) => kind === "start")
    .map((one) => (one as { reference: string }).reference);
  expect(new Set(starts)).toEqual(new Set(buyers.map(({ order }) => order)));
});
