import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { isSecret, signMessage, type Verification, verifyMessage } from "./signature.ts";

interface Vector {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly now: number;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly expected: Partial<Verification>;
}
const { vectors } = JSON.parse(readFileSync(new URL("../vectors/signatures.json", import.meta.url), "utf8")) as {
  readonly vectors: readonly Vector[];
};
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const now = 1_770_109_200_999;
const bytes = (text: string) => new TextEncoder().encode(text);

describe("the vectors for other languages", () => {
  it.each(vectors)("$name", ({ headers, body, secrets, now, expected }) => {
    const verification = verifyMessage({ headers: new Headers(headers), body: bytes(body), secrets, now: now * 1000 });
    expect(verification).toMatchObject(expected);
  });
});

describe("signMessage", () => {
  it("signs as the library of Standard Webhooks does", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\w-]{1,40}$/), fc.string({ unit: "binary" }), (id, body) => {
        const signed = signMessage({ id, now, body, secrets: [secret] });
        const theirs = new Webhook(secret).sign(id, new Date(now), body);
        expect(signed["webhook-signature"]).toBe(theirs);
      }),
    );
  });

  it("is undone by verifyMessage, and by nothing that differs in one byte", () => {
    const message = fc.record({
      body: fc.uint8Array({ minLength: 1, maxLength: 200 }),
      at: fc.nat(),
      flip: fc.integer({ min: 1, max: 255 }),
    });
    fc.assert(
      fc.property(message, ({ body, at, flip }) => {
        const headers = new Headers({ ...signMessage({ id: "msg_1", now, body, secrets: [secret] }) });
        expect(verifyMessage({ headers, body, secrets: [secret], now }).verified).toBe(true);
        const altered = body.map((byte, index) => (index === at % body.length ? byte ^ flip : byte));
        expect(verifyMessage({ headers, body: altered, secrets: [secret], now })).toMatchObject({
          reason: "signature",
        });
      }),
    );
  });

  it.each(["", "with space", "with.dot", "ümlaut", "x".repeat(101)])("refuses the id %j", (id) => {
    expect(() => signMessage({ id, now, body: "", secrets: [secret] })).toThrow(/message id/);
  });

  it("refuses to sign with nothing", () => {
    expect(() => signMessage({ id: "msg_1", now, body: "", secrets: [] })).toThrow(/at least one/);
  });
});

describe("verifyMessage", () => {
  it("verifies against nothing as refused", () => {
    const headers = new Headers({ ...signMessage({ id: "msg_1", now, body: "{}", secrets: [secret] }) });
    expect(verifyMessage({ headers, body: bytes("{}"), secrets: [], now })).toMatchObject({ reason: "signature" });
  });

  it("says by how much a clock is off and what to do", () => {
    const headers = new Headers({
      ...signMessage({ id: "msg_1", now: now + 3_600_000, body: "{}", secrets: [secret] }),
    });
    expect(verifyMessage({ headers, body: bytes("{}"), secrets: [secret], now })).toMatchObject({
      reason: "clock",
      message:
        "The message's time is 3600 s ahead of the receiver's; at most 300 s are accepted. Set both clocks by NTP.",
    });
  });
});

describe("isSecret", () => {
  it.each([
    [secret, true],
    [`whsec_${Buffer.alloc(64).toString("base64")}`, true],
    [`whsec_${Buffer.alloc(65).toString("base64")}`, false],
    [`whsec_${Buffer.alloc(23).toString("base64")}`, false],
    [secret.slice(6), false],
    [`${secret}=`, false],
    [`${secret}\n`, false],
    ["", false],
  ])("%s: %s", (value, is) => {
    expect(isSecret(value)).toBe(is);
  });
});
