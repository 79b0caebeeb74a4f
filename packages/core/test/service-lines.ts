import type { Decimal, LineItem, LineItemCreate } from "@checkout-plugins/client";

/** 10^-8. Its own reading of decimals, so that the code under test does not check itself. */
export function read(decimal: string): bigint {
  const [whole = "", fraction = ""] = decimal.replace("-", "").split(".");
  const size = BigInt(whole + fraction.padEnd(8, "0"));
  return decimal.startsWith("-") ? -size : size;
}

export function write(value: bigint): Decimal {
  const digits = String(value < 0n ? -value : value).padStart(9, "0");
  return `${value < 0n ? "-" : ""}${digits.slice(0, -8)}.${digits.slice(-8)}` as Decimal;
}

/** Half away from zero. */
export function round(dividend: bigint, divisor: bigint): bigint {
  const size = (2n * (dividend < 0n ? -dividend : dividend) + divisor) / (2n * divisor);
  return dividend < 0n ? -size : size;
}

/** What the service answers for the lines it was given. */
export function toServiceLines(items: readonly LineItemCreate[]): readonly LineItem[] {
  return items.map((item) => ({
    uniqueId: item.uniqueId,
    type: item.type,
    name: item.name,
    sku: item.sku ?? null,
    quantity: item.quantity,
    amountIncludingTax: item.amountIncludingTax,
    unitPriceIncludingTax: write(round(read(item.amountIncludingTax) * 10n ** 8n, read(item.quantity))),
    taxes: item.taxes ?? [],
  }));
}

/** The service's refund by line (its formula), in 10^-8; the lines that stay are what the next refund is computed on. */
export function reduce(
  lines: readonly LineItem[],
  reductions: readonly { lineItemUniqueId: string; quantityReduction: string; unitPriceReduction: string }[],
): { readonly amount: bigint; readonly reduced: readonly LineItem[] } {
  let amount = 0n;
  const reduced = lines.map((line) => {
    const reduction = reductions.find(({ lineItemUniqueId }) => lineItemUniqueId === line.uniqueId);
    if (reduction === undefined) return line;
    const [quantity, less] = [read(line.quantity), read(reduction.quantityReduction)];
    const price = read(line.unitPriceIncludingTax ?? "0");
    const taken = round(less * price + read(reduction.unitPriceReduction) * (quantity - less), 10n ** 8n);
    amount += taken;
    return withRest(line, quantity - less, read(line.amountIncludingTax) - taken);
  });
  return { amount, reduced };
}

/** One possible outcome of a refund by amount, which the service spreads as it likes: the first lines first. */
export function reduceByAmount(lines: readonly LineItem[], amount: bigint): readonly LineItem[] {
  let open = amount;
  return lines.map((line) => {
    const left = read(line.amountIncludingTax);
    const taken = left <= 0n ? 0n : left < open ? left : open;
    open -= taken;
    return withRest(line, read(line.quantity), left - taken);
  });
}

function withRest(line: LineItem, quantity: bigint, amount: bigint): LineItem {
  return {
    ...line,
    quantity: write(quantity),
    amountIncludingTax: write(amount),
    unitPriceIncludingTax: quantity === 0n ? null : write(round(amount * 10n ** 8n, quantity)),
  };
}
