import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Payment } from "@checkout-plugins/core";
import { type ShowMessage, signMessage } from "@checkout-plugins/shop-protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { toPairingCode } from "../src/index.ts";
import { secret } from "./gateway.ts";
import { whyNoShop } from "./programs.ts";
import { createShop, type Shop } from "./shop.ts";
import { anOrder, type OrderView } from "./views.ts";

const vectors = new URL("../../shop-protocol/vectors/show.json", import.meta.url);
const { messages } = JSON.parse(readFileSync(vectors, "utf8")) as {
  readonly messages: readonly { readonly message: ShowMessage }[];
};
const paidOnce = messages[1]?.message.payment as Payment;
const chf = (minor: number): Payment["amount"] => ({ minor, currency: "CHF" as Payment["amount"]["currency"] });

const why = whyNoShop();
let shop: Shop;
beforeAll(async () => {
  if (why !== null) return;
  shop = await createShop();
  const pairing_code = toPairingCode({ gatewayUrl: "http://127.0.0.1:9", shopId: "shop", secret });
  await shop.control("settings", {
    enabled: "1",
    complete_on: "completed",
    authorized_status: "on-hold",
    pairing_code,
  });
});
afterAll(async () => shop?.close());
beforeEach(({ skip }) => {
  if (why !== null) skip(why);
  shop.forgetEffects();
});

/** An order that was handed to the gateway, which was down: nothing is known of its payment yet. */
async function create(): Promise<number> {
  const { id } = await shop.control<{ id: number }>("create", anOrder);
  await shop.control("pay", { id });
  return id;
}
const order = (id: number) => shop.control<OrderView>("order", { id });

function aPayment(id: number, changes: Partial<Payment> = {}): Payment {
  const whole = chf(20900);
  const amounts = { amount: whole, authorized: whole, completed: whole, refunded: chf(0) };
  return { ...paidOnce, reference: `order-${id}` as Payment["reference"], ...amounts, operations: [], ...changes };
}

function refundOf(
  key: string,
  state: "pending" | "successful" | "failed",
  minor: number,
  shopKeys: readonly string[] = [],
) {
  const [operation] = paidOnce.operations;
  if (operation === undefined) throw new Error("the vector has no refund");
  const failure = {
    code: "temporary",
    publicMessage: "",
    merchantMessage: "The account is empty.",
    serviceReason: null,
  } as const;
  return {
    ...operation,
    key: key as typeof operation.key,
    shopKeys: shopKeys as typeof operation.shopKeys,
    amount: chf(minor),
    lines: null,
    state,
    failure: state === "failed" ? failure : null,
  };
}

async function post(body: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(shop.doorUrl, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body });
}
function sign(body: string, id: string = randomUUID(), now = Date.now()): Readonly<Record<string, string>> {
  return { ...signMessage({ id, now, body, secrets: [secret] }) };
}
async function tell(payment: Payment): Promise<{ readonly status: number; readonly body: unknown }> {
  const body = JSON.stringify({ kind: "showPayment", payment, receipt: null });
  const response = await post(body, sign(body));
  return { status: response.status, body: await response.json() };
}

