import { describe, expect, it } from "vitest";
import type { Bench } from "../bench.ts";

export function testAdministrators(bench: Bench): void {
  const { service, control, container } = bench;

  describe("what an administrator does in Medusa", () => {
    it("captures 4 and 6.50 of a reservation of 10.50", async () => {
      const { cart, order, transaction } = await bench.authorize();
      expect(order).toMatchObject({ status: "authorized", captures: [] });
      await bench.capture(order.payment, 4);
      expect(await control.transaction(transaction)).toMatchObject({ state: "AUTHORIZED", completedAmount: "4" });
      await bench.capture(order.payment, 6.5);
      expect(await control.transaction(transaction)).toMatchObject({ completedAmount: "10.5" });
      await bench.later(60);
      expect(await bench.order(cart)).toMatchObject({ status: "captured", captures: [4, 6.5], outstanding: 0 });
      expect((await service.writes()).slice(1)).toEqual(
        Array(2).fill(`POST /payment/transactions/${transaction}/complete-partially-online`),
      );
    });

    it.each([
      ["chf", 2.25, 8.25, "10.5"],
      ["jpy", 200, 1000, "1200"],
      ["kwd", 1.005, 2.12, "3.125"],
    ])("refunds %s in two parts", async (currency, part, rest, whole) => {
      const { cart, order, transaction } = await bench.buy(currency);
      await bench.refund(order.payment, part);
      await bench.refund(order.payment, rest);
      expect(await control.transaction(transaction)).toMatchObject({ refundedAmount: whole });
      await bench.later(60);
      expect(await bench.order(cart)).toMatchObject({
        refunds: [part, rest],
        transactions: [part + rest, -part, -rest],
      });
    });

    it("refunds once although the answer is cut, and once more only when Medusa lost its row", async () => {
      const { cart, order, session, transaction } = await bench.buy();
      await control.addFaults({
        on: "request",
        kind: "cutAfter",
        method: "POST",
        path: "/payment/refunds",
        times: "always",
      });
      await bench.refund(order.payment, 3);
      await control.clearFaults();
      // As after a crash between Medusa's row and our answer: the row is gone, and a person presses again.
      const { shop } = await bench.runtime();
      const known = await shop.readSession(session);
      await shop.payments.deleteRefunds(known?.payment?.refunds.map(({ id }) => id) ?? []);
      await bench.refund(order.payment, 3);
      await bench.later(60);
      expect(await control.transaction(transaction)).toMatchObject({ refundedAmount: "3" });
      expect(await bench.order(cart)).toMatchObject({ refunds: [3] });
    });

    it("refunds what Medusa had only written down when its process died", async () => {
      const { cart, order, transaction } = await bench.buy();
      const { payments } = (await bench.runtime()).shop;
      const write = (amount: string) =>
        payments.createRefunds({ payment: order.payment, amount, created_at: bench.clock.now() });
      await write("3");
      await bench.later(300);
      await bench.later(60);
      expect(await control.transaction(transaction)).toMatchObject({ refundedAmount: "3" });
      const once = { refunds: [3], transactions: [10.5, -3], credited: 3, outstanding: 0 };
      expect(await bench.order(cart)).toMatchObject(once);
      await write("8");
      await bench.later(300);
      expect(await control.transaction(transaction)).toMatchObject({ refundedAmount: "3" });
      expect(await bench.order(cart)).toMatchObject({ refunds: [3] });
    });

    it("cancels the reservation", async () => {
      const { cart, order, transaction } = await bench.authorize();
      await container().resolve("payment").cancelPayment(order.payment);
      expect(await control.transaction(transaction)).toMatchObject({ state: "VOIDED" });
      await bench.later(60);
      expect(await bench.order(cart)).toMatchObject({ status: "canceled", isCanceled: true, captures: [] });
    });

    it("cancels what is already taken, which gives the money back", async () => {
      const { cart, session, transaction } = await bench.buy();
      const { data } = await bench.provider().cancelPayment({ data: { session_id: session } });
      expect(data).toMatchObject({ session_id: session, url: null });
      expect(await control.transaction(transaction)).toMatchObject({ refundedAmount: "10.5" });
      await bench.later(60);
      expect(await bench.order(cart)).toMatchObject({ refunds: [10.5], transactions: [10.5, -10.5] });
      expect((await service.writes()).length).toBe(2);
    });

    it("is told why the service refused", async () => {
      const { order } = await bench.authorize();
      await control.changeSpace("70001", { switches: { completionOutcome: "failed" } });
      const refused = await bench.capture(order.payment).catch(({ response }) => response);
      expect(refused.status).toBe(400);
      expect(refused.data.message).toMatch(/\w{3,}/);
    });

    it("sees a capture vanish that was told as done and then failed", async () => {
      const { cart, order } = await bench.authorize();
      await control.changeSpace("70001", { switches: { completionDelay: "PT1M", completionOutcome: "failed" } });
      await bench.capture(order.payment);
      expect(await bench.order(cart)).toMatchObject({ status: "captured", captures: [10.5] });
      await control.advance("PT2M");
      await bench.later(3600);
      expect(await bench.order(cart)).toMatchObject({ status: "authorized", captures: [], transactions: [] });
    });
  });
}
