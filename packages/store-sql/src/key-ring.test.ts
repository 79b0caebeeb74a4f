import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyRing } from "./key-ring.ts";

const [old, current] = [randomBytes(32), randomBytes(32)];
const place = { shop: "shop-1", name: "platform secret" };

describe("createKeyRing", () => {
  it("gives back what was sealed, and never seals twice to the same bytes", () => {
    const ring = createKeyRing({ keys: [current], randomBytes });
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const sealed = ring.seal(value, place);
        expect(ring.open(sealed, place)).toBe(value);
        expect(ring.seal(value, place).sealed).not.toBe(sealed.sealed);
      }),
    );
  });

  it("opens what an older key sealed, and seals with the newest", () => {
    const sealed = createKeyRing({ keys: [old], randomBytes }).seal("whsec_1", place);
    const ring = createKeyRing({ keys: [current, old], randomBytes });
    expect(ring.open(sealed, place)).toBe("whsec_1");
    expect(ring.seal("whsec_1", place).keyId).toBe(ring.newest);
    expect(sealed.keyId).not.toBe(ring.newest);
  });

  it.each([
    ["another shop", { ...place, shop: "shop-2" }],
    ["another field", { ...place, name: "key live" }],
  ])("refuses what was moved to %s", (_name, other) => {
    const ring = createKeyRing({ keys: [current], randomBytes });
    expect(() => ring.open(ring.seal("whsec_1", place), other)).toThrow(/is not what was kept there.*Enter the secret/);
  });

  it("refuses every change of a byte", () => {
    const ring = createKeyRing({ keys: [current], randomBytes });
    const { sealed, keyId } = ring.seal("whsec_1", place);
    const bytes = Buffer.from(sealed, "base64");
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const altered = Buffer.from(bytes);
        altered[index] = (altered[index] ?? 0) ^ flip;
        expect(() => ring.open({ sealed: altered.toString("base64"), keyId }, place)).toThrow("is not what was kept");
      }),
    );
    for (let length = 0; length < bytes.length; length += 1) {
      const short = bytes.subarray(0, length).toString("base64");
      expect(() => ring.open({ sealed: short, keyId }, place)).toThrow("is not what was kept");
    }
  });

  it("names the key that is missing, and holds no secret in what it says", () => {
    const sealed = createKeyRing({ keys: [old], randomBytes }).seal("whsec_1", place);
    const open = () => createKeyRing({ keys: [current], randomBytes }).open(sealed, place);
    expect(open).toThrow(`encrypted with the key ${sealed.keyId}, which is not among ENCRYPTION_KEYS`);
    expect(open).not.toThrow(/whsec_/);
  });

  it.each([
    ["no key", []],
    ["a short key", [current, randomBytes(16)]],
  ])("is not made with %s", (_name, keys) => {
    expect(() => createKeyRing({ keys, randomBytes })).toThrow(TypeError);
  });
});
