import { join } from "node:path";
import type { ServiceId } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { TestGateway } from "./gateway.ts";
import type { Shop } from "./shop.ts";
import { useShop } from "./use-shop.ts";
import { anOrder, type PayView } from "./views.ts";

interface Migrated {
  readonly html: string;
  readonly plan: readonly string[];
  readonly report: { readonly text: string; readonly problems: readonly string[]; readonly left: number } | null;
}

let shop: Shop;
let gateway: TestGateway;
const { create, order, becomes } = useShop({ hears: true }, async (opened) => {
  ({ shop, gateway } = opened);
  await shop.control("settings", { enabled: "1", completion: "configured", pairing_code: gateway.pairingCode });
});

const look = () => shop.control<Migrated>("migrate");
const press = async () => {
  const { report } = await shop.control<Migrated>("migrate", { press: true });
  if (report === null) throw new Error("no report");
  return report;
};
const transactions = async () => (await gateway.simulator.transactions()).length;
const sent = (kind: string) => gateway.commands.filter((one) => one === kind);

interface Former {
  readonly id: number;
  readonly transaction: ServiceId;
}

/** An order whose buyer was led to the former plugin's payment page, as it leaves it. */
async function anOldOrder({
  status = "on-hold",
  state = "CONFIRMED",
  name = (id: number) => String(id),
  deferred = false,
  customer = 0,
  keeps = false,
} = {}): Promise<Former> {
  const id = await create({ customer });
  const { id: transaction } = await gateway.service.createTransaction({
    currency: "CHF",
    merchantReference: name(id),
    autoConfirmationEnabled: true,
    completionBehavior: deferred ? "COMPLETE_DEFERRED" : "COMPLETE_IMMEDIATELY",
    lineItems: [{ uniqueId: "its-own-id", type: "PRODUCT", name: "All", quantity: "1", amountIncludingTax: "209.00" }],
    ...(customer > 0 && { customerId: String(customer) }),
    ...(keeps && { tokenizationMode: "FORCE_CREATION_WITH_ONE_CLICK_PAYMENT" as const }),
  } as unknown as Parameters<typeof gateway.service.createTransaction>[0]);
  await gateway.service.readPaymentPageUrl(transaction);
  await shop.control("former-order", { id, transaction: Number(transaction), state, status });
  return { id, transaction };
}
const itsWebhook = ({ id, transaction }: Former, state: string) =>
  shop.control<{ did: boolean }>("former-webhook", { id, state, transaction: Number(transaction) });

/** Where a browser ends that opens this address. */
async function open(url: URL): Promise<string> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return response.url;
}

describe("a shop that never had another plugin", () => {
  it("sees nothing of all this", async () => {
    expect(await look()).toMatchObject({ html: "", plan: [expect.stringContaining("There is nothing")] });
    expect(await press()).toMatchObject({ problems: [], left: 0 });
    expect(gateway.commands).toEqual([]);
  });
});

describe("its settings", () => {
  it("are shown before anything is done, and taken over where the owner has not chosen himself", async () => {
    await shop.control("former-install", {
      options: {
        wc_postfinancecheckout_space_id: "70001",
        wc_postfinancecheckout_application_user_key: "its secret",
        wc_postfinancecheckout_integration: "lightbox",
        wc_postfinancecheckout_customer_invoice: "yes",
      },
      methods: { 8001: true, 8002: false },
    });
    const before = await shop.control("former-all");
    const { html, plan } = await look();
    expect(plan.join("\n")).toContain("space 70001");
    expect(plan.join("\n")).toContain("offer = each, integration = lightbox, documents = yes");
    expect(html).toContain("Take over");
    expect(html).not.toContain("its secret");
    expect(await look()).toMatchObject({ plan });

    await press();
    expect((await look()).plan.join("\n")).toContain("Settings to take over: –");
    const offered = await shop.control<{ id: string }[]>("offer", {});
    expect(offered.map(({ id }) => id)).not.toContain("checkout_plugins_postfinance_8002");
    expect(await shop.control("former-all")).toEqual(before);
    await shop.control("settings", { enabled: "1", offer: "one", integration: "page" });
    await press();
    const { settings } = await shop.control<{ settings: Record<string, string> }>("settings", { enabled: "1" });
    expect(settings).toMatchObject({ offer: "one", integration: "page" });
  });
});

