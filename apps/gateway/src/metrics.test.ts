import type { Peer } from "@checkout-plugins/core";
import { afterEach, describe, expect, it } from "vitest";
import { createMetrics } from "./metrics.ts";
import { type Bench, createBench, shopId } from "./test/bench.ts";

const local: Peer = { address: "127.0.0.1", certificate: null };
const elsewhere: Peer = { address: "203.0.113.7", certificate: null };
const token = "a-token-of-many-letters";

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

async function open(given: string | null): Promise<Bench> {
  const metrics = createMetrics({ now: () => performance.now() });
  bench = await createBench({ metrics: { metrics, token: given } });
  return bench;
}

function ask({ gateway }: Bench, peer: Peer, headers: Record<string, string> = {}): Promise<Response> {
  return gateway.fetch(new Request("http://localhost:4001/metrics", { headers }), peer);
}

describe("/metrics", () => {
  it("tell what was done, by pattern and never by name", async () => {
    const opened = await open(null);
    await opened.start();
    await opened.pay();
    await opened.comeBack();
    await opened.advance(5);
    await opened.gateway.fetch(new Request("http://localhost:4001/wp-login.php"), elsewhere);
    const text = await (await ask(opened, local)).text();
    expect(text).toMatch(/request_seconds_count\{route="\/shops\/:shop\/commands",method="POST",status="200"\} 2/);
    expect(text).toMatch(/request_seconds_count\{route="\/shops\/:shop\/webhooks",method="POST",status="200"\} [1-9]/);
    expect(text).toMatch(/request_seconds_count\{route="other",method="GET",status="404"\} 1/);
    expect(text).toMatch(/events_total\{event="shown",level="info"\} [1-9]/);
    expect(text).toMatch(/service_request_seconds_count\{method="POST",status="201"\} [1-9]/);
    expect(text).toContain("checkout_gateway_ready 1");
    expect(text).toContain("checkout_gateway_spaces_not_connected 0");
    expect(text).toMatch(/oldest_due_seconds\{what="payment"\} 0/);
    expect(text).toContain("process_resident_memory_bytes");
    expect(text).not.toContain(shopId);
    expect(text).not.toContain("order-1001");
    expect(text).not.toContain("wp-login");
  });

  it("tell since when a payment waits that nobody settles", async () => {
    const opened = await open(null);
    const at = (await opened.store.backlog("2999" as never)).payment;
    expect(at).toBeNull();
    const row = await opened.store.open("p" as never, shopId, "r" as never, null, opened.now());
    await opened.store.lease(row.id, "busy", opened.now(), opened.now());
    await opened.gateway.stop();
    await opened.store.abandon(row.id, opened.now());
    await opened.advance(90);
    expect(await (await ask(opened, local)).text()).toMatch(/oldest_due_seconds\{what="payment"\} 90\n/);
    expect(await (await ask(opened, local)).text()).toContain("checkout_gateway_ready 0");
  });

  it.each([
    ["another machine", elsewhere, {}],
    ["a proxy on this one", local, { "x-forwarded-for": "203.0.113.7" }],
  ])("are not told to %s", async (_who, peer, headers) => {
    expect((await ask(await open(null), peer, headers)).status).toBe(401);
  });

  it("are told to whoever knows the token", async () => {
    const opened = await open(token);
    expect((await ask(opened, elsewhere, { authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await ask(opened, elsewhere, { authorization: "Bearer another" })).status).toBe(401);
    expect((await ask(opened, local)).status).toBe(401);
  });
});
