import type { LineItemCreate } from "@checkout-plugins/client";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { orders } from "../test/arbitrary-orders.ts";
import { thrown } from "../test/thrown.ts";
import type { Decimal } from "./contract/ids.ts";
import type { LineItem, ShopOrder } from "./contract/order.ts";
import { isPaymentError } from "./errors.ts";
import { toLineItems } from "./line-items.ts";
import { toCurrency, toMoney } from "./money.ts";

const francs = (amount: string) => toMoney(amount, "CHF");

function line(id: string, type: LineItem["type"], total: string, more: Partial<LineItem> = {}): LineItem {
  return {
    id,
    type,
    name: id,
    sku: null,
    quantity: "1" as Decimal,
    total: francs(total),
    taxes: [],
    shippingRequired: false,
    ...more,
  };
}

function order(total: string, lines: readonly LineItem[], more: Partial<ShopOrder> = {}): ShopOrder {
  return {
    group: null,
    merchantReference: null,
    total: francs(total),
    lines,
    customer: { id: null, email: null },
    billing: null,
    shipping: null,
    language: "de-CH",
    ...more,
  };
}

const vat = [{ title: "MwSt.", rate: "8.1" as Decimal }];

function minorOf(item: LineItemCreate, shopOrder: ShopOrder): number {
  return toMoney(item.amountIncludingTax, shopOrder.total.currency).minor;
}

/** What a shop would state if it read our line items back. */
function toShopLine(item: LineItemCreate, shopOrder: ShopOrder): LineItem {
  const types = { PRODUCT: "product", SHIPPING: "shipping", FEE: "fee", DISCOUNT: "discount", TIP: "tip" } as const;
  return {
    id: item.uniqueId,
    type: types[item.type],
    name: item.name,
    sku: item.sku ?? null,
    quantity: item.quantity,
    total: toMoney(item.amountIncludingTax, shopOrder.total.currency),
    taxes: item.taxes ?? [],
    shippingRequired: item.shippingRequired ?? false,
  };
}