describe("the door", () => {
  it("refuses what is not signed, altered, too old, or sent twice", async () => {
    const body = JSON.stringify({ kind: "showPayment", payment: aPayment(await create()), receipt: null });
    const fault = async (response: Promise<Response>): Promise<string> => {
      const answer = await response;
      const { error } = (await answer.json()) as { error: { code: string; message: string } };
      return `${answer.status} ${error.code}: ${error.message}`;
    };
    expect(await fault(post(body, {}))).toMatch(/^401 badSignature: Send the headers/);
    expect(await fault(post(`${body} `, sign(body)))).toMatch(/^401 badSignature: No signature fits/);
    expect(await fault(post(body, sign(body, "old", Date.now() - 400_000)))).toMatch(
      /^401 badSignature: .*behind this shop's/,
    );
    const once = sign(body, "once");
    expect((await post(body, once)).status).toBe(200);
    expect(await fault(post(body, once))).toMatch(/^401 badSignature: The message once was received before/);
    expect(await fault(post("[]", sign("[]")))).toMatch(/^400 badRequest: .*kind/);
  });

  it("refuses a state of a later version by its name, and changes nothing", async () => {
    const id = await create();
    const answer = await tell(aPayment(id, { standing: "shipped" as never }));
    expect(answer).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('"shipped"') } } });
    expect((await order(id)).status).toBe("pending");
  });

  it("shows a payment once, answers what is shown, and refuses a lower revision", async () => {
    const id = await create();
    const receipt = { revision: 5, status: "processing" };
    expect(await tell(aPayment(id, { revision: 5 }))).toEqual({ status: 200, body: { kind: "shown", receipt } });
    expect(await tell(aPayment(id, { revision: 5 }))).toEqual({ status: 200, body: { kind: "unchanged", receipt } });
    expect(await tell(aPayment(id, { revision: 4, standing: "failed" }))).toEqual({
      status: 200,
      body: { kind: "unchanged", receipt },
    });
    expect(shop.effects()).toEqual([`status ${id} pending processing`, `paid ${id}`]);
  });

  it("takes fifty deliveries at the same time as one", async () => {
    const id = await create();
    const payment = aPayment(id, {
      revision: 7,
      refunded: chf(500),
      operations: [refundOf("cmd_50", "successful", 500)],
    });
    const answers = await Promise.all(Array.from({ length: 50 }, () => tell(payment)));
    const kinds = answers.map(({ status, body }) =>
      status === 200 ? (body as { kind: string }).kind : `status ${status}`,
    );
    expect(kinds.filter((kind) => kind === "shown")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "unchanged")).toHaveLength(49);
    expect(shop.effects()).toEqual([`status ${id} pending processing`, `paid ${id}`, `refunded ${id}`]);
    const { refunds, notes } = await order(id);
    expect(refunds).toMatchObject([{ amount: "5.00", operation: "cmd_50" }]);
    expect(notes.filter((note) => note.includes("paid with"))).toHaveLength(1);
  });

  it.each([
    ["after the status was set", "status"],
    ["after it was paid", "paid"],
    ["after a note was written", "note"],
    ["after the refund was entered", "refunded"],
    ["between effect and answer", "answer"],
  ])("heals after being killed %s", async (_name, place) => {
    const id = await create();
    const payment = aPayment(id, {
      revision: 3,
      refunded: chf(500),
      operations: [refundOf("cmd_1", "successful", 500)],
    });
    shop.killAt(place);
    await expect(tell(payment)).rejects.toThrow();
    expect(shop.hasKilled()).toBe(true);
    expect(await tell(payment)).toMatchObject({
      status: 200,
      body: { kind: place === "answer" ? "unchanged" : "shown" },
    });
    const healed = await order(id);
    expect(healed).toMatchObject({
      status: "processing",
      isPaid: true,
      revision: "3",
      refunds: [{ amount: "5.00", operation: "cmd_1" }],
    });
    expect(healed.notes.filter((note) => note.includes("paid with"))).toHaveLength(1);
    expect(shop.effects().filter((line) => line === `status ${id} pending processing`)).toHaveLength(1);
    expect(shop.effects().filter((line) => line === `paid ${id}`).length).toBeLessThanOrEqual(1);
  });

  it("answers that an order is gone", async () => {
    expect(await tell(aPayment(999999))).toMatchObject({ status: 200, body: { kind: "refused", reason: "orderGone" } });
    const id = await create();
    await shop.control("delete", { id });
    expect(await tell(aPayment(id))).toMatchObject({ body: { kind: "refused", reason: "orderGone" } });
  });

  it("touches no order that was not handed to the gateway", async () => {
    const { id } = await shop.control<{ id: number }>("create", anOrder);
    expect(await tell(aPayment(id))).toMatchObject({ body: { kind: "refused", reason: "orderGone" } });
    expect((await order(id)).status).toBe("pending");
  });
});

describe("a standing", () => {
  it.each([
    ["authorized", {}, "on-hold", false],
    ["paid", {}, "processing", true],
    ["paid", { mayShip: false }, "on-hold", true],
    ["failed", {}, "failed", false],
    ["voided", {}, "cancelled", false],
    ["declined", { mayShip: false }, "on-hold", false],
    ["held", { mayShip: false }, "on-hold", false],
    ["open", {}, "pending", false],
    ["open", { slow: true }, "on-hold", false],
  ] as const)("%s %j is the status %s", async (standing, changes, status, isPaid) => {
    const id = await create();
    await tell(aPayment(id, { standing, ...changes, revision: 1 }));
    expect(await order(id)).toMatchObject({ status, isPaid });
  });

  it("paid without leave to ship becomes processing when it may ship, with one payment", async () => {
    const id = await create();
    await tell(aPayment(id, { revision: 1, mayShip: false }));
    await tell(aPayment(id, { revision: 2, mayShip: true }));
    expect(await order(id)).toMatchObject({ status: "processing", isPaid: true });
    expect(shop.effects().filter((line) => line === `paid ${id}`)).toHaveLength(1);
  });

  it("failed does not touch an order that a person has moved on", async () => {
    const id = await create();
    await shop.control("status", { id, status: "processing" });
    await tell(aPayment(id, { standing: "failed", revision: 1 }));
    expect((await order(id)).status).toBe("processing");
  });

  it("failed does not touch an order that is paid another way now; money of ours does", async () => {
    const id = await create();
    await shop.control("method", { id, method: "bacs" });
    await tell(aPayment(id, { standing: "failed", revision: 1 }));
    expect(await order(id)).toMatchObject({ status: "pending", method: "bacs" });
    await tell(aPayment(id, { standing: "paid", revision: 2 }));
    expect(await order(id)).toMatchObject({ status: "processing", method: "checkout_plugins_postfinance" });
  });

  it("paid on an order that another means has paid is refused, so that a person decides", async () => {
    const id = await create();
    await shop.control("method", { id, method: "bacs" });
    await shop.control("status", { id, status: "processing" });
    expect(await tell(aPayment(id, { revision: 1 }))).toMatchObject({
      body: { kind: "refused", reason: "changedByMerchant" },
    });
  });

  it("held is told to a person with what is wrong", async () => {
    const id = await create();
    const finding = {
      key: "wrongAmount:att_1",
      kind: "wrongAmount",
      detail: "CHF 1.00 was paid.",
      amount: chf(100),
    } as const;
    await tell(aPayment(id, { standing: "held", mayShip: false, revision: 1, findings: [finding] }));
    const { notes } = await order(id);
    expect(
      notes.filter((note) => note.includes("Another amount was paid than agreed. CHF 1.00 was paid.")),
    ).toHaveLength(1);
  });
});

