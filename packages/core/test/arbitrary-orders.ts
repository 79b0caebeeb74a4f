import fc from "fast-check";
import type { Decimal } from "../src/contract/ids.ts";
import type { LineItem, ShopOrder } from "../src/contract/order.ts";
import { toCurrency } from "../src/money.ts";

/**
 * Shops as they are, for property tests. Their arithmetic is their own, in fractions, so that nothing of the code under
 * test takes part in it.
 *
 * - `gross`: prices with tax, each line rounded.
 * - `netByLine`: prices without tax; the net amount and each tax are rounded line by line.
 * - `netAtSubtotal`: prices without tax; the total rounds the sum of the net amounts and the sum of each tax, once.
 */
export type TaxMode = "gross" | "netByLine" | "netAtSubtotal";

interface Row {
  readonly type: "product" | "shipping" | "fee" | "discount" | "tip";
  /** Of one piece, in hundredths of a minor unit, with or without tax as the shop's mode has it. */
  readonly price: bigint;
  /** In thousandths. */
  readonly quantity: bigint;
  /** In hundredths of a percent. */
  readonly rates: readonly bigint[];
}

interface Cart {
  readonly currency: string;
  readonly mode: TaxMode;
  readonly rows: readonly Row[];
  readonly giftCard: bigint;
  readonly swissRounding: boolean;
}

const rates = fc.subarray([260n, 380n, 810n, 1900n, 2550n], { minLength: 0, maxLength: 2 });

function rowOf(type: Row["type"], most: bigint): fc.Arbitrary<Row> {
  return fc.record({
    type: fc.constant(type),
    price: fc.bigInt({ min: 0n, max: most }),
    quantity:
      type === "product"
        ? fc.oneof(
            fc.integer({ min: 1, max: 12 }).map((pieces) => BigInt(pieces) * 1000n),
            fc.bigInt({ min: 1n, max: 9999n }),
          )
        : fc.constant(1000n),
    rates,
  });
}

const carts = (modes: readonly TaxMode[]): fc.Arbitrary<Cart> =>
  fc.record({
    currency: fc.constantFrom("CHF", "EUR", "JPY", "KWD"),
    mode: fc.constantFrom(...modes),
    rows: fc
      .tuple(
        fc.array(rowOf("product", 5_000_000n), { minLength: 1, maxLength: 6 }),
        fc.array(rowOf("shipping", 100_000n), { maxLength: 2 }),
        fc.array(rowOf("fee", 50_000n), { maxLength: 2 }),
        fc.array(rowOf("tip", 50_000n), { maxLength: 1 }),
        // at most what the first product costs by the piece, so that totals stay positive more often than not
        fc.array(rowOf("discount", 200_000n), { maxLength: 2 }),
      )
      .map((groups) => groups.flat()),
    giftCard: fc.oneof(fc.constant(0n), fc.bigInt({ min: 1n, max: 20_000n })),
    swissRounding: fc.boolean(),
  });

/** Half away from zero. */
function round(dividend: bigint, divisor: bigint): bigint {
  const size = (2n * (dividend < 0n ? -dividend : dividend) + divisor) / (2n * divisor);
  return dividend < 0n ? -size : size;
}

/** Minor units = exact / scale. */
const scale = 100n * 1000n * 10_000n;

function exactOf(row: Row): bigint {
  return row.price * row.quantity * 10_000n * (row.type === "discount" ? -1n : 1n);
}

function taxOf(row: Row, rate: bigint): bigint {
  return (exactOf(row) / 10_000n) * rate;
}

function lineTotal(row: Row, mode: TaxMode): bigint {
  const taxes = row.rates.map((rate) => taxOf(row, rate));
  if (mode === "gross") return round(exactOf(row), scale);
  if (mode === "netByLine") {
    return taxes.reduce((total, tax) => total + round(tax, scale), round(exactOf(row), scale));
  }
  return round(
    taxes.reduce((total, tax) => total + tax, exactOf(row)),
    scale,
  );
}

function orderTotal(cart: Cart): bigint {
  if (cart.mode !== "netAtSubtotal") {
    return cart.rows.reduce((total, row) => total + lineTotal(row, cart.mode), 0n);
  }
  const net = cart.rows.reduce((total, row) => total + exactOf(row), 0n);
  const taxes = new Map<bigint, bigint>();
  for (const row of cart.rows) {
    for (const rate of row.rates) taxes.set(rate, (taxes.get(rate) ?? 0n) + taxOf(row, rate));
  }
  return [...taxes.values()].reduce((total, tax) => total + round(tax, scale), round(net, scale));
}

function toPlain(value: bigint, decimals: number): Decimal {
  const digits = String(value).padStart(decimals + 1, "0");
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.replace(/\.?0+$/, "") as Decimal;
}

function toOrder(cart: Cart): ShopOrder {
  const currency = toCurrency(cart.currency);
  const line = (id: string, type: LineItem["type"], minor: bigint, row?: Row): LineItem => ({
    id,
    type,
    name: `A ${type}`,
    sku: type === "product" ? `SKU-${id}` : null,
    quantity: row === undefined ? ("1" as Decimal) : toPlain(row.quantity, 3),
    total: { minor: Number(minor), currency },
    taxes: (row?.rates ?? []).map((rate) => ({ title: `Tax ${rate}`, rate: toPlain(rate, 2) })),
    shippingRequired: type === "product",
  });
  const lines = cart.rows.map((row, index) => line(`${row.type}-${index}`, row.type, lineTotal(row, cart.mode), row));
  let total = orderTotal(cart);
  const paidByCard = cart.giftCard < total ? cart.giftCard : total;
  if (paidByCard > 0n) lines.push(line("gift-card", "discount", -paidByCard));
  if (paidByCard > 0n) total -= paidByCard;
  if (cart.swissRounding && cart.currency === "CHF") {
    const rounded = round(total, 5n) * 5n;
    lines.push(line("rounding", "rounding", rounded - total));
    total = rounded;
  }
  return {
    group: null,
    merchantReference: "1001",
    total: { minor: Number(total), currency },
    lines,
    customer: { id: null, email: null },
    billing: null,
    shipping: null,
    language: "de-CH",
  };
}

/** Orders of at least 0; of at least 1 minor unit with `payable`. */
export function orders(
  options: { readonly modes?: readonly TaxMode[]; readonly payable?: boolean } = {},
): fc.Arbitrary<ShopOrder> {
  const modes = options.modes ?? ["gross", "netByLine", "netAtSubtotal"];
  return carts(modes)
    .map(toOrder)
    .filter((order) => order.total.minor >= (options.payable === true ? 1 : 0));
}
