import type { PaymentReference } from "@checkout-plugins/core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { MockSession } from "../mock/index.ts";
import { type Bench, createBench, shopId } from "../testing/bench.ts";
import { type Certificates, createCertificates, gatewayUrl, shopDomain } from "../testing/test-shop.ts";

let certificates: Certificates;
const open: Bench[] = [];
beforeAll(async () => {
  certificates = await createCertificates(Date.parse("2026-02-03T09:00:00Z"));
});
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

async function openBench(changes: Parameters<typeof createBench>[0]["changes"] = {}): Promise<Bench> {
  const bench = await createBench({ certificates, changes });
  open.push(bench);
  return bench;
}

const checkout = { amount: "29.95", currency: "CHF", kind: "sale", test: false, customer: null } as const;

async function paid(bench: Bench, kind: "sale" | "authorization" = "sale"): Promise<MockSession> {
  const session = await bench.mock.pay({ ...checkout, kind });
  await bench.settle();
  await bench.buyer(session, "pay");
  await bench.settle();
  return session;
}

const transaction = async (bench: Bench, session: MockSession) =>
  bench.control.transaction(await bench.transactionOf(session));
const fields = (bench: Bench) => bench.mock.state.calls.map(({ field }) => field);

describe("a payment session", () => {
  it("that comes twenty times at once is one transaction and one address", async () => {
    const bench = await openBench();
    const session = await bench.mock.pay(checkout);
    const first = session.redirectUrl;
    const answers = await Promise.all(Array.from({ length: 20 }, () => bench.mock.resend(session.id)));
    const urls = await Promise.all(answers.map(async (answer) => (await answer?.json()) as unknown));
    expect(urls).toEqual(Array(20).fill({ redirect_url: first }));
    expect(await bench.control.transactions()).toHaveLength(1);
  });

  it("that comes again after it is paid leads to where the buyer is sent on", async () => {
    const bench = await openBench();
    const session = await paid(bench);
    const answer = await bench.mock.resend(session.id);
    expect(await answer?.json()).toEqual({
      redirect_url: `${gatewayUrl}/platforms/shopify/return?shop=${shopDomain}&session=${session.id}`,
    });
    expect(await bench.control.transactions()).toHaveLength(1);
  });

  it("marked as a test is paid in the test space, and nowhere else", async () => {
    const bench = await openBench();
    const session = await bench.mock.pay({ ...checkout, test: true });
    expect((await transaction(bench, session)).space).toBe("70002");
    await bench.buyer(session, "pay");
    await bench.settle();
    expect(session.state).toBe("resolved");
  });

  it("of kind sale is resolved when its money is taken, and not before", async () => {
    const bench = await openBench();
    await bench.control.changeSpace("70001", { switches: { completion: "deferred" } });
    const session = await paid(bench);
    expect(session).toMatchObject({ state: "resolved", expiresOn: null });
    expect(Number((await transaction(bench, session)).completedAmount)).toBe(29.95);
  });

  it("of kind authorization is resolved when it is reserved, with the reservation's end", async () => {
    const bench = await openBench();
    const session = await paid(bench, "authorization");
    expect(session.state).toBe("resolved");
    expect(Date.parse(session.expiresOn ?? "")).toBeGreaterThan(bench.now());
    expect(await transaction(bench, session)).toMatchObject({ state: "AUTHORIZED" });
  });

  it("whose 2xx Shopify has not seen yet is not given up: the answer comes again", async () => {
    const bench = await openBench();
    const session = await bench.mock.pay(checkout);
    session.isTaken = false;
    await bench.buyer(session, "pay");
    await bench.settle();
    expect(session.state).toBe("open");
    session.isTaken = true;
    await bench.settle(60);
    expect(session.state).toBe("resolved");
    expect(await bench.findings()).toEqual([]);
  });

  it("that fails is rejected with the reason", async () => {
    const bench = await openBench();
    const session = await bench.mock.pay(checkout);
    await bench.buyer(session, "abort");
    await bench.settle();
    expect(session).toMatchObject({ state: "rejected", reason: { code: "INSTRUMENT_DECLINED" } });
    expect(session.reason?.message).not.toBe("");
  });

  it("that takes days is pending, for three days at most, and resolved when the money is there", async () => {
    const bench = await openBench();
    await bench.control.changeSpace("70001", { switches: { authorizationDelay: "P2D", authorizationTimeout: "P5D" } });
    const session = await bench.mock.pay(checkout);
    await bench.buyer(session, "pay");
    await bench.settle();
    expect(session).toMatchObject({ state: "pending", reason: { code: "NETWORK_ACTION_REQUIRED" } });
    expect(Date.parse(session.expiresOn ?? "") - bench.now()).toBeLessThanOrEqual(3 * 24 * 3_600_000);
    await bench.advance(2 * 24 * 3600);
    await bench.settle(600);
    expect(session.state).toBe("resolved");
  });
});