describe("a refund", () => {
  it("made elsewhere is entered once, and the whole amount makes the order refunded", async () => {
    const id = await create();
    await tell(aPayment(id, { revision: 1 }));
    const part = refundOf("refund:1", "successful", 900);
    await tell(aPayment(id, { revision: 2, operations: [part] }));
    expect(await order(id)).toMatchObject({ status: "processing", refunds: [{ amount: "9.00" }] });
    await tell(aPayment(id, { revision: 3, operations: [part, refundOf("refund:2", "successful", 20000)] }));
    const whole = await order(id);
    expect(whole).toMatchObject({ status: "refunded" });
    expect(whole.refunds).toHaveLength(2);
  });

  it("told as done and then failed is taken back, with the order's status", async () => {
    const id = await create();
    await tell(aPayment(id, { revision: 1 }));
    const { id: row } = await shop.control<{ id: number }>("refund", { id, amount: "209.00", pays: false });
    expect((await order(id)).status).toBe("refunded");
    await tell(aPayment(id, { revision: 2, operations: [refundOf("cmd_9", "pending", 20900, [`refund-${row}`])] }));
    expect(await order(id)).toMatchObject({ refunds: [{ id: row, operation: "cmd_9" }] });
    await tell(aPayment(id, { revision: 3, operations: [refundOf("cmd_9", "failed", 20900, [`refund-${row}`])] }));
    const undone = await order(id);
    expect(undone).toMatchObject({ status: "processing", refunds: [] });
    expect(undone.notes.some((note) => note.includes("were not paid back: The account is empty."))).toBe(true);
  });

  it("of the same amount as another one has a note of its own", async () => {
    const id = await create();
    await tell(aPayment(id, { revision: 1 }));
    const [one, other] = [refundOf("refund:1", "successful", 500), refundOf("refund:2", "successful", 500)];
    await tell(aPayment(id, { revision: 2, operations: [one] }));
    await tell(aPayment(id, { revision: 3, operations: [one, other] }));
    expect((await order(id)).notes.filter((note) => note.includes("CHF 5.00 paid back"))).toHaveLength(2);
  });

  it("of a double payment is noted, and is none of the order", async () => {
    const id = await create();
    const second = { ...refundOf("cmd_d", "successful", 20900), origin: "core", attempt: "att_2" } as never;
    await tell(aPayment(id, { revision: 1, operations: [second] }));
    const kept = await order(id);
    expect(kept).toMatchObject({ status: "processing", refunds: [] });
    expect(kept.notes.some((note) => note.includes("second payment of this order was paid back: CHF 209.00"))).toBe(
      true,
    );
  });

  it("that a person had entered by hand is not entered again", async () => {
    const id = await create();
    await tell(aPayment(id, { revision: 1 }));
    await shop.control("refund", { id, amount: "209.00", pays: false });
    const answer = await tell(aPayment(id, { revision: 2, operations: [refundOf("refund:7", "successful", 20900)] }));
    expect(answer).toMatchObject({ body: { kind: "shown" } });
    expect((await order(id)).refunds).toMatchObject([{ amount: "209.00", operation: "refund:7" }]);
  });
});

describe("the goods", () => {
  it("are set aside while money is reserved, free again without it, and taken once when it comes", async () => {
    const product = await shop.control<{ id: number }>("product", { stock: 10 });
    const { id } = await shop.control<{ id: number }>("create", {
      ...anOrder,
      items: [{ ...anOrder.items[0], product: product.id }, anOrder.items[1]],
    });
    await shop.control("pay", { id });
    const stocks: unknown[] = [];
    for (const [revision, standing] of (["authorized", "failed", "paid", "paid"] as const).entries()) {
      await tell(aPayment(id, { revision, standing, mayShip: standing === "paid" }));
      stocks.push((await shop.control<{ stock: number }>("stock", product)).stock);
    }
    expect(stocks).toEqual([8, 10, 8, 8]);
  });
});

describe("at the end", () => {
  it("what is personal is exported, and erased", async () => {
    const id = await create();
    await tell(aPayment(id, { revision: 1 }));
    expect(await shop.control("privacy", { id })).toEqual({ before: ["900001 PostFinance Pay"], after: ["900001"] });
  });

  it("nothing of ours is left in the options when the plugin is deleted", async () => {
    expect(await shop.control("uninstall")).toEqual([]);
  });

  it("PHP complained of nothing in our plugin", () => {
    expect(shop.complaints()).toEqual([]);
  });
});
