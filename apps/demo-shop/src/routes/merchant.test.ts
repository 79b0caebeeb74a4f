import { explainFinding } from "@checkout-plugins/knowledge";
import { commandSchema, GatewayError } from "@checkout-plugins/shop-protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { languages } from "../language.ts";
import { toChf } from "../money.ts";
import type { DemoShop } from "../shop.ts";
import {
  createTestShop,
  createVisitorOf,
  openShopWithOrder,
  placeOrder,
  type TestGateway,
  tell,
  toPayment,
  type Visited,
  type Visitor,
} from "../testing.ts";
import { toMerchantText } from "../text/merchant.ts";

let gateway: TestGateway;
let shop: DemoShop;
let visitor: Visitor;
let id: string;
beforeEach(async () => {
  ({ gateway, shop, visitor, order: id } = await openShopWithOrder());
});
afterEach(() => gateway.close());

const keyOf = (html: string, kind: string): string =>
  new RegExp(`/${kind}" data-once="[^"]*">\\s*<input type="hidden" name="key" value="([^"]+)"`).exec(html)?.[1] ?? "";
const failure = {
  code: "exceedsAmount",
  publicMessage: "Sorry.",
  merchantMessage: "CHF 9.00 are left.",
  serviceReason: null,
} as const;
const open = (): Promise<Visited> => visitor.get(`/merchant/orders/${id}`);
const wish = (kind: string, form: Record<string, string>): Promise<Visited> =>
  visitor.post(`/merchant/orders/${id}/${kind}`, form);