describe("an order", () => {
  test("becomes line items of the service's types", () => {
    const items = toLineItems(
      order("116.80", [
        line("sku-1", "product", "119.80", {
          name: "Rucksack",
          sku: "SKU-1",
          quantity: "2" as Decimal,
          taxes: vat,
          shippingRequired: true,
        }),
        line("post", "shipping", "7.00", { taxes: vat }),
        line("wrap", "fee", "2.00"),
        line("tip", "tip", "1.00"),
        line("coupon", "discount", "-10.00", { taxes: vat }),
        line("card", "discount", "-3.00"),
      ]),
    );
    expect(items.map(({ uniqueId, type, amountIncludingTax }) => [uniqueId, type, amountIncludingTax])).toEqual([
      ["sku-1", "PRODUCT", "119.80"],
      ["post", "SHIPPING", "7.00"],
      ["wrap", "FEE", "2.00"],
      ["tip", "TIP", "1.00"],
      ["coupon", "DISCOUNT", "-10.00"],
      ["card", "DISCOUNT", "-3.00"],
    ]);
    expect(items[0]).toEqual({
      uniqueId: "sku-1",
      type: "PRODUCT",
      name: "Rucksack",
      sku: "SKU-1",
      quantity: "2",
      amountIncludingTax: "119.80",
      taxes: vat,
      shippingRequired: true,
    });
  });

  test("keeps free goods and turns a negative fee into a discount", () => {
    const items = toLineItems(
      order("8", [line("a", "product", "10"), line("b", "product", "0"), line("c", "fee", "-2")]),
    );
    expect(items.map(({ uniqueId, type }) => [uniqueId, type])).toEqual([
      ["a", "PRODUCT"],
      ["b", "PRODUCT"],
      ["c", "DISCOUNT"],
    ]);
  });

  test.each([
    ["9.98", "-0.02", "DISCOUNT"],
    ["10.02", "0.02", "FEE"],
  ])("shows the shop's own rounding to %s as its own line", (total, rounding, type) => {
    const items = toLineItems(
      order(total, [line("a", "product", "10"), line("r", "rounding", rounding, { name: "" })], { language: "fr-CH" }),
    );
    expect(items[1]).toMatchObject({ uniqueId: "r", type, name: "Arrondi", amountIncludingTax: rounding });
    expect(items).toHaveLength(2);
  });

  test("leaves a rounding of nothing out", () => {
    const items = toLineItems(order("10", [line("a", "product", "10"), line("r", "rounding", "0")]));
    expect(items.map((item) => item.uniqueId)).toEqual(["a"]);
  });

  test.each([
    ["20.01", "0.01", "FEE", "it", "Differenza di arrotondamento"],
    ["19.98", "-0.02", "DISCOUNT", "en-GB", "Rounding difference"],
  ])("of %s gets a line of %s for what roundings lost", (total, amount, type, language, name) => {
    const lines = [line("a", "product", "10", { taxes: vat }), line("b", "product", "10", { taxes: vat })];
    expect(toLineItems(order(total, lines, { language })).at(-1)).toEqual({
      uniqueId: "rounding-difference",
      type,
      name,
      quantity: "1",
      amountIncludingTax: amount,
      taxes: [],
      shippingRequired: false,
    });
  });

  test("may have a line that is called as ours is", () => {
    const own = line("rounding-difference", "product", "10", { taxes: vat });
    const items = toLineItems(order("10.01", [own]));
    expect(items.map((item) => [item.uniqueId, item.amountIncludingTax])).toEqual([
      ["rounding-difference", "10.00"],
      ["rounding-difference_2", "0.01"],
    ]);
  });

  test("of three-decimal and of no-decimal money gets none of two decimals", () => {
    const dinars = { ...line("a", "product", "0"), total: toMoney("1.234", "KWD"), taxes: vat };
    const items = toLineItems({ ...order("0", [dinars]), total: toMoney("1.235", "KWD") });
    expect(items.map((item) => item.amountIncludingTax)).toEqual(["1.234", "0.001"]);
    const yen = { ...line("a", "product", "0"), total: toMoney("100", "JPY"), taxes: vat };
    expect(toLineItems({ ...order("0", [yen]), total: toMoney("99", "JPY") })[1]?.amountIncludingTax).toBe("-1");
  });

  test("keeps the service's limits", () => {
    const [first, second] = toLineItems(
      order("20", [
        line("a", "product", "10", {
          name: `${"n".repeat(149)}😀`,
          sku: `s\n${"s".repeat(300)}`,
          quantity: "0.30000000000000004" as Decimal,
          taxes: [
            { title: "A", rate: "8.10" as Decimal },
            { title: "", rate: "0" as Decimal },
            { title: "TX", rate: "1" as Decimal },
            { title: "t".repeat(50), rate: "100" as Decimal },
          ],
        }),
        line("a", "shipping", "10", { name: "\n" }),
      ]),
    );
    expect(first?.name).toBe("n".repeat(149));
    expect(first?.sku).toHaveLength(200);
    expect(first?.quantity).toBe("0.3");
    expect(first?.taxes).toEqual([
      { title: "MwSt. A", rate: "8.1" },
      { title: "MwSt.", rate: "0" },
      { title: "TX", rate: "1" },
      { title: "t".repeat(40), rate: "100" },
    ]);
    expect(second).toMatchObject({ uniqueId: "a_2", name: "Versand" });
  });

  test("of nothing has no lines", () => {
    expect(toLineItems(order("0", []))).toEqual([]);
  });
});