describe("the buyer", () => {
  const visit = (bench: Bench, url: string, headers: Record<string, string> = {}) =>
    bench.gateway(new Request(url, { headers }));
  const returnUrl = (session: MockSession) =>
    `${gatewayUrl}/platforms/shopify/return?shop=${shopDomain}&session=${session.id}`;

  it("waits in his language until Shopify says where he goes, and is sent on", async () => {
    const bench = await openBench();
    const session = await bench.mock.pay(checkout);
    await bench.buyer(session, "pay");
    const waiting = await visit(bench, returnUrl(session), { "accept-language": "fr-CH,fr;q=0.9" });
    const html = await waiting.text();
    expect(waiting.status).toBe(200);
    expect(html).toContain('<html lang="fr">');
    expect(html).toContain('http-equiv="refresh" content="2"');
    expect(waiting.headers.get("content-security-policy")).toContain("default-src 'none'");
    await bench.settle();
    const sent = await visit(bench, returnUrl(session));
    expect(sent.status).toBe(303);
    expect(sent.headers.get("location")).toBe(`${bench.origin}/checkouts/${session.id}/thank-you`);
  });

  it("who gives up is back in the checkout, by the address that Shopify gave", async () => {
    const bench = await openBench();
    const session = await bench.mock.pay(checkout);
    const { redirectUrl } = await bench.control.buyer(await bench.transactionOf(session), { action: "abort" });
    const answer = await visit(bench, redirectUrl ?? "");
    expect(answer.headers.get("location")).toBe(`${bench.origin}/checkouts/${session.id}`);
  });

  it.each([
    ["another address", (url: URL) => url.searchParams.set("cancel", "https://evil.test/")],
    ["another session's mark", (url: URL) => url.searchParams.set("signature", "abc")],
    ["no mark", (url: URL) => url.searchParams.delete("signature")],
  ])("is led nowhere by %s", async (_what, change) => {
    const bench = await openBench();
    const session = await bench.mock.pay(checkout);
    const { redirectUrl } = await bench.control.buyer(await bench.transactionOf(session), { action: "abort" });
    const url = new URL(redirectUrl ?? "");
    change(url);
    const answer = await visit(bench, String(url));
    expect([answer.status, answer.headers.get("location")]).toEqual([200, null]);
  });

  it("of another shop's session is told that there is none", async () => {
    const bench = await openBench();
    const answer = await visit(bench, `${gatewayUrl}/platforms/shopify/return?shop=${shopDomain}&session=of-another`);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("There is no such payment");
  });
});

