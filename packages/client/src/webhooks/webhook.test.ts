import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isServiceError } from "../errors.ts";
import { parseWebhook, receiveWebhook } from "./webhook.ts";
import { webhookEntities } from "./webhook-entities.ts";
import { createWebhookKeys } from "./webhook-keys.ts";
import { signWebhook } from "./webhook-signature.ts";

const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const keyId = "ab3b774e-770e-4644-9b51-885d71f973e5";
const payload = {
  entityId: 11,
  eventId: 35,
  listenerEntityId: 1472041829003,
  listenerEntityTechnicalName: "Transaction",
  spaceId: 1,
  state: "PROCESSING",
  timestamp: "2023-12-19T13:43:35+0000",
  webhookListenerId: 2,
};
const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe("parseWebhook", () => {
  it("reads the service's payload", () => {
    expect(parseWebhook(encode(payload))).toEqual({
      eventId: "35",
      entityId: "11",
      entity: webhookEntities.Transaction,
      technicalName: "Transaction",
      space: "1",
      state: "PROCESSING",
      timestamp: "2023-12-19T13:43:35.000Z",
    });
  });

  it("keeps ids above 2^53 and takes an absent state as null", () => {
    const text = JSON.stringify({ ...payload, state: undefined }).replace(
      '"entityId":11',
      '"entityId":9007199254740993',
    );
    expect(parseWebhook(new TextEncoder().encode(text))).toMatchObject({ entityId: "9007199254740993", state: null });
  });

  it.each([
    ["no JSON", new TextEncoder().encode("{")],
    ["a list", encode([payload])],
    ["null", encode(null)],
    ["an id as text", encode({ ...payload, entityId: "11" })],
    ["an id below one", encode({ ...payload, entityId: 0 })],
    ["an id with a fraction", encode({ ...payload, spaceId: 1.5 })],
    ["no space", encode({ ...payload, spaceId: undefined })],
    ["a state that is no text", encode({ ...payload, state: 1 })],
    ["no date", encode({ ...payload, timestamp: "yesterday" })],
    ["bytes that are no UTF-8", encode(payload).map((byte) => (byte === 0x54 ? 0xff : byte))],
    ["more than 64 KiB", encode({ ...payload, filler: "x".repeat(65_536) })],
    ["deep nesting", new TextEncoder().encode(`[1234567890123456789,${"[".repeat(60_000)}`)],
  ])("refuses %s", (_what, body) => {
    expect(() => parseWebhook(body)).toThrow(expect.objectContaining({ code: "unreadable" }));
  });

  it("says what it did not understand, and keeps the cause", () => {
    try {
      parseWebhook(encode({ ...payload, entityId: "11" }));
      expect.fail("it was understood");
    } catch (error) {
      expect(isServiceError(error)).toBe(true);
      expect(error).toMatchObject({
        message: expect.stringMatching(/^The webhook is not understood: .*webhook.*entityId/),
        details: { request: "webhook" },
        cause: expect.any(TypeError),
      });
    }
    const tooLarge = encode({ ...payload, filler: "x".repeat(65_536) });
    expect(() => parseWebhook(tooLarge)).toThrow("more than 65536 bytes");
  });

  it("takes 64 KiB, and not a byte more", () => {
    const filled = (bytes: number) => {
      const rest = bytes - encode({ ...payload, filler: "" }).byteLength;
      return encode({ ...payload, filler: "x".repeat(rest) });
    };
    expect(parseWebhook(filled(65_536))).toMatchObject({ entityId: "11" });
    expect(() => parseWebhook(filled(65_537))).toThrow("65536");
  });

  it("throws nothing but ServiceError, whatever the bytes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => new TextEncoder().encode(text)),
        ),
        (body) => {
          try {
            parseWebhook(body);
          } catch (error) {
            expect(isServiceError(error)).toBe(true);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe("receiveWebhook", () => {
  const keys = (answer: () => Promise<string | null>) => createWebhookKeys({ read: answer, now: () => 0 });
  const genuine = keys(async () => publicKey.export({ type: "spki", format: "der" }).toString("base64"));
  const body = encode(payload);
  const header = signWebhook(body, keyId, privateKey);

  it("verifies, then reads", async () => {
    expect(await receiveWebhook(body, header, genuine)).toMatchObject({ kind: "valid", webhook: { entityId: "11" } });
  });

  it.each([
    ["without a signature", body, null, "missing"],
    ["whose space was changed", encode({ ...payload, spaceId: 2 }), header, "mismatch"],
    ["that is too large", new Uint8Array(65_537), header, "tooLarge"],
  ])("refuses one %s", async (_what, bytes, text, reason) => {
    expect(await receiveWebhook(bytes, text, genuine)).toEqual({ kind: "invalid", reason });
  });

  it("tells an unknown key from a key that could not be asked for", async () => {
    expect(
      await receiveWebhook(
        body,
        header,
        keys(async () => null),
      ),
    ).toEqual({ kind: "invalid", reason: "unknownKey" });
    const down = keys(() => Promise.reject(new Error("down")));
    await expect(receiveWebhook(body, header, down)).rejects.toThrow("down");
  });

  it("verifies 64 KiB, and asks for a key no longer where too many unknown ones were named", async () => {
    const largest = new Uint8Array(65_536).fill(0x20);
    expect(await receiveWebhook(largest, header, genuine)).toEqual({ kind: "invalid", reason: "mismatch" });
    const throttled = { find: async () => ({ kind: "throttled", retryAfter: 7 }) as const };
    expect(await receiveWebhook(body, header, throttled)).toEqual({ kind: "throttled", retryAfter: 7 });
  });

  it("asks for no key when the header is not right", async () => {
    let reads = 0;
    const counted = keys(async () => String(reads++));
    await receiveWebhook(body, `${header} `, counted);
    await receiveWebhook(body, header.replace("SHA256withECDSA", "none"), counted);
    expect(reads).toBe(0);
  });
});