describe("an order that is wrong", () => {
  const product = line("sku-1", "product", "20", { name: "Rucksack", quantity: "2" as Decimal, taxes: vat });
  const post = line("post", "shipping", "7");

  test.each<[string, ShopOrder]>([
    ["a negative total", order("-1", [product])],
    ["another currency", order("20", [{ ...product, total: toMoney("20", "EUR") }])],
    ["a positive discount", order("20", [{ ...product, type: "discount" }])],
    ["no quantity", order("20", [{ ...product, quantity: "0" as Decimal }])],
    ["a quantity that is none", order("20", [{ ...product, quantity: "two" as Decimal }])],
    ["a quantity too small to say", order("20", [{ ...product, quantity: "0.000000001" as Decimal }])],
    ["a rate above 100", order("20", [{ ...product, taxes: [{ title: "MwSt.", rate: "100.01" as Decimal }] }])],
    ["a negative rate", order("20", [{ ...product, taxes: [{ title: "MwSt.", rate: "-1" as Decimal }] }])],
    ["an empty id", order("20", [{ ...product, id: "" }])],
    ["half a Rappen", order("20", [{ ...product, total: { minor: 0.5, currency: toCurrency("CHF") } }])],
    ["a total without lines", order("20", [])],
  ])("for %s is refused", (_, wrong) => {
    expect(thrown(() => toLineItems(wrong)).code).toBe("invalidOrder");
  });

  test.each([
    ["the total", order("-1", [product]), "The total is -1.00: it must not be negative"],
    ["a currency", order("20", [{ ...product, total: toMoney("20", "EUR") }]), "is in EUR, the order in CHF"],
    ["a discount", order("20", [{ ...product, type: "discount" }]), "is a discount of +20.00 CHF: give discounts as"],
    ["a quantity", order("20", [{ ...product, quantity: "two" as Decimal }]), 'the quantity "two": give a decimal'],
    [
      "a rate",
      order("20", [{ ...product, taxes: [{ title: "MwSt.", rate: "many" as Decimal }] }]),
      'the tax "MwSt." of "many" %: give a decimal from 0 to 100',
    ],
    ["an id", order("20", [{ ...product, id: "" }]), 'The line "Rucksack" has no id'],
    ["a half", order("20", [{ ...product, total: { ...product.total, minor: 0.5 } }]), "an amount of 0.5 minor units"],
  ])("by %s says so, and what to do", (what, wrong, text) => {
    const { message } = thrown(() => toLineItems(wrong));
    expect(message).toContain(text);
    if (!["the total", "an id"].includes(what)) expect(message).toContain('Line "sku-1" (Rucksack) ');
  });

  test("by more than its lines can lose is not excused by a rounding that is stated", () => {
    const untaxed = { ...product, taxes: [] };
    const rounded = { ...post, id: "round", type: "rounding", total: toMoney("0.02", "CHF"), taxes: [] } as const;
    expect(thrown(() => toLineItems(order("20.03", [untaxed, rounded]))).code).toBe("invalidOrder");
  });

  test("by too much says so, and lists fifty lines at most", () => {
    const many = Array.from({ length: 51 }, (_, index) => ({ ...post, id: `line-${index + 1}` }));
    const { message } = thrown(() => toLineItems(order("350.20", many)));
    expect(message).toContain("6.80 too much");
    expect(message).toContain('"line-50"');
    expect(message).not.toContain('"line-51"');
    expect(message).toMatch(/ …\.$/);
  });

  test.each([
    ["47.00", "has the price of one piece instead of the whole line's"],
    ["28.62", "lacks its tax"],
    ["28.61", "lacks its tax"],
    ["25.50", "has its tax added twice"],
    ["7.00", "is not part of the total"],
  ])("by a line with a common mistake is refused with its name: total %s", (total, mistake) => {
    const wrong = order(total, [product, post]);
    const error = thrown(() => toLineItems(wrong));
    expect(error.code).toBe("invalidOrder");
    expect(error.message).toContain(`Probably the line "sku-1" (Rucksack, quantity 2, 20.00) ${mistake}.`);
  });

  test("by a sign is refused with the line's name", () => {
    const error = thrown(() => toLineItems(order("13", [product, post])));
    expect(error.message).toContain('Probably the line "post" (post, quantity 1, 7.00) has the wrong sign.');
  });

  test("by nobody knows what says by how much and lists the lines", () => {
    expect(thrown(() => toLineItems(order("30.33", [product, post]))).message).toBe(
      "The lines add up to 27.00 CHF, the total is 30.33: 3.33 are missing, roundings explain 0.01 at most. " +
        'Check the lines: "sku-1" (Rucksack, quantity 2, 20.00), "post" (post, quantity 1, 7.00).',
    );
  });
});

