import type { Locator, Page } from "@checkout-plugins/tooling/chromium";
import type { Order } from "./orders.ts";
import { details } from "./testing.ts";
import { enterCard } from "./testing-buyer.ts";
import type { Street } from "./testing-street.ts";

export interface PaidOrder {
  readonly id: string;
  /** As the shop has it now. */
  read(): Order;
  /** The service's number of the transaction that governs. */
  transaction(): string;
  /** Kinds of the mails to the buyer, newest first. */
  mails(): readonly string[];
}

/** An order of two teas and a book with shipping, CHF 70.00, that nobody has paid. */
export async function postOrder({ shop }: Street): Promise<Order> {
  const billing = Object.entries(details).filter(([name]) => name.startsWith("billing."));
  const lines = [
    { product: "herbal-tea", quantity: 2 },
    { product: "hut-book", quantity: 1 },
  ];
  const address = Object.fromEntries(billing.map(([name, value]) => [name.slice("billing.".length), value]));
  const body = JSON.stringify({ lines, shipping: "economy", billing: address });
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${shop.url}/api/orders`, { method: "POST", headers, body });
  return (await response.json()) as Order;
}

/** Orders, and goes to the payment page. */
async function openOrder(page: Page, street: Street): Promise<PaidOrder> {
  const { shop } = street;
  const placed = await postOrder(street);
  await page.goto(`${shop.url}/orders/${placed.id}?language=de`);
  await page.getByRole("button", { name: /bezahlen$/ }).click();
  await page.getByText("Kredit-/Debitkarte").waitFor();
  const read = (): Order => shop.orders.find(placed.id) ?? placed;
  return {
    id: placed.id,
    read,
    transaction: () => String(read().payment?.governing?.transaction),
    mails: () =>
      shop.mails
        .list()
        .filter((mail) => mail.orderNumber === placed.number)
        .map((mail) => mail.kind),
  };
}

/**
 * An order of two teas and a book with shipping, CHF 70.00, paid with a card, and the merchant's page of it. `prepare`
 * is called while the buyer is on the payment page.
 */
export async function openPaidOrder(
  page: Page,
  street: Street,
  prepare: (order: PaidOrder) => Promise<unknown> = async () => undefined,
): Promise<PaidOrder> {
  const order = await openOrder(page, street);
  await prepare(order);
  await page.getByText("Kredit-/Debitkarte").click();
  await enterCard(page, "4111 1111 1111 1111");
  await page.getByRole("button", { name: /bezahlen$/ }).click();
  await page.getByText(/Der Betrag ist reserviert|Vielen Dank, Ihre Bestellung ist bezahlt/).waitFor();
  await page.goto(`${street.shop.url}/merchant/orders/${order.id}`);
  return order;
}

/** What the merchant reads of an operation of this kind with this result. */
export function operation(page: Page, kind: string, result: "ausgeführt" | "nicht ausgeführt"): Locator {
  const tag = page.locator(".tag").getByText(result, { exact: true });
  return page.locator("#operations li", { hasText: kind }).filter({ has: tag });
}
