import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  readSignatureHeader,
  signatureHeaderName,
  signWebhook,
  toWebhookKey,
  verifyWebhook,
} from "./webhook-signature.ts";

const vector = {
  body: Buffer.from(
    '{"entityId":11,"eventId":35,"listenerEntityId":1472041829003,"listenerEntityTechnicalName":"Transaction","spaceId":1,"state":"PROCESSING","timestamp":"2023-12-19T13:43:35+0000","webhookListenerId":2}',
  ),
  signature: "MEYCIQCTzbMrMsOAC6T57T9kQTb1iGZVg2R7n6pY9A4ML4P31gIhAIOoav8cG8x0jpRWQztqSJIC8gXWKq+4DuENEySvmMYf",
  key: toWebhookKey(
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEdWq7ZBGsjUzhBO3e6mzUBLpjpV3TQw1bL1rk3ocjn5C5qne7TY0OBBhiWgaPtWlvUcqASz903vtfeSTQma+SBA==",
  ),
};
const keyId = "ab3b774e-770e-4644-9b51-885d71f973e5";
const header = (signature: string) => `algorithm=SHA256withECDSA, keyId=${keyId}, signature=${signature}`;

function spki(key: KeyObject): string {
  return key.export({ type: "spki", format: "der" }).toString("base64");
}

it("is in the header that the service names", () => {
  expect(signatureHeaderName).toBe("x-signature");
});

describe("verifyWebhook", () => {
  it("accepts the service's own vector, with and without the spaces", () => {
    const valid = { kind: "valid", keyId };
    expect(verifyWebhook(vector.body, header(vector.signature), vector.key)).toEqual(valid);
    expect(verifyWebhook(vector.body, header(vector.signature).replaceAll(", ", ","), vector.key)).toEqual(valid);
  });

  it.each([
    ["nothing", null, "missing"],
    ["no header", undefined, "missing"],
    ["an empty text", "", "missing"],
    ["no algorithm", `keyId=${keyId}, signature=${vector.signature}`, "malformed"],
    ["algorithm none", header(vector.signature).replace("SHA256withECDSA", "none"), "algorithm"],
    ["a weaker algorithm", header(vector.signature).replace("SHA256", "SHA1"), "algorithm"],
    ["another case", header(vector.signature).replace("SHA256withECDSA", "sha256withecdsa"), "algorithm"],
    ["the header twice", `${header(vector.signature)}, ${header(vector.signature)}`, "malformed"],
    ["two algorithms", `algorithm=none, ${header(vector.signature)}`, "malformed"],
    ["a longer key id", header(vector.signature).replace(keyId, `${keyId}0`), "malformed"],
    ["a path as key id", header(vector.signature).replace(keyId, "../../../payment/transactions/900001"), "malformed"],
    ["two spaces", header(vector.signature).replace(", ", ",  "), "malformed"],
    ["a no-break space", header(vector.signature).replace(", ", ",\u00a0"), "malformed"],
    ["a line break at the end", `${header(vector.signature)}\n`, "malformed"],
    ["a space at the end", `${header(vector.signature)} `, "malformed"],
    ["a long signature", header("A".repeat(100)), "malformed"],
    ["a very long header", header("A".repeat(12_000)), "malformed"],
    ["Base64url", header(vector.signature.replace("+", "-")), "malformed"],
    ["Base64 with bits to spare", header(`${Buffer.alloc(71).toString("base64").slice(0, -2)}B=`), "encoding"],
    ["Base64 without its padding", header(`${vector.signature}AA`.slice(0, 95)), "encoding"],
  ])("refuses %s", (_what, text, reason) => {
    expect(verifyWebhook(vector.body, text, vector.key)).toEqual({ kind: "invalid", reason });
  });

  it("refuses other bytes and another key", () => {
    const other = toWebhookKey(spki(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey));
    const mismatch = { kind: "invalid", reason: "mismatch" };
    expect(
      verifyWebhook(Buffer.concat([vector.body, Buffer.from("\n")]), header(vector.signature), vector.key),
    ).toEqual(mismatch);
    expect(verifyWebhook(new Uint8Array(), header(vector.signature), vector.key)).toEqual(mismatch);
    expect(verifyWebhook(vector.body, header(vector.signature), other)).toEqual(mismatch);
  });

  it("refuses a second Base64 of the same signature", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = toWebhookKey(spki(publicKey));
    let signed = "";
    // Bits to spare are in the last digit before the padding; one signature in three has none.
    while (!signed.endsWith("=")) signed = signWebhook(vector.body, keyId, privateKey);
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const other = signed.replace(/[^=](?==+$)/, (digit) => digits.charAt(digits.indexOf(digit) + 1));
    const [signature, same] = [signed, other].map((text) => Buffer.from(text.split("signature=")[1] ?? "", "base64"));
    expect(same).toEqual(signature);
    expect(verifyWebhook(vector.body, signed, key).kind).toBe("valid");
    expect(verifyWebhook(vector.body, other, key)).toEqual({ kind: "invalid", reason: "encoding" });
  });

  it("reads bytes, not text: what is no UTF-8 stays what it is", () => {
    const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const bytes = Uint8Array.of(0xff, 0xfe, 0x00, 0x80);
    const signed = signWebhook(bytes, keyId, privateKey);
    const key = toWebhookKey(spki(publicKey));
    expect(verifyWebhook(bytes, signed, key).kind).toBe("valid");
    expect(verifyWebhook(Buffer.from(Buffer.from(bytes).toString("utf8")), signed, key).kind).toBe("invalid");
  });
});

