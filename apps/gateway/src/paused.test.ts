import { type OwnPostgresServer, startOwnPostgres } from "@checkout-plugins/tooling/postgres";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { liveSpace, secret } from "./test/bench.ts";
import { type CountingShop, openCountingShop } from "./test/crash/counting-shop.ts";
import { deliver, start, toEnvironment, toReference } from "./test/crash/crash.ts";
import { type GatewayProcess, startGatewayProcess } from "./test/crash/gateway-process.ts";
import { type ServiceDouble, startServiceDouble } from "./test/crash/service-double.ts";

const reference = toReference(0);
const patience = { timeout: 120_000, interval: 50 };

let postgres: OwnPostgresServer;
let service: ServiceDouble;
let shop: CountingShop;
const gateways: GatewayProcess[] = [];

beforeEach(async () => {
  const found = await startOwnPostgres();
  if ("missing" in found) throw new Error(found.missing);
  postgres = found;
  service = await startServiceDouble(liveSpace);
  shop = await openCountingShop(secret);
});
afterEach(async () => {
  await Promise.all(gateways.splice(0).map((one) => one.end()));
  await Promise.all([service.close(), shop.close(), postgres.stop()]);
});

async function startGateway(): Promise<GatewayProcess> {
  const gateway = startGatewayProcess(toEnvironment(service, shop, postgres));
  gateways.push(gateway);
  await gateway.ready();
  return gateway;
}

/** Of the first that comes: `reached` when it is there, then it waits for `release`. The others pass. */
function holdFirst() {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let isFirst = true;
  const hold = async (): Promise<void> => {
    if (!isFirst) return;
    isFirst = false;
    reached.resolve();
    await released.promise;
  };
  return { hold, reached: reached.promise, release: released.resolve };
}

/** Sells order 0 by the first gateway, whose work stops where `holds` says; it sleeps until the second has gone on. */
async function pauseFirst(stopIn: "look" | "show") {
  const first = await startGateway();
  await start(gateways, 0);
  const [sold] = service.transactions();
  const transaction = sold?.id ?? 0;
  const held = holdFirst();
  if (stopIn === "look")
    service.hold = (path) => (path.includes(`/transactions/${transaction}?`) ? held.hold() : Promise.resolve());
  else shop.hold = ({ standing }) => (standing === "paid" ? held.hold() : Promise.resolve());
  await deliver([first], service.fulfill(transaction), 0);
  await held.reached;
  first.signal("SIGSTOP");
  const second = await startGateway();
  const refunds = [service.refund(transaction)];
  await deliver([second], refunds[0]?.webhook as never, 0);
  await vi.waitFor(() => expect(shop.orders.get(reference)?.entered.size).toBe(1), patience);
  const newer = shop.orders.get(reference)?.payment;
  held.release();
  first.signal("SIGCONT");
  refunds.push(service.refund(transaction));
  await deliver([first], refunds[1]?.webhook as never, 0);
  await vi.waitFor(() => expect(shop.orders.get(reference)?.entered.size).toBe(2), patience);
  return { newer, refunds: refunds.map(({ id }) => String(id)) };
}

it.each(["look", "show"] as const)(
  "a gateway that slept beyond its lease in a %s cannot overwrite what another one has recorded and shown",
  async (stopIn) => {
    const { newer, refunds } = await pauseFirst(stopIn);
    const order = shop.orders.get(reference);
    expect(newer).toMatchObject({ standing: "paid", refunded: { minor: 1 } });
    expect(order?.payment).toMatchObject({ standing: "paid", refunded: { minor: 2 }, findings: [] });
    expect(order?.payment.revision).toBeGreaterThan(newer?.revision ?? 0);
    expect([...(order?.entered ?? [])].sort()).toEqual(refunds.map((id) => [id, 1]).sort());
    expect([order?.timesPaid, shop.contradictions]).toEqual([1, []]);
  },
  300_000,
);