describe("any order of any shop", () => {
  test("adds up to its total, and loses nothing", () => {
    fc.assert(
      fc.property(orders(), (shopOrder) => {
        const items = toLineItems(shopOrder);
        expect(items.reduce((total, item) => total + minorOf(item, shopOrder), 0)).toBe(shopOrder.total.minor);
        const stated = shopOrder.lines.filter(({ type, total }) => type !== "rounding" || total.minor !== 0);
        expect(items.slice(0, stated.length).map((item) => [item.uniqueId, minorOf(item, shopOrder)])).toEqual(
          stated.map(({ id, total }) => [id, total.minor]),
        );
        const added = items.slice(stated.length);
        expect(added.map((item) => item.uniqueId)).toEqual(added.length === 0 ? [] : ["rounding-difference"]);
      }),
      { numRuns: 500 },
    );
  });

  test("gets no line of ours where the shop rounds line by line", () => {
    fc.assert(
      fc.property(orders({ modes: ["gross", "netByLine"] }), (shopOrder) => {
        expect(toLineItems(shopOrder).map((item) => item.uniqueId)).not.toContain("rounding-difference");
      }),
    );
  });

  test("has negative amounts exactly in its discounts", () => {
    fc.assert(
      fc.property(orders(), (shopOrder) => {
        for (const item of toLineItems(shopOrder)) {
          if (minorOf(item, shopOrder) !== 0) expect(item.type === "DISCOUNT").toBe(minorOf(item, shopOrder) < 0);
        }
      }),
    );
  });

  test("gives the same lines each time, and for its own lines", () => {
    fc.assert(
      fc.property(orders(), (shopOrder) => {
        const items = toLineItems(shopOrder);
        expect(toLineItems(structuredClone(shopOrder))).toEqual(items);
        expect(toLineItems({ ...shopOrder, lines: items.map((item) => toShopLine(item, shopOrder)) })).toEqual(items);
      }),
    );
  });

  test("shows a change of one unit, in any line or in the total", () => {
    const changes = fc.record({ order: orders(), at: fc.nat(20), by: fc.constantFrom(-1, 1) });
    fc.assert(
      fc.property(changes, ({ order: shopOrder, at, by }) => {
        const items = toLineItems(shopOrder);
        for (const changed of [changeLine(shopOrder, at, by), changeTotal(shopOrder, by)]) {
          expect(attempt(changed)).not.toEqual(items);
        }
      }),
    );
  });

  test("is refused with the name of the one line that lacks its tax", () => {
    const shops = orders({ modes: ["gross"], payable: true });
    fc.assert(
      fc.property(shops, fc.bigInt({ min: 100n, max: 9999n }), (shopOrder, price) => {
        const untaxed = line("untaxed", "product", "0", {
          total: { minor: Number(price) * 100, currency: shopOrder.total.currency },
          quantity: "1" as Decimal,
          taxes: [{ title: "MwSt.", rate: "7.77" as Decimal }],
        });
        const missing = Math.round((Number(price) * 100 * 777) / 10_000);
        const total = { ...shopOrder.total, minor: shopOrder.total.minor + untaxed.total.minor + missing };
        const { code, message } = thrown(() =>
          toLineItems({ ...shopOrder, total, lines: [...shopOrder.lines, untaxed] }),
        );
        expect(code).toBe("invalidOrder");
        expect(message).toContain('"untaxed"');
      }),
    );
  });
});

function changeLine(shopOrder: ShopOrder, at: number, by: number): ShopOrder {
  const index = at % shopOrder.lines.length;
  const lines = shopOrder.lines.map((one, position) =>
    position === index ? { ...one, total: { ...one.total, minor: one.total.minor + by } } : one,
  );
  return { ...shopOrder, lines };
}

function changeTotal(shopOrder: ShopOrder, by: number): ShopOrder {
  return { ...shopOrder, total: { ...shopOrder.total, minor: shopOrder.total.minor + by } };
}

function attempt(shopOrder: ShopOrder): readonly LineItemCreate[] | string {
  try {
    return toLineItems(shopOrder);
  } catch (error) {
    if (isPaymentError(error)) return error.message;
    throw error;
  }
}