describe("an open order of it", () => {
  it("becomes ours, once, and is paid by the page that its buyer has open; both plugins' webhooks come", async () => {
    const old = await anOldOrder();
    expect((await look()).plan.join("\n")).toContain("Open orders to take over: 1");
    expect(gateway.commands).toEqual([]);
    expect(await press()).toMatchObject({ problems: [], left: 0, text: expect.stringContaining("1 orders") });
    expect(sent("adopt")).toHaveLength(1);
    expect(await order(old.id)).toMatchObject({
      status: "on-hold",
      method: "checkout_plugins_postfinance",
      waiting: 0,
    });
    expect((await order(old.id)).methodTitle).toBe("TWINT");
    await press();
    expect(sent("adopt")).toHaveLength(1);

    const before = await transactions();
    shop.forgetEffects();
    await gateway.buyer({ action: "pay" });
    await Promise.all([
      itsWebhook(old, "FULFILL"),
      becomes(old.id, ({ isPaid }) => isPaid),
      itsWebhook(old, "FULFILL"),
    ]);
    expect(await order(old.id)).toMatchObject({ status: "processing", transaction: old.transaction });
    expect(shop.effects().filter((line) => line === `paid ${old.id}`)).toHaveLength(1);
    expect(await transactions()).toBe(before);
  });

  it("is paid by the former plugin's page when its buyer goes on in the shop: nothing is charged twice", async () => {
    const old = await anOldOrder({ status: "pending" });
    const before = await transactions();
    const { result } = await shop.control<PayView>("pay", { id: old.id });
    expect(result).toMatchObject({ result: "success", redirect: expect.stringContaining(`/${old.transaction}`) });
    expect(gateway.commands).toEqual(["adopt", "start"]);
    expect(await transactions()).toBe(before);
    await gateway.buyer({ action: "pay" });
    await becomes(old.id, ({ status }) => status === "processing");
  });

  it("whose buyer had paid before is paid as soon as it is taken over", async () => {
    const old = await anOldOrder({ status: "postfi-waiting", state: "COMPLETED" });
    await gateway.buyer({ action: "pay" });
    await press();
    expect(await order(old.id)).toMatchObject({ status: "processing", isPaid: true, transaction: old.transaction });
  });

  it("leads its buyer on who comes back to the former plugin's address when that is switched off", async () => {
    const old = await anOldOrder();
    await gateway.buyer({ action: "pay" });
    const key = new URL((await order(old.id)).returnUrl).searchParams.get("key");
    const back = new URL(`${shop.url}/?wc-api=postfinancecheckout_return&action=success`);
    back.searchParams.set("order_id", String(old.id));
    back.searchParams.set("order_key", key ?? "");
    expect(await open(back)).toContain("order-received");
    expect(await order(old.id)).toMatchObject({ status: "processing", isPaid: true });
    back.searchParams.set("order_key", "guessed");
    expect(await open(back)).not.toContain("order-received");
  });

  it("whose payment failed is failed, and its goods are free again", async () => {
    const old = await anOldOrder();
    await press();
    await gateway.buyer({ action: "abort" });
    await becomes(old.id, ({ status }) => status === "failed");
    const { result } = await shop.control<PayView>("pay", { id: old.id });
    expect(result.redirect).not.toContain(`/${old.transaction}`);
  });

  it("whose money is reserved is taken and refunded by us, by amount", async () => {
    const old = await anOldOrder({ state: "AUTHORIZED", deferred: true });
    await gateway.buyer({ action: "pay" });
    await press();
    expect(await order(old.id)).toMatchObject({ status: "on-hold", isPaid: false });
    await shop.control("action", { id: old.id, action: "checkout_plugins_complete" });
    await becomes(old.id, ({ isPaid }) => isPaid);
    expect(await shop.control("refund", { id: old.id, amount: "20.90" })).toMatchObject({ id: expect.any(Number) });
    expect((await order(old.id)).refunds).toMatchObject([{ amount: "20.90" }]);
  });
});

