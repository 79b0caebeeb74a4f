import { describe, expect, it } from "vitest";
import type { TestGateway } from "./gateway.ts";
import type { Shop } from "./shop.ts";
import { useShop } from "./use-shop.ts";
import { anOrder, type OrderView, type PayView } from "./views.ts";

interface Kept {
  readonly tokens: readonly number[];
  readonly list: Readonly<
    Record<string, readonly { readonly method: Record<string, string>; readonly expires: string }[]>
  >;
  readonly fields: string;
}

let shop: Shop;
let gateway: TestGateway;
const { create, order, becomes } = useShop({ hears: true }, async (opened) => {
  ({ shop, gateway } = opened);
  await shop.control("settings", {
    enabled: "1",
    save: "1",
    completion: "immediate",
    pairing_code: gateway.pairingCode,
  });
});

let customers = 0;
async function newCustomer(): Promise<number> {
  customers += 1;
  return (await shop.control<{ id: number }>("customer", { name: `erika${customers}` })).id;
}
const kept = (user: number, opens = false) => shop.control<Kept>("kept", { user, opens });
const means = (id: number) => shop.control<{ means: string; method: string }>("means", { id });
const pay = (id: number, user: number, token?: number) => shop.control<PayView>("pay", { id, user, token });
const isPaid = (view: OrderView): boolean => view.isPaid;
const transactions = async () => (await gateway.simulator.transactions()).length;

/** A customer who has paid once, and ticked the box. */
async function customerWithCard(): Promise<{ user: number; token: number }> {
  const user = await newCustomer();
  const id = await create({ customer: user });
  await pay(id, user);
  await gateway.buyer({ action: "pay", card: "4111111111111111", keep: true });
  await becomes(id, isPaid);
  await shop.control("scheduled");
  const { tokens } = await kept(user);
  expect(tokens).toHaveLength(1);
  return { user, token: tokens[0] ?? 0 };
}

let shared: ReturnType<typeof customerWithCard> | undefined;
/** One for all tests that leave it as it is. */
function aCustomerWithCard(): ReturnType<typeof customerWithCard> {
  shared ??= customerWithCard();
  return shared;
}

describe("a card that a customer keeps", () => {
  it("is listed in his account and at the checkout, without anything but its last digits", async () => {
    const { user, token } = await aCustomerWithCard();
    const { list, fields } = await kept(user);
    expect(list.cc).toMatchObject([{ method: { brand: "Visa", last4: "1111" }, expires: "12/28" }]);
    expect(fields).toContain(`value="${token}"`);
    expect(fields).toContain("(until 12/28)");
    expect(JSON.stringify([list, fields])).not.toContain("4111111111");
    expect((await kept(await newCustomer())).tokens).toEqual([]);
  });

  it("pays again by one command, without leaving the shop", async () => {
    const { user, token } = await aCustomerWithCard();
    const id = await create({ customer: user });
    gateway.commands.length = 0;
    const { result } = await pay(id, user, token);
    expect(result).toMatchObject({ result: "success", redirect: expect.stringContaining("order-received") });
    expect(gateway.commands).toEqual(["charge"]);
    expect(await becomes(id, isPaid)).toMatchObject({ waiting: 0, method: "checkout_plugins_postfinance" });
  });

  it("pressed five times at once, or with its answer cut, pays once", async () => {
    const { user, token } = await aCustomerWithCard();
    const [pressed, cut] = [await create({ customer: user }), await create({ customer: user })];
    const before = await transactions();
    await Promise.all([1, 2, 3, 4, 5].map(() => pay(pressed, user, token)));
    await becomes(pressed, isPaid);
    expect(await transactions()).toBe(before + 1);

    gateway.answer = () => new Response("Bad gateway", { status: 502 });
    expect((await pay(cut, user, token)).result.redirect).toContain("order-received");
    expect((await order(cut)).thanks).toContain("please do not pay again");
    gateway.answer = undefined;
    await shop.control("again", { id: cut });
    await becomes(cut, isPaid);
    expect(await transactions()).toBe(before + 2);
  });

  it("of another customer is not charged", async () => {
    const { token } = await aCustomerWithCard();
    const user = await newCustomer();
    gateway.commands.length = 0;
    const { result } = await pay(await create({ customer: user }), user, token);
    expect(result.redirect).not.toContain("order-received");
    expect(gateway.commands).toEqual(["start"]);
  });

  it("is not the one of the customer of the same number in another shop of the space", async () => {
    const { user, token } = await aCustomerWithCard();
    expect((await kept(user, true)).tokens).toEqual([token]);
    await shop.control("name-customers", { as: "another-shop-" });
    expect((await kept(user, true)).tokens).toEqual([]);
    await shop.control("name-customers", { as: null });
    expect((await kept(user, true)).tokens).toHaveLength(1);
    shared = undefined;
  });

  it("that the service no longer has is refused, and the order can be paid otherwise", async () => {
    const { user, token } = await customerWithCard();
    const { user: other, token: others } = await aCustomerWithCard();
    const id = await create({ customer: user });
    // Deleted elsewhere: the shop still shows it.
    await shop.control("copy-token", { from: others, to: token });
    const { result, notices } = await pay(id, user, token);
    expect(result.result).toBe("failure");
    expect(notices).toHaveLength(1);
    const failed = await order(id);
    expect(failed.status).toBe("failed");
    expect(failed.notes.some((note) => note.includes("were not charged"))).toBe(true);
    expect((await pay(id, user)).result.redirect).toContain("/payment/transaction/pay/");
    await gateway.buyer({ action: "pay" });
    await becomes(id, isPaid);
    expect((await kept(user, true)).list.cc).toHaveLength(1);
    expect((await kept(other)).tokens).toHaveLength(1);
  });

  it("and deletes is deleted at the service, also when the gateway is down at first", async () => {
    const { user, token } = await customerWithCard();
    gateway.answer = () => new Response("", { status: 502 });
    await shop.control("unkeep", { token });
    gateway.answer = undefined;
    expect((await kept(user, true)).tokens).toEqual([]);
    await shop.control("scheduled", { ahead: 700 });
    gateway.commands.length = 0;
    expect((await kept(user, true)).tokens).toEqual([]);
    expect(gateway.commands).toEqual(["stored"]);
  });
});

