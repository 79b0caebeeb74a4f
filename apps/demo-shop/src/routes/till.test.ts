import type { CommandResult, ShopCommand } from "@checkout-plugins/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { toChf } from "../money.ts";
import type { DemoShop } from "../shop.ts";
import { openShopWithOrder, type TestGateway, tell, toPayment, type Visitor } from "../testing.ts";

let gateway: TestGateway;
let shop: DemoShop;
let visitor: Visitor;
let order: string;
beforeEach(async () => {
  ({ gateway, shop, visitor, order } = await openShopWithOrder());
});
afterEach(() => gateway.close());

const kasse = { id: "380001", identifier: "30012345", name: "Kasse 1", currency: "CHF", isReady: true };
const other = { ...kasse, id: "380002", name: "Kasse 2", isReady: false };
const answers = (answer: unknown): CommandResult => ({ kind: "successful", answer, payment: null }) as CommandResult;
const pending: CommandResult = { kind: "pending", operation: null, payment: null };
const refused = (code: string) =>
  ({
    kind: "failed",
    failure: { code, publicMessage: "No.", merchantMessage: "Terminal 380001 is busy.", serviceReason: null },
    payment: null,
  }) as CommandResult;

/** Answers by kind; what is not named is an empty list. */
function answering(known: Partial<Record<ShopCommand["kind"], CommandResult | "silence" | "crash">>) {
  gateway.answer = ({ kind }) => known[kind] ?? answers(kind === "terminals" ? [kasse] : []);
}
const at = (isStopped: boolean) => ({
  ...toPayment(order, { standing: "open", state: "processing" }),
  governing: { ...toPayment(order, { state: "processing" }).governing, terminal: { id: kasse.id, isStopped } },
});

describe("the till", () => {
  it("lets a terminal be chosen where there are several, and says which is not ready", async () => {
    answering({ terminals: answers([kasse, other]) });
    const { html } = await visitor.get("/merchant/till?language=de");
    expect(html).toMatch(/<option value="380001" selected>Kasse 1<\/option>/);
    expect(html).toContain("Kasse 2 (nicht bereit)");
    expect(html).toMatch(/CHF\s55\.00 am Terminal bezahlen/);
  });

  it("says what is missing, and stays usable without the gateway", async () => {
    answering({ terminals: answers([]) });
    expect((await visitor.get("/merchant/till?language=de")).html).toContain("noch kein Terminal");
    answering({ terminals: "crash" });
    expect((await visitor.get("/merchant/till?language=de")).html).toContain("Es kam keine Antwort");
  });

  it("sends the order to the terminal, and shows that it waits", async () => {
    answering({ terminal: { ...pending, payment: at(false) as never } });
    const { url, html } = await visitor.post(`/merchant/till/orders/${order}/start`, { terminal: kasse.id });
    expect(url).toContain(`/merchant/till/orders/${order}`);
    expect(html).toContain('data-waiting="yes"');
    expect(gateway.commands[0]).toMatchObject({
      kind: "terminal",
      reference: order,
      terminal: kasse.id,
      order: { total: toChf(5500) },
    });
  });

  it.each([
    [refused("notPossibleNow"), "Terminal 380001 is busy."],
    ["crash", "No answer came."],
  ] as const)("says what kept it from being asked: %j", async (answer, text) => {
    answering({ terminal: answer });
    const { status, html } = await visitor.post(
      `/merchant/till/orders/${order}/start`,
      { terminal: kasse.id },
      {
        "accept-language": "en",
      },
    );
    expect([status, html.includes(text)]).toEqual([422, true]);
  });

  it("stops, and leads on from there", async () => {
    answering({ terminalStop: { ...pending, payment: at(true) as never } });
    const { html } = await visitor.post(`/merchant/till/orders/${order}/stop`, {}, { "accept-language": "de" });
    expect(html).toContain("Die Kasse wartet nicht mehr");
    expect(html).toMatch(/CHF\s55\.00 am Terminal bezahlen/);
  });

  it("hands out receipts of what a terminal took", async () => {
    const receipt = {
      mimeType: "application/pdf",
      title: "Receipt",
      base64: "JVBERg==",
      for: "buyer",
      isPrinted: true,
    };
    answering({ terminalReceipts: answers([receipt]) });
    const paid = toPayment(order, { tip: toChf(200) });
    await tell(shop, {
      ...paid,
      governing: { ...paid.governing, terminal: { id: kasse.id, isStopped: false } },
    } as never);
    const { html } = await visitor.get(`/merchant/till/orders/${order}?language=de`);
    expect(html).toMatch(/Dazu CHF\s2\.00 Trinkgeld\./);
    expect(html).toContain("vom Terminal gedruckt");
    const read = await visitor.get(`/merchant/till/orders/${order}/receipts/0`);
    expect([read.headers.get("content-type"), read.html]).toEqual(["application/pdf", "%PDF"]);
    expect((await visitor.get(`/merchant/till/orders/${order}/receipts/1`)).status).toBe(404);
  });
});

describe("the end of the day", () => {
  const day = { id: "995001", terminal: kasse.id, startedOn: null, endedOn: "2026-02-03T18:00:00.000Z", count: 2 };
  const balance = { ...day, totals: [toChf(7300)], brands: [] };

  it("is ended after the newest balance that was seen", async () => {
    answering({ finalBalances: answers([balance]), finalBalance: answers({ ...balance, id: "995002" }) });
    const { html } = await visitor.get("/merchant/till?language=de");
    expect(html).toMatch(/CHF\s73\.00/);
    expect(html).toContain('name="after" value="995001"');
    await visitor.post("/merchant/till/day", { terminal: kasse.id, after: "995001", again: "no" });
    expect(gateway.commands.find(({ kind }) => kind === "finalBalance")).toMatchObject({
      terminal: kasse.id,
      after: "995001",
      again: false,
    });
  });

  it.each([[pending], ["crash"]] as const)(
    "is unknown after %j, and only a person triggers it again",
    async (answer) => {
      answering({ finalBalance: answer });
      const { status, html } = await visitor.post(
        "/merchant/till/day",
        { terminal: kasse.id, after: "" },
        {
          "accept-language": "de",
        },
      );
      expect([status, html.includes("dabei wird nichts ausgelöst")]).toEqual([422, true]);
      await visitor.post("/merchant/till/day", { terminal: kasse.id, after: "", again: "yes" });
      const sent = gateway.commands.filter(({ kind }) => kind === "finalBalance");
      expect(sent).toMatchObject([
        { after: null, again: false },
        { after: null, again: true },
      ]);
    },
  );

  it("says why it cannot be ended now, and has a slip", async () => {
    const slip = answers({ mimeType: "application/pdf", title: "Final balance", base64: "JVBERg==" });
    answering({ finalBalance: refused("notPossibleNow"), finalBalanceSlip: slip });
    const { html } = await visitor.post("/merchant/till/day", { terminal: kasse.id });
    expect(html).toContain("Terminal 380001 is busy.");
    expect((await visitor.get("/merchant/till/days/995001")).html).toBe("%PDF");
  });
});