describe("an order that cannot be taken over", () => {
  it("stays the former plugin's: another order's transaction, or none of this space", async () => {
    const other = await anOldOrder({ status: "postfi-redirected", name: () => "another order" });
    const id = await create();
    const none: Former = { id, transaction: "123" as ServiceId };
    await shop.control("former-order", { id, transaction: 123, state: "CONFIRMED", status: "on-hold" });
    const before = [await order(other.id), await order(none.id)];
    const { problems, left } = await press();
    expect(problems.join("\n")).toContain(
      `Order ${other.id}: Transaction ${other.transaction} is of the order "another order"`,
    );
    expect(problems.join("\n")).toContain(`Order ${none.id}: Space 70001 has no transaction 123`);
    expect(left).toBe(2);
    expect([await order(other.id), await order(none.id)]).toEqual(before);
    for (const one of [other, none]) {
      expect(await itsWebhook(one, "FULFILL")).toEqual({ did: true });
      expect(await order(one.id)).toMatchObject({ isPaid: true, method: "postfinancecheckout_1" });
    }
  });

  it("is not even looked at when its payment is older than any reservation lasts", async () => {
    const before = (await look()).plan;
    const id = await create();
    const long = { id, transaction: 1, state: "CONFIRMED", status: "cancelled", on: "2024-01-01 00:00:00" };
    await shop.control("former-order", long);
    expect((await look()).plan).toEqual(before);
  });

  it("is still the former plugin's while the gateway is down, and ours later, paid once", async () => {
    const old = await anOldOrder();
    await gateway.buyer({ action: "pay" });
    gateway.answer = () => new Response("Bad gateway", { status: 502 });
    expect((await press()).problems.join()).toContain(`Order ${old.id}`);
    expect(await order(old.id)).toMatchObject({ method: "postfinancecheckout_1", waiting: 1 });
    shop.forgetEffects();
    expect(await itsWebhook(old, "FULFILL")).toEqual({ did: true });
    gateway.answer = undefined;
    await shop.control("again", { id: old.id });
    const view = await order(old.id);
    expect(view).toMatchObject({ method: "checkout_plugins_postfinance", waiting: 0, status: "processing" });
    expect(view.notes.join()).not.toContain("Refund one of the two");
    expect(shop.effects().filter((line) => line === `paid ${old.id}`)).toHaveLength(1);
    expect(gateway.warnings.filter((line) => line.includes("refused"))).toEqual([]);
  });
});

describe("its kept cards and subscriptions", () => {
  it("are ours, and renewals are charged on them", async () => {
    const user = (await shop.control<{ id: number }>("customer", { name: "anna" })).id;
    const old = await anOldOrder({ customer: user, keeps: true });
    const { id: subscription } = await shop.control<{ id: number }>("subscribe", { ...anOrder, parent: old.id });
    await gateway.buyer({ action: "pay", card: "4111111111111111", keep: true });
    const { token } = await gateway.service.readTransaction(old.transaction);
    await shop.control("former-token", { customer: user, token: Number(token), subscription });
    const before = await shop.control("former-all");
    expect((await look()).plan.join("\n")).toContain("Subscriptions to take over: 1");

    expect(await press()).toMatchObject({ left: 0, problems: [] });
    expect(await shop.control("means", { id: subscription })).toEqual({
      means: token,
      method: "checkout_plugins_postfinance",
    });
    await shop.control("settings", { enabled: "1", save: "1", offer: "one", integration: "page" });
    expect((await shop.control<{ tokens: number[] }>("kept", { user })).tokens).toHaveLength(1);
    const { id: renewal } = await shop.control<{ id: number }>("renewal", { ...anOrder, parent: old.id, subscription });
    await shop.control("due", { id: renewal });
    await becomes(renewal, ({ isPaid }) => isPaid);
    await press();
    expect((await shop.control<{ tokens: number[] }>("kept", { user })).tokens).toHaveLength(1);
    expect(await shop.control("former-all")).toEqual(before);
  });

  it("whose means the gateway does not know stay the former plugin's", async () => {
    const user = (await shop.control<{ id: number }>("customer", { name: "beat" })).id;
    const parent = await create({ customer: user });
    const { id: subscription } = await shop.control<{ id: number }>("subscribe", { ...anOrder, parent });
    await shop.control("former-token", { customer: user, token: 123, subscription });
    expect((await press()).problems.join()).toContain("does not know its means of payment 123");
    expect(await shop.control("means", { id: subscription })).toEqual({ means: "", method: "postfinancecheckout_1" });
  });
});

describe("wp checkout-plugins migrate", () => {
  it("says what there is, and does it", async () => {
    const old = await anOldOrder();
    const cli = join(import.meta.dirname, "wordpress/cli.php");
    expect(await shop.php(cli, "migrate", "--dry-run")).toContain("Open orders to take over: 1");
    expect(await order(old.id)).toMatchObject({ method: "postfinancecheckout_1" });
    expect(await shop.php(cli, "migrate")).toMatch(/Success: Taken over: 1 orders/);
    expect(await order(old.id)).toMatchObject({ method: "checkout_plugins_postfinance" });
    expect(shop.complaints()).toEqual([]);
  });
});
