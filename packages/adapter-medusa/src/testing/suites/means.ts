import { beforeAll, describe, expect, it } from "vitest";
import { type Bench, type Checkout, first } from "../bench.ts";
import { createCustomer } from "../seed.ts";

type Customer = Awaited<ReturnType<typeof createCustomer>>;

export function testMeans(bench: Bench): void {
  const { api, service, control, container, seeded } = bench;

  describe("a customer who is signed in", () => {
    let anna: Customer;
    let means: string;
    const list = async (customer: Customer) =>
      (await api.get("/store/postfinance-checkout/saved-means", customer)).data.saved_means;
    const completeAs = ({ cart }: Checkout, customer: Customer) =>
      api.post(`/store/carts/${cart}/complete`, {}, customer);

    beforeAll(async () => {
      anna = await createCustomer(container(), seeded(), "anna@customers.ch");
      const checkout = await bench.checkout("chf", first, { headers: anna });
      await control.buyer(checkout.transaction, { action: "pay", card: "success", keep: true });
      await completeAs(checkout, anna);
      await bench.order(checkout.cart);
      [{ id: means }] = await list(anna);
    });

    it("keeps his means of payment by paying with it, and sees it masked", async () => {
      expect(await list(anna)).toMatchObject([
        { provider_id: first, label: expect.stringMatching(/\*{4,}.*1111$/), id: expect.stringMatching(/^\d+$/) },
      ]);
      const beat = await createCustomer(container(), seeded(), "beat@customers.ch");
      expect(await list(beat)).toEqual([]);
      const nobody = { headers: seeded().store.headers, validateStatus: () => true };
      expect((await api.get("/store/postfinance-checkout/saved-means", nobody)).status).toBe(401);
    });

    it("pays with it by completing the cart, once", async () => {
      const checkout = await bench.checkout("chf", first, { headers: anna, data: { means } });
      expect(checkout.url).toBe("");
      expect(await service.writes()).toEqual([]);
      await Promise.all([completeAs(checkout, anna), completeAs(checkout, anna)]);
      expect(await bench.order(checkout.cart)).toMatchObject({ status: "captured", captures: [10.5] });
      await completeAs(checkout, anna);
      await bench.later(60);
      expect(await bench.order(checkout.cart)).toMatchObject({ captures: [10.5], transactions: [10.5] });
      expect((await service.writes()).filter((one) => one === "POST /payment/transactions")).toHaveLength(1);
    });

    it("is not charged by anybody else", async () => {
      const eve = await createCustomer(container(), seeded(), "eve@customers.ch");
      const stolen = await bench.checkout("chf", first, { headers: eve, data: { means } });
      const answer = await completeAs(stolen, eve);
      expect(answer.data).toMatchObject({ type: "cart", error: { type: "payment_authorization_error" } });
      const asGuest = bench.checkout("chf", first, { data: { means } }).catch(({ response }) => response);
      expect((await asGuest) as unknown).toMatchObject({ status: 400 });
      expect(await service.writes()).toEqual([]);
    });

    it("is told when the bank refuses, and no order is placed", async () => {
      await control.changeSpace("70001", { switches: { storedMeans: "declined" } });
      const checkout = await bench.checkout("chf", first, { headers: anna, data: { means } });
      const { data } = await completeAs(checkout, anna);
      expect(data).toMatchObject({ type: "cart", error: { type: "payment_authorization_error" } });
      await bench.later(60);
      expect(await bench.orders(checkout.cart)).toEqual([]);
    });

    it("has an account holder, by whom Medusa lists and deletes what is saved", async () => {
      const payments = container().resolve("payment");
      const holders = async () =>
        (
          await container()
            .resolve("query")
            .graph({ entity: "account_holder", fields: ["*"], filters: { external_id: anna.id } })
        ).data;
      const [holder] = await holders();
      const context = { account_holder: { data: holder?.data ?? {} } };
      const listed = await payments.listPaymentMethods({ provider_id: first, context } as never);
      expect(listed).toMatchObject([{ id: means, provider_id: first, data: { label: expect.stringContaining("*") } }]);
      expect(await bench.provider().retrieveAccountHolder({ id: anna.id })).toEqual({
        id: anna.id,
        data: { customer: anna.id },
      });
      await expect(payments.createPaymentMethods({ provider_id: first, data: {}, context } as never)).rejects.toThrow(
        /saved by paying/,
      );
      const path = `/store/postfinance-checkout/saved-means/${means}?provider_id=${first}`;
      expect((await api.delete(path, anna)).data).toMatchObject({ deleted: true });
      expect(await list(anna)).toEqual([]);
      await payments.deleteAccountHolder(holder?.id ?? "");
      expect(await holders()).toEqual([]);
    });
  });
}