describe("refunds, captures and voids", () => {
  it("are taken with 201 and no body, and answered later", async () => {
    const bench = await openBench();
    const session = await paid(bench);
    const refund = await bench.mock.followUp("refund", session.id, "10.00");
    expect(refund).toMatchObject({ isTaken: true, state: "open", sends: 1 });
    const again = await bench.mock.resend(refund.id);
    expect([again?.status, await again?.text()]).toEqual([201, ""]);
    await bench.settle();
    expect(refund.state).toBe("resolved");
  });

  it("of ten at once are one each", async () => {
    const bench = await openBench();
    const session = await paid(bench);
    await Promise.all(Array.from({ length: 10 }, () => bench.mock.followUp("refund", session.id, "10.00", "refund-1")));
    await bench.settle(60);
    expect(Number((await transaction(bench, session)).refundedAmount)).toBe(10);
    expect(fields(bench).filter((field) => field === "refundSessionResolve")).toHaveLength(1);
  });

  it("capture in parts, and what was not captured is voided", async () => {
    const bench = await openBench();
    const session = await paid(bench, "authorization");
    const first = await bench.mock.followUp("capture", session.id, "10.00");
    await bench.settle();
    const second = await bench.mock.followUp("capture", session.id, "5.00");
    await bench.settle();
    expect([first.state, second.state]).toEqual(["resolved", "resolved"]);
    expect(Number((await transaction(bench, session)).completedAmount)).toBe(15);
  });

  it("capture what the reservation's end took already", async () => {
    const bench = await openBench();
    const session = await paid(bench, "authorization");
    await bench.control.backOffice(await bench.transactionOf(session), { action: "complete" });
    await bench.settle();
    const parts = [
      await bench.mock.followUp("capture", session.id, "29.95"),
      await bench.mock.followUp("capture", session.id, "0.05"),
    ];
    await bench.settle(60);
    expect(parts.map(({ state }) => state)).toEqual(["resolved", "rejected"]);
  });

  it("void a reservation, and a second void of it is answered too", async () => {
    const bench = await openBench();
    const session = await paid(bench, "authorization");
    const first = await bench.mock.followUp("void", session.id, null);
    await bench.settle();
    const second = await bench.mock.followUp("void", session.id, null);
    await bench.settle();
    expect([first.state, second.state]).toEqual(["resolved", "resolved"]);
    expect(await transaction(bench, session)).toMatchObject({ state: "VOIDED" });
  });

  it("void what became a payment meanwhile: the money goes back", async () => {
    const bench = await openBench();
    const session = await paid(bench, "authorization");
    await bench.control.backOffice(await bench.transactionOf(session), { action: "complete" });
    await bench.settle();
    const voiding = await bench.mock.followUp("void", session.id, null);
    await bench.settle(60);
    expect(voiding.state).toBe("resolved");
    expect(Number((await transaction(bench, session)).refundedAmount)).toBe(29.95);
  });

  it("that are refused before they exist are rejected with the reason", async () => {
    const bench = await openBench();
    const session = await paid(bench);
    const asked = [
      await bench.mock.followUp("refund", session.id, "30.00"),
      await bench.mock.followUp("capture", session.id, "29.95"),
    ];
    await bench.control.addFaults({
      on: "request",
      kind: "status",
      status: 422,
      method: "POST",
      path: "/payment/refunds",
    });
    asked.push(await bench.mock.followUp("refund", session.id, "1.00"));
    await bench.settle(60);
    expect(asked.map(({ state, reason }) => [state, reason?.code])).toEqual(
      Array(3).fill(["rejected", "PROCESSING_ERROR"]),
    );
    expect(asked.every(({ reason }) => (reason?.message ?? "").length > 10)).toBe(true);
  });

  it("of a payment that this shop does not have are refused, and Shopify gives up after its schedule", async () => {
    const bench = await openBench();
    const session = await paid(bench);
    const strange = await bench.mock.followUp("refund", session.id, "10.00");
    const body = {
      ...strange.body,
      id: "other",
      gid: "gid://shopify/RefundSession/other",
      payment_id: "of-another-shop",
    };
    const { genuine } = certificates;
    const request = bench.mock.toRequest({ kind: "refund", body });
    request.headers.set("x-client-cert", encodeURIComponent(genuine));
    const answer = await bench.gateway(request);
    expect(answer.status).toBe(404);
    await bench.settle(60);
    expect(Number((await transaction(bench, session)).refundedAmount)).toBe(10);
  });

  it("wait for a gateway that is down, by Shopify's schedule", async () => {
    const bench = await openBench();
    const session = await paid(bench);
    bench.isGatewayDown = true;
    const refund = await bench.mock.followUp("refund", session.id, "10.00");
    await bench.settle(3600, 5);
    const tries = refund.sends;
    expect([refund.isTaken, tries > 3]).toEqual([false, true]);
    bench.isGatewayDown = false;
    await bench.settle(4 * 3600, 4);
    expect(refund).toMatchObject({ isTaken: true, state: "resolved" });
    expect(Number((await transaction(bench, session)).refundedAmount)).toBe(10);
  });
});