describe("the merchant's pages", () => {
  it("list what there is, and say that they have no password", async () => {
    await tell(shop, toPayment(id));
    const { html } = await visitor.get("/merchant");
    for (const text of ["BF-10001", "Anna Müller", "PostFinance Card", "kein Passwort"]) expect(html).toContain(text);
    const empty = await createVisitorOf(createTestShop(gateway.url)).get("/merchant");
    expect(empty.html).toContain("Noch keine Bestellung");
  });

  it("offer no button for what is not possible", async () => {
    expect((await open()).html).toContain("Im Moment nichts");
    await tell(shop, toPayment(id));
    const { html } = await open();
    expect(html).toContain(`action="/merchant/orders/${id}/refund"`);
    expect(html).not.toMatch(/action="[^"]*\/(?:complete|void|review)"/);
  });

  it("explain every finding: what happened, what to do, whom to call", async () => {
    const detail = "Transaction 900002 paid too.";
    const findings = [{ key: "double:2", kind: "doublePayment", detail, amount: toChf(5500) }] as const;
    await tell(shop, toPayment(id, { findings }));
    const { html } = await open();
    const { whatHappened, whatToDo, whomToCall } = explainFinding("doublePayment", "de");
    for (const text of [whatHappened, whatToDo, whomToCall, detail]) expect(html).toContain(text);
  });

  it("say of an order that must not be delivered what to do with the money", async () => {
    const declined = { standing: "declined", mayShip: false } as const;
    await tell(shop, toPayment(id, declined));
    expect((await open()).html).toMatch(/Liefern Sie diese Bestellung nicht\..*CHF.55\.00 liegen noch bei Ihnen/s);
    await tell(shop, toPayment(id, { ...declined, revision: 2, refunded: toChf(5500) }));
    const { html } = await open();
    expect(html).toContain("Liefern Sie diese Bestellung nicht.");
    expect(html).not.toContain("liegen noch bei Ihnen");
  });

  it("change how the next buyer pays", async () => {
    await visitor.post("/merchant/settings", { integration: "lightbox", completion: "deferred" });
    await visitor.post(`/orders/${id}/pay`, {});
    await visitor.post("/merchant/settings", { integration: "carrier pigeon" });
    await visitor.post(`/orders/${id}/pay`, {});
    const chosen = { integration: "lightbox", completion: "deferred" };
    expect(gateway.commands).toMatchObject([chosen, chosen]);
  });

  it("show the mails that went out", async () => {
    await tell(shop, toPayment(id));
    expect((await visitor.get("/merchant/mails")).html).toContain("BF-10001 → anna@example.ch");
  });

  describe("say whom to call", () => {
    const call = async (language: string): Promise<string> => {
      const { html } = await visitor.get(`/merchant/orders/${id}?language=${language}`);
      return /<section[^>]* id="call">.*?<\/section>/s.exec(html)?.[0] ?? "";
    };
    const card = (brand: string | null) => ({ id: "1", name: "Kredit-/Debitkarte", brand }) as never;
    const links = (html: string): string[] => [...html.matchAll(/href="([^"]*)"/g)].map(([, href = ""]) => href);
    const postFinance = ["tel:+41848382423", "mailto:checkout@postfinance.ch"];
    const [worldline, concardis] = [
      ["tel:+41848832000", "mailto:cs.ecom@worldline.com"],
      ["tel:+41582205858", "mailto:servicech@nets.eu"],
    ] as const;

    it("before there is a payment of nobody", async () => {
      expect(await call("de")).toBe("");
    });

    it.each(languages)("about a Visa card: its acquirers, and of which day that is: %s", async (language) => {
      await tell(shop, toPayment(id, { method: card("Visa") }));
      const html = await call(language);
      const { call: say } = toMerchantText(language);
      expect(links(html)).toEqual([...worldline, ...concardis]);
      for (const text of [say.title, "Worldline (SIX)", "0848 83 20 00", "Wallee/Snapswap", say.noContact, say.asOf]) {
        expect(html).toContain(text);
      }
      expect(html).toContain(say.about.replace("{methods}", "Visa"));
      expect(html).toContain(say.only.replace("{product}", "Checkout All-in-One"));
      expect(html).toMatch(/<time datetime="20\d\d-\d\d-\d\d">/);
      expect(html).not.toContain("Swisscard");
    });

    it.each(languages)("about a card whose brand nobody told: those of every brand: %s", async (language) => {
      await tell(shop, toPayment(id, { method: card(null) }));
      const html = await call(language);
      expect(links(html)).toEqual([
        ...worldline,
        ...concardis,
        "tel:+41446596444",
        "mailto:partner.service@swisscard.ch",
      ]);
      expect(html).toContain(toMerchantText(language).call.about.replace("{methods}", "American Express"));
    });

    it.each(languages)("about a method that is not known: nobody is guessed: %s", async (language) => {
      for (const [index, method] of [{ id: "1", name: "Direct Debit", brand: null }, card("JCB"), null].entries()) {
        await tell(shop, toPayment(id, { revision: index + 1, method: method as never }));
        const html = await call(language);
        expect(html).toContain(toMerchantText(language).call.unknown);
        expect(links(html)).toEqual(postFinance);
      }
    });

    it.each(languages)("about a sale at the till: the counter's contact: %s", async (language) => {
      const { governing } = toPayment(id);
      const terminal = { id: "1", isStopped: false } as never;
      await tell(shop, toPayment(id, { method: card("Visa"), governing: governing && { ...governing, terminal } }));
      const html = await call(language);
      expect(links(html)).toEqual([worldline[0], "mailto:customerservice@worldline.com", ...concardis]);
      expect(html).not.toContain("Wallee/Snapswap");
    });
  });

  it("know no other order and no other wish", async () => {
    expect((await visitor.get("/merchant/orders/none")).status).toBe(404);
    expect((await wish("steal", {})).status).toBe(404);
  });
});

