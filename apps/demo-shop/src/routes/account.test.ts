import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createTestShop,
  createVisitorOf,
  placeOrder,
  startGateway,
  type TestGateway,
  type Visitor,
} from "../testing.ts";

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

const card = {
  id: "940001",
  label: "Visa 4111 11** **** 1111",
  method: null,
  image: null,
  expiresOn: "2028-12-31T22:59:59.000Z",
} as never;
const failure = { code: "unknownMeans", publicMessage: "", merchantMessage: "", serviceReason: null } as const;
const done = { kind: "successful", answer: null, payment: null } as const;

/** One who has ordered, so that the shop knows him; what he asked for his order is forgotten. */
async function aCustomer(): Promise<Visitor> {
  const visitor = createVisitorOf(createTestShop(gateway.url));
  await placeOrder(visitor);
  return visitor;
}
const asked = (kind: string) => gateway.commands.filter((command) => command.kind === kind);

describe("the account", () => {
  it("of a visitor who never ordered is empty, and nobody is asked", async () => {
    const page = await createVisitorOf(createTestShop(gateway.url)).get("/account?language=en");
    expect(page.html).toContain("You have not saved a card.");
    expect(gateway.commands).toEqual([]);
  });

  it("lets a customer keep a card, under the name that his orders carry too", async () => {
    const visitor = await aCustomer();
    const [start] = asked("start") as { order: { customer: { id: string } }; store: boolean }[];
    expect(start).toMatchObject({ store: true, order: { customer: { id: expect.stringMatching(/./) } } });
    gateway.answer = () => ({ kind: "successful", answer: [card], payment: null });
    const page = await visitor.get("/account");
    expect(page.html).toContain("Visa 4111 11** **** 1111");
    expect(page.html).toContain("Gültig bis 12/2028");
    expect(page.html).toContain('aria-label="Visa 4111 11** **** 1111 entfernen"');
    expect(asked("stored")).toEqual([{ kind: "stored", customer: start?.order.customer.id, test: true }]);
  });

  it("forgets a card when he wants that, and only asks for his own", async () => {
    const visitor = await aCustomer();
    gateway.answer = ({ kind }) => (kind === "stored" ? { kind: "successful", answer: [], payment: null } : done);
    const page = await visitor.post("/account/forget", { means: "940001", customer: "somebody-else" });
    expect(page.url).toContain("/account?removed=yes");
    expect(page.html).toContain("Die Karte ist entfernt.");
    const [start] = asked("start") as { order: { customer: { id: string } } }[];
    const customer = start?.order.customer.id;
    expect(asked("forget")).toEqual([{ kind: "forget", customer, means: "940001", test: true }]);
  });

  it("says so when a card is not there any more", async () => {
    const visitor = await aCustomer();
    gateway.answer = ({ kind }) =>
      kind === "stored"
        ? { kind: "successful", answer: [card], payment: null }
        : { kind: "failed", failure, payment: null };
    const page = await visitor.post("/account/forget", { means: "940009" });
    expect(page.html).toContain("Diese Karte gibt es nicht mehr.");
    expect(page.html).toContain("Visa 4111 11** **** 1111");
  });

  it("does not say “none” when nobody answers", async () => {
    const visitor = await aCustomer();
    gateway.answer = () => "crash";
    for (const page of [await visitor.get("/account"), await visitor.post("/account/forget", { means: "1" })]) {
      expect(page.status).toBe(503);
      expect(page.html).toContain("im Moment nicht erreichbar");
      expect(page.html).not.toContain("keine Karte gespeichert");
    }
  });

  it("cannot be changed by a form of another site", async () => {
    const visitor = await aCustomer();
    const page = await visitor.post("/account/forget", { means: "940001" }, { origin: "https://evil.example" });
    expect(page.status).toBe(403);
    expect(asked("forget")).toEqual([]);
  });
});