describe("the confirmation callback", () => {
  const confirm = (bench: Bench, session: MockSession, confirmation_result: boolean) => {
    const { id, gid } = session.body;
    const request = new Request(`${gatewayUrl}/platforms/shopify/confirm`, {
      method: "POST",
      headers: { "shopify-shop-domain": shopDomain, "x-client-cert": encodeURIComponent(certificates.genuine) },
      body: JSON.stringify({ id, gid, confirmation_result }),
    });
    return bench.gateway(request);
  };

  it("with true looks, with false gives the money back and rejects", async () => {
    const bench = await openBench();
    const [kept, refused] = [await bench.mock.pay(checkout), await bench.mock.pay(checkout)];
    expect((await confirm(bench, kept, true)).ok).toBe(true);
    expect((await confirm(bench, refused, false)).ok).toBe(true);
    for (const session of [kept, refused]) await bench.buyer(session, "pay");
    await bench.settle(60);
    expect([kept.state, refused.state]).toEqual(["resolved", "rejected"]);
    const { completedAmount, refundedAmount, state } = await transaction(bench, refused);
    expect(state === "VOIDED" || completedAmount === refundedAmount).toBe(true);
  });
});

describe("Shopify down for a day", () => {
  it("gets every result once when it is back, each payment's in order", async () => {
    const bench = await openBench();
    const sale = await paid(bench);
    const open = await bench.mock.pay(checkout);
    const failing = await bench.mock.pay(checkout);
    const reserved = await paid(bench, "authorization");
    const before = bench.mock.state.calls.length;
    bench.mock.break("down", null);
    await bench.buyer(open, "pay");
    await bench.buyer(failing, "abort");
    await bench.settle();
    const followUps = [
      await bench.mock.followUp("refund", sale.id, "10.00"),
      await bench.mock.followUp("refund", sale.id, "5.00"),
      await bench.mock.followUp("capture", reserved.id, "20.00"),
      await bench.mock.followUp("refund", open.id, "1.00"),
    ];
    await bench.settle(600, 6);
    await bench.settle(3600, 23);
    expect(bench.mock.state.calls).toHaveLength(before);
    expect((await bench.findings()).map(({ kind }) => kind)).toContain("notShownForAnHour");
    bench.mock.break(null, null);
    await bench.settle(4 * 3600, 3);
    const told = bench.mock.state.calls.slice(before);
    expect(told.map(({ effect }) => effect)).toEqual(Array(told.length).fill("changed"));
    expect(told.map(({ field, id }) => `${field} ${id}`).sort()).toEqual(
      [
        `paymentSessionResolve ${open.id}`,
        `paymentSessionReject ${failing.id}`,
        ...followUps.map(({ kind, id }) => `${kind}SessionResolve ${id}`),
      ].sort(),
    );
    const of = (session: MockSession) =>
      told.filter(({ id }) => bench.mock.state.sessions.get(id)?.payment === session.id).map(({ id }) => id);
    expect(of(sale)).toEqual([followUps[0]?.id, followUps[1]?.id]);
    expect(of(open)).toEqual([open.id, followUps[3]?.id]);
    expect((await bench.findings()).filter(({ resolvedOn }) => resolvedOn === null)).toEqual([]);
  });

  it("is asked by its own schedule to the second", async () => {
    const bench = await openBench();
    const session = await bench.mock.pay(checkout);
    await bench.settle();
    const asked: number[] = [];
    bench.mock.break("down", null);
    await bench.buyer(session, "pay");
    await bench.control.deliverWebhooks();
    const payment = async () => (await bench.store.read(shopId, session.id as PaymentReference)) ?? undefined;
    for (let step = 0; step < 10; step += 1) {
      await bench.core.settleDue({ total: 10, perShop: 10 });
      const row = await payment();
      const wait = (Date.parse(row?.showAt ?? "") - bench.now()) / 1000;
      asked.push(wait);
      await bench.advance(wait);
    }
    expect(asked).toEqual([0, 5, 10, 30, 45, 60, 120, 300, 720, 2280]);
  });
});