describe("a wish of the merchant", () => {
  beforeEach(async () => {
    await tell(shop, toPayment(id));
  });

  it("goes out once however often the form is sent, and shows what came of it", async () => {
    const key = keyOf((await open()).html, "refund");
    gateway.answer = () => ({ kind: "pending", operation: null, payment: null });
    const form = { key, part: "amount", amount: "10.00", reason: "scratched" };
    const { html } = await wish("refund", form);
    await wish("refund", form);
    expect(gateway.commands).toHaveLength(1);
    expect(commandSchema.safeParse(gateway.commands[0]).success).toBe(true);
    const sent = { kind: "refund", reference: id, shopKey: key, amount: toChf(1000), reason: "scratched" };
    expect(gateway.commands[0]).toMatchObject(sent);
    expect(html).toContain("unterwegs");
    expect(html).not.toContain("ausgeführt<");
  });

  it("is written down before anybody is asked", async () => {
    const written: unknown[] = [];
    gateway.answer = () => {
      written.push(...(shop.orders.find(id)?.requests ?? []));
      return "crash";
    };
    await wish("refund", { key: "k", part: "all" });
    expect(written).toMatchObject([{ key: "k", outcome: { kind: "unknown" } }]);
  });

  it("says of no answer that nobody knows, and asks again with the same key", async () => {
    gateway.answer = () => "crash";
    const key = keyOf((await open()).html, "refund");
    const unknown = await wish("refund", { key, part: "all" });
    expect(unknown.html).toContain("unbekannt");
    expect(unknown.html).toContain("Noch einmal fragen");
    gateway.answer = () => ({ kind: "failed", failure, payment: null });
    const refused = await wish("again", { key });
    expect(refused.html).toContain("CHF 9.00 are left.");
    expect(refused.html).not.toContain("Noch einmal fragen");
    expect(gateway.commands.map((command) => "shopKey" in command && command.shopKey)).toEqual([key, key]);
  });

  it("says of an answer that it cannot read that nobody knows: it may have been carried out", async () => {
    gateway.answer = () => ({ of: "another version" }) as never;
    await wish("refund", { key: "k", part: "all" });
    expect(shop.orders.find(id)?.requests).toMatchObject([{ key: "k", outcome: { kind: "unknown" } }]);
  });

  it.each(languages)(
    "says of a refusal without a code what to do, and the gateway's own words below: %s",
    async (language) => {
      const details = { code: "signature", id: "m", status: 401, gatewayCode: null, publicMessage: null } as const;
      const run = async () => {
        throw new GatewayError("The secret is another one.", details);
      };
      const stranger = createTestShop(gateway.url, { gateway: { run } });
      const owner = createVisitorOf(stranger);
      const order = await placeOrder(owner);
      await tell(stranger, toPayment(order));
      await owner.post(`/merchant/orders/${order}/refund`, { key: "k", part: "all" });
      const { html } = await owner.get(`/merchant/orders/${order}?language=${language}`);
      expect(html).toContain(`<span class="mistake">${toMerchantText(language).notAccepted}</span>`);
      expect(html).toContain('<span lang="en">The secret is another one.</span>');
    },
  );

  it("becomes the operation that the payment tells, and is not shown beside it", async () => {
    const key = keyOf((await open()).html, "refund");
    gateway.answer = () => ({ kind: "pending", operation: null, payment: null });
    await wish("refund", { key, part: "all" });
    const operation = {
      key: "command-1",
      kind: "refund",
      origin: "shop",
      attempt: "attempt-1",
      shopKeys: [key],
      serviceId: null,
      externalId: "e",
      amount: toChf(5500),
      lines: null,
      state: "failed",
      failure,
      on: "2026-02-03T09:00:00.000Z",
    } as never;
    await tell(shop, toPayment(id, { revision: 2, operations: [operation] }));
    const { html } = await open();
    expect(html.match(/<strong>Rückzahlung<\/strong>/g)).toHaveLength(1);
    expect(html).toContain("nicht ausgeführt");
    expect(html).toContain("CHF 9.00 are left.");
  });

  it("is not sent when it cannot be", async () => {
    const { status, html } = await wish("refund", { key: "k", part: "amount", amount: "99" });
    expect(status).toBe(422);
    expect(html).toContain("mehr, als möglich ist");
    expect((await wish("complete", { key: "k", part: "all" })).html).toContain("nicht mehr möglich");
    expect((await wish("again", { key: "never" })).status).toBe(422);
    expect(gateway.commands).toEqual([]);
  });

  it("reaches the gateway as a command of the contract, whatever it is", async () => {
    gateway.answer = () => ({ kind: "pending", operation: null, payment: null });
    const review = { state: "open", decideBy: null } as const;
    await tell(shop, toPayment(id, { revision: 2, standing: "authorized", completed: toChf(0), review }));
    await wish("complete", { key: "c", part: "lines", "pieces.enamel-mug": "1" });
    await wish("void", { key: "v" });
    await wish("review", { key: "r", decision: "notSuitable" });
    expect(gateway.commands.map((command) => command.kind)).toEqual(["complete", "void", "review"]);
    for (const command of gateway.commands) expect(commandSchema.safeParse(command).success).toBe(true);
  });
});