describe("T1: a hostile signature", () => {
  const der = Buffer.from(vector.signature, "base64");
  const r = [...der.subarray(4, 37)];
  const s = [...der.subarray(39, 72)];
  const short = r.slice(-31).with(0, 0x7f);
  const order = [..."00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551".matchAll(/../g)].map(
    ([byte]) => Number.parseInt(byte, 16),
  );
  const tlv = (tag: number, content: readonly number[]) => [tag, content.length, ...content];
  const pair = (a: readonly number[], b: readonly number[]) => tlv(0x30, [...tlv(2, a), ...tlv(2, b)]);

  it.each([
    ["r and s zero", pair([0], [0])],
    ["r zero", pair([0], s)],
    ["s zero", pair(r, [0])],
    ["r and s one", pair([1], [1]), "mismatch"],
    ["r negative", pair([0xff], s)],
    ["r the smallest negative number", pair([0x80], s)],
    ["r that needs its sign byte", pair([0, 0x80], s), "mismatch"],
    ["an integer of 34 bytes", pair([0, 0x80, ...Array<number>(32).fill(0)], short)],
    ["r and s the order of the curve", pair(order, order), "mismatch"],
    ["an integer padded with a zero", pair([0, ...short], short)],
    ["r without its sign byte", pair(r.slice(1), s)],
    ["r empty", pair([], s)],
    ["an integer above 2^256", pair([1, ...Array<number>(32).fill(0)], short)],
    ["bytes after it", [...pair(short, short), 0]],
    ["bytes inside it", tlv(0x30, [...tlv(2, short), ...tlv(2, short), 5, 0])],
    ["one integer", tlv(0x30, tlv(2, r))],
    ["a SET", tlv(0x31, [...tlv(2, r), ...tlv(2, s)])],
    ["long form of a length", [0x30, 0x81, 0x42, ...tlv(2, short), ...tlv(2, short)]],
    ["one byte too long", [...pair(r, s), 0], "malformed"],
    ["indefinite length", [0x30, 0x80, ...tlv(2, r), ...tlv(2, s)]],
    ["a wrong length", [0x30, 0x45, ...tlv(2, r), ...tlv(2, s)]],
    ["an integer that claims more than there is", [0x30, 0x06, 2, 1, 1, 2, 0x7f, 1]],
    ["a NULL", [0x30, 0x06, 5, 0, 5, 0, 5, 0]],
    ["a BIT STRING", tlv(0x30, [...tlv(3, r), ...tlv(2, s)])],
    ["r and s bare", [...r.slice(1), ...s.slice(1)]],
    ["swapped", pair(s, r), "mismatch"],
    ["infinity", tlv(0x30, [9, 1, 0x40, 9, 1, 0x40])],
    ["nothing", [], "malformed"],
  ] as [string, number[], string?][])("is refused: %s", (_what, bytes, reason = "encoding") => {
    const verdict = verifyWebhook(vector.body, header(Buffer.from(bytes).toString("base64")), vector.key);
    expect(verdict).toEqual({ kind: "invalid", reason });
  });

  it("is never accepted and never throws, in 20,000 mutations of a genuine webhook", () => {
    const genuine = { body: vector.body, header: Buffer.from(header(vector.signature), "latin1") };
    const edits = fc.array(
      fc.record({
        where: fc.constantFrom("body" as const, "header" as const),
        at: fc.nat(),
        how: fc.constantFrom("flip", "set", "insert", "remove"),
        byte: fc.integer({ min: 0, max: 255 }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    let checked = 0;
    fc.assert(
      fc.property(edits, (changes) => {
        const bytes = { body: [...genuine.body], header: [...genuine.header] };
        for (const { where, at, how, byte } of changes) {
          const list = bytes[where];
          const index = at % list.length;
          if (how === "flip") list[index] = (list[index] ?? 0) ^ (1 << (byte % 8));
          else list.splice(index, how === "insert" ? 0 : 1, ...(how === "remove" ? [] : [byte]));
        }
        const body = Buffer.from(bytes.body);
        const text = Buffer.from(bytes.header).toString("latin1");
        const isSame = body.equals(genuine.body) && isSameSignature(text);
        if (!isSame) checked++;
        expect(verifyWebhook(body, text, vector.key).kind).toBe(isSame ? "valid" : "invalid");
      }),
      { numRuns: 20_000 },
    );
    expect(checked).toBeGreaterThan(10_000);

    /** A space less after a comma or another key id leaves the signature as it is. */
    function isSameSignature(text: string): boolean {
      const read = readSignatureHeader(text);
      return read.kind === "signed" && Buffer.from(read.signature).equals(der);
    }
  });
});

describe("toWebhookKey", () => {
  it.each([
    ["secp256k1", generateKeyPairSync("ec", { namedCurve: "secp256k1" }).publicKey],
    ["P-384", generateKeyPairSync("ec", { namedCurve: "P-384" }).publicKey],
    ["Ed25519", generateKeyPairSync("ed25519").publicKey],
    ["RSA", generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey],
  ])("refuses a key on %s", (_curve, key) => {
    expect(() => toWebhookKey(spki(key))).toThrow(/P-256/);
  });

  it.each(["", "MFkw", "<html>", "AAAA".repeat(1000)])("refuses %j", (text) => {
    expect(() => toWebhookKey(text)).toThrow(/P-256/);
  });

  it("refuses a private key", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const base64 = privateKey.export({ type: "pkcs8", format: "der" }).toString("base64");
    expect(createPrivateKey({ key: Buffer.from(base64, "base64"), format: "der", type: "pkcs8" }).type).toBe("private");
    expect(() => toWebhookKey(base64)).toThrow(/P-256/);
  });
});
