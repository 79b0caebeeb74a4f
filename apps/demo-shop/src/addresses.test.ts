import { afterEach, beforeEach, expect, it } from "vitest";
import {
  createTestShop,
  createVisitorOf,
  placeOrder,
  redirect,
  shopUrl,
  startGateway,
  type TestGateway,
} from "./testing.ts";

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startGateway();
});
afterEach(() => gateway.close());

const evil = [
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "///evil.example",
  "/%2f/evil.example",
  "//evil.example/%2e%2e",
];
const schemes = [
  "javascript:alert(1)",
  "https://evil.example",
  "data:text/html,x",
  "//evil.example",
  "\\\\evil.example",
  "\thttps://evil.example",
];
const names = ["language", "next", "returnUrl", "url", "redirect", "left", "asked", "successUrl"];

/** Ten thousand addresses by which somebody would lead a buyer away. */
function* toAddresses(order: string): Generator<string> {
  const paths = [
    "/cart",
    "/checkout",
    "/checkout/summary",
    "/account",
    `/orders/${order}/return`,
    "/merchant",
    "/",
    "",
  ];
  for (let number = 0; number < 10_000; number += 1) {
    const pick = <T>(list: readonly T[], salt: number): T => list[(number + (number >> 3) * salt) % list.length] as T;
    const path =
      number % 3 === 0 ? pick(evil, 1) + pick(paths, 2) : pick(paths, 1) + (number % 5 === 0 ? pick(evil, 2) : "");
    const query = `${pick(names, 3)}=${encodeURIComponent(pick(schemes, 5))}`;
    yield `${path}?${number % 2 === 0 ? `language=${pick(["fr", "de", "it", "en"], 7)}&` : ""}${query}`;
  }
}

it("T5: none of 10,000 addresses leads a buyer to another host than the shop's", async () => {
  const shop = createTestShop(gateway.url);
  const order = await placeOrder(createVisitorOf(shop));
  gateway.answer = () =>
    ({ ...redirect("http://pay.test/1"), kind: "pending", operation: null, payment: null }) as never;
  let followed = 0;
  for (const address of toAddresses(order)) {
    const url = `${shopUrl.origin}${address.startsWith("/") || address === "" ? "" : "/"}${address}`;
    const response = await shop.fetch(new Request(url, { headers: { "x-forwarded-host": "evil.example" } }));
    const location = response.headers.get("location");
    if (location === null) continue;
    followed += 1;
    expect([address, new URL(location, shopUrl).origin]).toEqual([address, shopUrl.origin]);
  }
  expect(followed).toBeGreaterThan(1000);
});
