import type { Payment } from "@checkout-plugins/core";
import { isGatewayError } from "@checkout-plugins/shop-protocol";
import { afterEach, describe, expect, it } from "vitest";
import { type Bench, type BenchSettings, createBench, reference } from "./test/bench.ts";

let bench: Bench | undefined;
afterEach(async () => {
  await bench?.close();
  bench = undefined;
});

async function open(settings?: BenchSettings): Promise<Bench> {
  bench = await createBench(settings);
  return bench;
}

async function textOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isGatewayError(error)) throw new Error(`no GatewayError: ${String(error)}`);
  return `${error.code} ${error.details.gatewayCode} ${error.message}`;
}

describe("a gateway that is not set up right says what to do, at start and to the shop", () => {
  const otherKey = Buffer.alloc(32, 9).toString("base64");
  it.each<[string, BenchSettings, string, RegExp]>([
    [
      "another key",
      { authenticationKey: otherKey },
      "credentials",
      /refused the credentials.*Check the id of the application user, its authentication key/,
    ],
    [
      "another user",
      { userId: "99999" },
      "credentials",
      /refused the credentials.*Check the id of the application user/,
    ],
    [
      "a user without rights",
      { userId: "12346" },
      "permission",
      /may not do.*in space 70001.*Give it a role.*"Space Admin"/,
    ],
    ["another space", { live: "79999" }, "spaceNotFound", /space 79999. Check the id/],
    [
      "a clock an hour ahead",
      { gatewayAhead: 3_600_000 },
      "credentials",
      /clock is 3[56]\d\d seconds ahead of the service's: set it right first/,
    ],
    [
      "a clock an hour behind",
      { gatewayAhead: -3_600_000 },
      "credentials",
      /clock is 3[56]\d\d seconds behind the service's/,
    ],
  ])("%s", async (_name, settings, code, text) => {
    const { connections, start, lines } = await open(settings);
    expect(connections).toMatchObject([{ state: "notConnected", why: expect.stringMatching(text) }]);
    expect(lines.join("\n")).toMatch(/space not connected/);
    expect(await textOf(start())).toMatch(new RegExp(`^refused ${code} .*${text.source}`));
  });

  it("no space for what the shop wants", async () => {
    const { start } = await open();
    expect(await textOf(start({ test: true }))).toMatch(/^refused notConfigured .*no test space.*Enter its space id/);
  });
});

describe("a shop that is not set up right is told what to do", () => {
  const back = { kind: "return", reference } as const;
  it.each([
    [
      "another secret",
      { secret: `whsec_${Buffer.alloc(32, 9).toString("base64")}` },
      /^signature badSignature .*Compare the secret on both sides/,
    ],
    [
      "a clock an hour ahead",
      { now: () => Date.now() + 3_600_000 },
      /^clock badSignature .*clock is 36\d\d s ahead of the gateway's\. Set both by NTP/,
    ],
    ["another name", { shopId: "other" }, /^unknownShop unknownShop .*Check the shop's id/],
    ["another path", { gatewayUrl: "" }, /^unreadable .*is gatewayUrl right/],
  ])("%s", async (_name, settings, text) => {
    const { connectShop, gatewayUrl } = await open();
    const changes = "gatewayUrl" in settings ? { gatewayUrl: `${gatewayUrl}/pay` } : settings;
    expect(await textOf(connectShop(changes).run(back))).toMatch(text);
  });
});

describe("T6: money that is not what was agreed is held, never paid, and somebody is told", () => {
  it.each<[string, BenchSettings, Readonly<Record<string, unknown>> | null, string, RegExp]>([
    ["another amount", {}, { amount: 1 }, "wrongAmount", /CHF 1.*but CHF 29\.95 was agreed.*Do not ship/],
    ["another currency", {}, { currency: "EUR" }, "wrongCurrency", /EUR 29\.95.*the order is in CHF\. Do not ship/],
    ["another order", {}, { metaData: {} }, "wrongOrder", /does not carry the mark of this payment.*before you ship/],
    [
      "test money in a live shop",
      { switches: { environment: "TEST" } },
      null,
      "testMoney",
      /test money in a live shop. Do not ship/,
    ],
  ])("%s", async (_name, settings, change, kind, text) => {
    const { start, simulator, pay, advance, shop, findings } = await open(settings);
    await start();
    if (change !== null) await simulator.tamper(change);
    await pay();
    await advance(30);
    expect(await findings()).toMatchObject([{ kind, detail: expect.stringMatching(text) }]);
    const payment = shop.order(reference)?.payment as Payment;
    expect(payment).toMatchObject({ standing: "held", mayShip: false, findings: [{ kind }] });
    expect(shop.order(reference)?.timesPaid).toBe(0);
  });
});

describe("T1: a webhook that is not the service's is refused, and the order paid all the same", () => {
  it.each([
    ["unsigned", "none", "missing"],
    ["wrongSignature", "wrong", "mismatch"],
    ["unknownKey", "unknownKey", "unknownKey"],
  ])("%s", async (kind, signature, reason) => {
    const { lines, start, simulator, pay, advance, shop, comeBack } = await open();
    await simulator.fault({ on: "webhook", kind, times: "always" });
    await start();
    await pay();
    await advance(2);
    const [first] = (await simulator.webhooks()).map(({ attempts }) => attempts[0]);
    expect(first).toMatchObject({ status: 401, signature });
    expect(lines.join("\n")).toContain(`"event":"webhook refused","shop":"demo","reason":"${reason}"`);
    await comeBack();
    await advance(2);
    expect(shop.order(reference)).toMatchObject({ timesPaid: 1, payment: { standing: "paid" } });
  });

  it.each([
    ["unsigned", {}, /no signature.*Set up the listener again/],
    ["forged", { "x-signature": signedBy("11111111-1111-1111-1111-111111111111") }, /does not know the key/],
    ["of another form", { "x-signature": "v1,AAAA" }, /not of the form/],
  ])("and its sender is told why: %s", async (_name, headers, text) => {
    const { gatewayUrl } = await open();
    const body = '{"entityId":900001,"state":"FULFILL"}';
    const response = await fetch(`${gatewayUrl}/shops/demo/webhooks`, { method: "POST", headers, body });
    expect(response.status).toBe(401);
    expect(await response.text()).toMatch(text);
  });
});

/** A signature of the right form, by nobody. */
function signedBy(keyId: string): string {
  const signature = "MEYCIQCTzbMrMsOAC6T57T9kQTb1iGZVg2R7n6pY9A4ML4P31gIhAIOoav8cG8x0jpRWQztqSJIC8gXWKq+4DuENEySvmMYf";
  return `algorithm=SHA256withECDSA, keyId=${keyId}, signature=${signature}`;
}
