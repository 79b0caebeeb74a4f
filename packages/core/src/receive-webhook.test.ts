import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createWebhookKeys, signWebhook, webhookEntities } from "@checkout-plugins/client";
import { describe, expect, it } from "vitest";
import type { CoreParts, Hint, Logger, PaymentStore, ShopId } from "./contract/index.ts";
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

/** Without the last byte of the signature's encoding. */
function cut(header: string): string {
  return header.replace(/(?<=signature=).*/, (base64) =>
    Buffer.from(base64, "base64").subarray(0, -1).toString("base64"),
  );
}

interface Door extends Bench {
  readonly reads: string[];
  /** What was said, at which level. */
  readonly said: readonly (readonly [string, string, unknown])[];
  receive(request: Request, shop?: ShopId): Promise<Response>;
  send(
    body: Buffer,
    signature: string | null,
    shop?: ShopId,
  ): Promise<{ status: number; message: string; retryAfter: string | null }>;
}

async function aDoor(
  read: (id: string) => Promise<string | null> = async (id) => (id === keyId ? spki : null),
  wrapStore?: (store: PaymentStore) => PaymentStore,
  parts: Partial<CoreParts> = {},
): Promise<Door> {
  const said: [string, string, unknown][] = [];
  const say =
    (level: string): Logger["info"] =>
    (event, fields) =>
      void said.push([level, event, fields]);
  const logger = { debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error") };
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
  const core = createCore({ ...bench.parts, ...parts, logger, shops });
  await bench.start();
  await bench.settleAll();
  bench.clock.advance(5);
  return {
    ...bench,
    reads,
    said,
    receive: (request, shop = shopId) => core.receiveWebhook(shop, request),
    async send(body, signature, shop = shopId) {
      const response = await core.receiveWebhook(shop, toRequest(body, signature));
      const { message } = (await response.json()) as { message: string };
      return { status: response.status, message, retryAfter: response.headers.get("retry-after") };
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

  it.each([
    ["Transaction", "transaction"],
    ["TransactionCompletion", "completion"],
    ["TransactionVoid", "void"],
    ["Refund", "refund"],
    ["DeliveryIndication", "deliveryIndication"],
    ["TransactionInvoice", "transactionInvoice"],
  ] as const)("of a %s is a hint of a %s", async (name, entity) => {
    const hints: Hint[] = [];
    const door = await aDoor(undefined, (store) => ({
      ...store,
      addHints: async (added) => {
        hints.push(...added);
        return "stored";
      },
    }));
    const body = toBody({ listenerEntityId: Number(webhookEntities[name]), listenerEntityTechnicalName: name });
    expect(await door.send(body, sign(body))).toEqual({ status: 200, message: "Kept.", retryAfter: null });
    expect(hints).toEqual([{ entity, id: "900001", space: "70001", state: "FULFILL", reading: null }]);
    const seen = { shop: shopId, space: "70001", entity: name, state: "FULFILL", reading: null };
    expect(door.said).toContainEqual(["debug", "webhook kept", seen]);
  });

  it("of a changed method is told to whoever lists methods, of this shop's space only", async () => {
    const changed: ShopId[] = [];
    const door = await aDoor(undefined, undefined, { methodsChanged: (shop) => void changed.push(shop) });
    const listenerEntityId = Number(webhookEntities.PaymentMethodConfiguration);
    const body = toBody({ listenerEntityId });
    expect(await door.send(body, sign(body))).toMatchObject({ status: 200, message: "Noted." });
    const elsewhere = toBody({ listenerEntityId, spaceId: 70009 });
    expect(await door.send(elsewhere, sign(elsewhere))).toMatchObject({ status: 200 });
    expect(changed).toEqual([shopId]);
    const deaf = await aDoor();
    expect(await deaf.send(body, sign(body))).toMatchObject({ status: 200, message: "Noted." });
  });

  it("of the test space is this shop's too", async () => {
    const door = await aDoor();
    const shop = (await door.parts.shops.find(shopId)) ?? expect.fail("there is no shop");
    Object.assign(shop, { live: null, test: shop.live });
    expect(await door.send(toBody(), sign(toBody()))).toMatchObject({ message: "Kept." });
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
      const answer = { status: 200, message: "Not one of this shop's payments." };
      expect(await door.send(body, sign(body))).toMatchObject(answer);
    }
    expect(await hintCount(door)).toBe(0);
    expect(door.said.filter(([, event]) => event === "webhook ignored")).toMatchObject([
      ["info", "webhook ignored", { shop: shopId, space: "70009" }],
      ["info", "webhook ignored", { shop: shopId, space: "70001" }],
    ]);
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
    ["of another encoding", toBody(), cut(sign(toBody())), /not a canonically/],
  ];

  it.each(cases)("%s", async (_name, body, signature, message) => {
    const door = await aDoor();
    const answer = await door.send(body, signature);
    expect(answer.status).toBe(401);
    expect(answer.message).toMatch(message);
    expect(await hintCount(door)).toBe(0);
    expect(door.said.at(-1)).toMatchObject(["warn", "webhook refused", { shop: shopId, reason: expect.any(String) }]);
  });

  it("too large", async () => {
    const door = await aDoor();
    const body = Buffer.alloc(65 * 1024, 32);
    expect(await door.send(body, sign(body))).toMatchObject({
      status: 413,
      message: expect.stringContaining("64 KiB"),
    });
  });

  it("for a shop that is not here", async () => {
    const door = await aDoor();
    const answer = { status: 404, message: "There is no such shop here." };
    expect(await door.send(toBody(), sign(toBody()), "other" as ShopId)).toMatchObject(answer);
  });

  it("not by POST", async () => {
    const door = await aDoor();
    const answer = await door.receive(new Request("https://gateway.example.ch/shops/demo/webhooks"));
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
    expect(await answer.json()).toEqual({ message: "Webhooks come by POST." });
  });
});

describe("when we cannot keep it", () => {
  it("the service shall come again: the key cannot be read", async () => {
    const door = await aDoor(async () => Promise.reject(new Error("ECONNREFUSED")));
    const answer = { status: 503, message: "The webhook could not be kept. Come again.", retryAfter: "30" };
    expect(await door.send(toBody(), sign(toBody()))).toEqual(answer);
    expect(door.said.at(-1)).toEqual([
      "error",
      "webhook not kept",
      { shop: shopId, why: expect.stringContaining("ECONNREFUSED") },
    ]);
  });

  it("the service shall come again: too many keys are named that nobody knows", async () => {
    const door = await aDoor();
    const keyOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
    const answers: Awaited<ReturnType<Door["send"]>>[] = [];
    for (let number = 0; number < 100 && answers.at(-1)?.status !== 503; number += 1) {
      answers.push(await door.send(toBody(), sign(toBody(), privateKey, keyOf(number))));
    }
    expect(answers.at(-1)).toMatchObject({ status: 503, message: "Too many unknown keys." });
    expect(Number(answers.at(-1)?.retryAfter)).toBeGreaterThan(0);
  });

  it("the service shall come again: the store fails or is full", async () => {
    const failing = await aDoor(undefined, (store) => ({
      ...store,
      addHints: () => Promise.reject(new Error("disk full")),
    }));
    expect((await failing.send(toBody(), sign(toBody()))).status).toBe(503);
    const full = await aDoor(undefined, (store) => ({ ...store, addHints: async () => "full" }));
    const answer = { status: 503, message: "Too many webhooks are waiting. Come again.", retryAfter: "30" };
    expect(await full.send(toBody(), sign(toBody()))).toEqual(answer);
  });
});