describe("a subscription", () => {
  async function subscribe(): Promise<{ parent: number; subscription: number; user: number }> {
    const user = await newCustomer();
    const parent = await create({ customer: user });
    const { id } = await shop.control<{ id: number }>("subscribe", { ...anOrder, parent });
    await pay(parent, user);
    await gateway.buyer({ action: "pay", card: "4111111111111111" });
    await becomes(parent, isPaid);
    return { parent, subscription: id, user };
  }
  const renewal = async (of: { parent: number; subscription: number }): Promise<number> =>
    (await shop.control<{ id: number }>("renewal", { ...anOrder, ...of })).id;

  it("keeps the card of its first order though nobody ticked a box, and charges it for each renewal, once", async () => {
    const of = await subscribe();
    const known = await means(of.subscription);
    expect(known).toMatchObject({ means: expect.stringMatching(/^\d+$/), method: "checkout_plugins_postfinance" });
    const id = await renewal(of);
    const before = await transactions();
    await Promise.all([1, 2, 3].map(() => shop.control("due", { id })));
    expect(await becomes(id, isPaid)).toMatchObject({ status: "processing", refunds: [] });
    expect(await transactions()).toBe(before + 1);
    expect(await means(of.subscription)).toEqual(known);
  });

  it("is renewed when the gateway is back", async () => {
    const id = await renewal(await subscribe());
    gateway.answer = () => null;
    await shop.control("due", { id });
    expect(await order(id)).toMatchObject({ isPaid: false, waiting: 1 });
    gateway.answer = undefined;
    await shop.control("again", { id });
    expect(await becomes(id, isPaid)).toMatchObject({ waiting: 0 });
  });

  it("whose card is gone fails its renewal; what the buyer then pays with is charged from then on", async () => {
    const of = await subscribe();
    const { means: first } = await means(of.subscription);
    await shop.control("set-means", { id: of.subscription, means: "1" });
    const id = await renewal(of);
    await shop.control("due", { id });
    expect(await becomes(id, ({ status }) => status === "failed")).toMatchObject({ isPaid: false });
    await pay(id, of.user);
    await gateway.buyer({ action: "pay", card: "5555555555554444" });
    await becomes(id, isPaid);
    const { means: now } = await means(of.subscription);
    expect([first, "1"]).not.toContain(now);
    const next = await renewal(of);
    await shop.control("due", { id: next });
    await becomes(next, isPaid);
  });

  it("without any card says what to do", async () => {
    const of = await subscribe();
    await shop.control("set-means", { id: of.subscription, means: "" });
    const id = await renewal(of);
    await shop.control("due", { id });
    const failed = await order(id);
    expect(failed.status).toBe("failed");
  });
});

describe("at the end", () => {
  it("PHP complained of nothing in our plugin, and nothing of it is left when it is deleted", async () => {
    expect(shop.complaints()).toEqual([]);
    expect(await shop.control("uninstall")).toEqual([]);
  });
});
