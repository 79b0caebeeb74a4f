import { readFileSync } from "node:fs";
import type { Json, Payment, Shown } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { createShopDoor, type ShopDoorSettings } from "./shop-door.ts";
import { signMessage } from "./signature.ts";
import type { ShowMessage } from "./wire/show.ts";

const { messages } = JSON.parse(readFileSync(new URL("../vectors/show.json", import.meta.url), "utf8")) as {
  readonly messages: readonly { readonly name: string; readonly message: ShowMessage }[];
};
const paid = messages[1]?.message.payment as Payment;

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const now = Date.parse("2026-02-03T09:00:00Z");
const shown: Shown<Json> = { kind: "shown", receipt: { revision: 3 } };

function openDoor(settings: Partial<ShopDoorSettings> = {}) {
  const calls: { payment: Payment; receipt: Json | null }[] = [];
  const door = createShopDoor({
    secrets: [secret],
    now: () => now,
    async show(payment, receipt) {
      calls.push({ payment, receipt });
      return shown;
    },
    ...settings,
  });
  return { door, calls };
}

function post(message: unknown, sign: { body?: string; id?: string; headers?: Record<string, string> } = {}): Request {
  const body = JSON.stringify(message);
  const headers = { ...signMessage({ id: sign.id ?? "msg_1", now, body: sign.body ?? body, secrets: [secret] }) };
  return new Request("https://shop.example.ch/payments/show", {
    method: "POST",
    headers: { ...headers, ...sign.headers },
    body,
  });
}
const message = { kind: "showPayment", payment: paid, receipt: null };

async function errorOf(response: Response): Promise<{ code: string; message: string }> {
  return ((await response.json()) as { error: { code: string; message: string } }).error;
}

describe("createShopDoor", () => {
  it.each(messages)("hands over the vector '$name' and answers what the shop said", async ({ message }) => {
    const { door, calls } = openDoor();
    const response = await door(post(message));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(shown);
    expect(calls).toEqual([{ payment: message.payment, receipt: message.receipt }]);
  });

  it("passes over fields that a newer gateway tells", async () => {
    const { door, calls } = openDoor();
    const [operation] = paid.operations;
    const newer = { ...paid, mood: "good", operations: [{ ...operation, weight: 1 }] };
    expect((await door(post({ ...message, payment: newer, later: true }))).status).toBe(200);
    expect(calls[0]?.payment).toEqual(paid);
  });

  it("refuses a standing it does not know by name", async () => {
    const { door, calls } = openDoor();
    const response = await door(post({ ...message, payment: { ...paid, standing: "sleeping" } }));
    expect(response.status).toBe(400);
    expect((await errorOf(response)).message).toContain('payment.standing: must be one of "open"');
    expect(calls).toEqual([]);
  });

  it.each([
    ["an altered body", { body: "{}" }, "No signature fits"],
    ["another id", { headers: { "webhook-id": "msg_2" } }, "No signature fits"],
    ["no signature", { headers: { "webhook-signature": "" } }, "Send the headers"],
  ])("refuses %s with 401, before anything is parsed", async (_name, sign, text) => {
    const { door, calls } = openDoor();
    const response = await door(post("not even a message", sign));
    expect(response.status).toBe(401);
    expect(await errorOf(response)).toMatchObject({ code: "badSignature", message: expect.stringContaining(text) });
    expect(calls).toEqual([]);
  });

  it("refuses a repeat of the same message where the shop notes ids", async () => {
    const noted = new Map<string, Date>();
    const { door, calls } = openDoor({
      async isRepeat(id, until) {
        const before = noted.has(id);
        noted.set(id, until);
        return before;
      },
    });
    expect((await door(post(message))).status).toBe(200);
    const repeat = await door(post(message));
    expect(repeat.status).toBe(401);
    expect((await errorOf(repeat)).message).toContain("msg_1 was received before");
    expect((await door(post(message, { id: "msg_2" }))).status).toBe(200);
    expect(calls.length).toBe(2);
    expect(noted.get("msg_1")).toEqual(new Date(now + 300_000));
  });

  it("takes the old and the new secret while one is being replaced", async () => {
    const { door } = openDoor({ secrets: [`whsec_${Buffer.alloc(32, 1).toString("base64")}`, secret] });
    expect((await door(post(message))).status).toBe(200);
  });

  it("takes POST only, and at most a megabyte", async () => {
    const { door, calls } = openDoor();
    expect((await door(new Request("https://shop.example.ch/payments/show"))).status).toBe(405);
    const long = await door(post({ ...message, receipt: "x".repeat(1024 * 1024) }));
    expect(long.status).toBe(400);
    expect((await errorOf(long)).message).toContain("longer than 1048576 bytes");
    expect(calls).toEqual([]);
  });

  it("lets a fault of the shop through to the host", async () => {
    const { door } = openDoor({
      async show() {
        throw new Error("the database is down");
      },
    });
    await expect(door(post(message))).rejects.toThrow("the database is down");
  });
});
