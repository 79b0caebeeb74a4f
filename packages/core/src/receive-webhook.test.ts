import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createWebhookKeys, signWebhook } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { PaymentStore, ShopId } from "./contract/index.ts";
import { createCore } from "./core.ts";
import { type Bench, createBench, reference, shopId } from "./testing/bench.ts";

const keyId = "ab3b774e-770e-4644-9b51-885d71f973e5";
const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const spki = publicKey.export({ format: "der", type: "spki" }).toString("base64");

function toBody(changes: Readonly<Record<string, unknown>> = {}): Buffer {
  const webhook = {
    entityId: 900001,
    eventId: 35,
    listenerEntityId: 1472041829003,
    listenerEntityTechnicalName: "Transaction",
    spaceId: 70001,
    state: "FULFILL",
    timestamp: "2026-02-03T09:00:20+0000",
    webhookListenerId: 2,
  };
  return Buffer.from(JSON.stringify({ ...webhook, ...changes }));
}

function toRequest(body: Buffer, signature: string | null): Request {
  const headers = signature === null ? {} : { "x-signature": signature };
  return new Request("https://gateway.example.ch/shops/demo/webhooks", {
    method: "POST",
    body: new Uint8Array(body),
    headers,
  });
}

function sign(body: Buffer, key: KeyObject = privateKey, id: string = keyId): string {
  return signWebhook(body, id, key);
}

interface Door extends Bench {
  readonly reads: string[];
  send(body: Buffer, signature: string | null, shop?: ShopId): Promise<{ status: number; message: string }>;
}

async function aDoor(
  read: (id: string) => Promise<string | null> = async (id) => (id === keyId ? spki : null),
  wrapStore?: (store: PaymentStore) => PaymentStore,
): Promise<Door> {
  const bench = createBench(wrapStore ? { wrapStore } : {});
  const reads: string[] = [];
  const keys = createWebhookKeys({
    read: (id) => {
      reads.push(id);
      return read(id);
    },
    now: () => Date.parse(bench.clock.now()),
  });
  const shops = {
    ...bench.parts.shops,
    find: async (id: ShopId) => {
      const shop = await bench.parts.shops.find(id);
      return shop && { ...shop, keys };
    },
  };
  const core = createCore({ ...bench.parts, shops });
  await bench.start();
  await bench.settleAll();
  bench.clock.advance(5);
  return {
    ...bench,
    reads,
    async send(body, signature, shop = shopId) {
      const response = await core.receiveWebhook(shop, toRequest(body, signature));
      const { message } = (await response.json()) as { message: string };
      return { status: response.status, message };
    },
  };
}

async function hintCount(door: Door): Promise<number | undefined> {
  return (await door.store.read(shopId, reference))?.hintCount;
}

describe("a genuine webhook", () => {
  it("is kept, and settles the payment", async () => {
    const door = await aDoor();
    door.service.move("900001" as never, "FULFILL");
    expect((await door.send(toBody(), sign(toBody()))).status).toBe(200);
    await door.settleAll();
    expect(door.shop.shown.at(-1)?.standing).toBe("paid");
  });

  it("costs one key read for all that follow", async () => {
    const door = await aDoor();
    await Promise.all([1, 2, 3, 4].map(() => door.send(toBody(), sign(toBody()))));
    expect(door.reads).toEqual([keyId]);
    expect(await hintCount(door)).toBe(4);
  });

  it("of another space, or of an entity that is no payment, is acknowledged and ignored", async () => {
    const door = await aDoor();
    for (const changes of [{ spaceId: 70009 }, { listenerEntityId: 1472041806455 }]) {
      const body = toBody(changes);
      expect((await door.send(body, sign(body))).status).toBe(200);
    }
    expect(await hintCount(door)).toBe(0);
  });

  it("that comes before we know its transaction is kept for it", async () => {
    const door = await aDoor();
    const body = toBody({ entityId: 900002 });
    await door.send(body, sign(body));
    door.service.move("900001" as never, "FAILED");
    await door.start();
    expect(await hintCount(door)).toBe(1);
  });
});

describe("a webhook that is not genuine is refused, each with what is wrong", () => {
  const altered = toBody({ state: "FAILED" });
  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const cases: readonly (readonly [string, Buffer, string | null, RegExp])[] = [
    ["unsigned", toBody(), null, /carries no signature.*Set up the listener again/],
    ["forged", toBody(), sign(toBody(), stranger), /altered, or signed by somebody else/],
    ["altered", altered, sign(toBody()), /altered, or signed by somebody else/],
    [
      "of an unknown key",
      toBody(),
      sign(toBody(), privateKey, "00000000-0000-4000-8000-000000000000"),
      /does not know the key/,
    ],
    ["of no algorithm", toBody(), sign(toBody()).replace("SHA256withECDSA", "none"), /another algorithm/],
    ["of another form", toBody(), "v1=abc", /not of the form/],
  ];

  it.each(cases)("%s", async (_name, body, signature, message) => {
    const door = await aDoor();
    const answer = await door.send(body, signature);
    expect(answer.status).toBe(401);
    expect(answer.message).toMatch(message);
    expect(await hintCount(door)).toBe(0);
  });

  it("too large", async () => {
    const door = await aDoor();
    const body = Buffer.alloc(65 * 1024, 32);
    expect((await door.send(body, sign(body))).status).toBe(413);
  });

  it("for a shop that is not here", async () => {
    const door = await aDoor();
    expect((await door.send(toBody(), sign(toBody()), "other" as ShopId)).status).toBe(404);
  });
});

describe("when we cannot keep it", () => {
  it("the service shall come again: the key cannot be read", async () => {
    const door = await aDoor(async () => Promise.reject(new Error("ECONNREFUSED")));
    expect((await door.send(toBody(), sign(toBody()))).status).toBe(503);
  });

  it("the service shall come again: the store fails or is full", async () => {
    const failing = await aDoor(undefined, (store) => ({
      ...store,
      addHints: () => Promise.reject(new Error("disk full")),
    }));
    expect((await failing.send(toBody(), sign(toBody()))).status).toBe(503);
    const full = await aDoor(undefined, (store) => ({ ...store, addHints: async () => "full" }));
    expect((await full.send(toBody(), sign(toBody()))).status).toBe(503);
  });
});
