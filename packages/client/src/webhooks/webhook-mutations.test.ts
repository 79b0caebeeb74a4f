import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { receiveWebhook } from "./webhook.ts";
import type { WebhookKeys } from "./webhook-keys.ts";
import { readSignatureHeader, signWebhook, toWebhookKey } from "./webhook-signature.ts";

const count = process.env.LONG === "1" ? 5_000_000 : 250_000;

function makeKey(keyId: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const key = toWebhookKey(publicKey.export({ format: "der", type: "spki" }).toString("base64"));
  return { keyId, privateKey, key };
}

const mine = makeKey("ab3b774e-770e-4644-9b51-885d71f973e5");
const others = makeKey("11111111-2222-4333-8444-555555555555");
const keys: WebhookKeys = {
  async find(keyId) {
    const found = [mine, others].find((one) => one.keyId === keyId);
    return found === undefined ? { kind: "unknown" } : { kind: "found", key: found.key };
  },
};

function toBody(entityId: number, state: string): Buffer {
  const webhook = {
    eventId: 7_000_000 + entityId,
    entityId,
    listenerEntityId: 1472041829003,
    listenerEntityTechnicalName: "Transaction",
    spaceId: 70001,
    webhookListenerId: 3,
    timestamp: "2026-02-03T09:00:00+00:00",
    state,
  };
  return Buffer.from(JSON.stringify(webhook));
}

const bodies = Array.from({ length: 16 }, (_, index) =>
  toBody(900_000 + index, index % 2 === 0 ? "PENDING" : "FULFILL"),
);
const genuine = bodies.map((body) => ({ body, header: signWebhook(body, mine.keyId, mine.privateKey) }));

/** Uniform in [0, below), the same in every run. */
function createNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Sent {
  readonly body: Buffer;
  readonly header: string;
}

function edit(bytes: Buffer, next: (below: number) => number): Buffer {
  const list = [...bytes];
  for (let edits = 1 + next(3); edits > 0; edits -= 1) {
    const at = next(list.length);
    const byte = next(256);
    const how = next(4);
    if (how === 0) list[at] = (list[at] ?? 0) ^ (1 << next(8));
    else list.splice(at, how === 1 ? 0 : 1, ...(how === 2 ? [] : [byte]));
  }
  return Buffer.from(list);
}

function resign({ header }: Sent, change: (signature: Buffer) => Buffer): string {
  return header.replace(/[^=]+=*$/, (base64) => change(Buffer.from(base64, "base64")).toString("base64"));
}

const algorithms = ["none", "HS256", "SHA1withECDSA", "SHA256withECDSA ", "sha256withecdsa", "SHA256withRSA", "ES256"];

function mutate(one: Sent, other: Sent, next: (below: number) => number): Sent {
  switch (next(10)) {
    case 0:
    case 1:
    case 2:
      return { ...one, body: edit(one.body, next) };
    case 3:
      return { ...one, header: edit(Buffer.from(one.header, "latin1"), next).toString("latin1") };
    case 4:
      return { ...one, header: resign(one, (signature) => edit(signature, next)) };
    case 5:
      return { ...one, header: one.header.replace("SHA256withECDSA", algorithms[next(algorithms.length)] ?? "") };
    case 6:
      return { ...one, header: one.header.replace(mine.keyId, others.keyId) };
    case 7:
      return { ...one, header: `${one.header}, ${other.header}` };
    case 8:
      return { ...one, header: other.header };
    default:
      return { ...one, body: Buffer.concat([one.body, other.body]).subarray(next(64)) };
  }
}

/** Does it say what a genuine one said? Spaces after a comma are no part of it. */
function isGenuine({ body, header }: Sent): boolean {
  const signature = readSignatureHeader(header);
  return genuine.some((one) => {
    const read = readSignatureHeader(one.header);
    if (signature.kind !== "signed" || read.kind !== "signed" || !body.equals(one.body)) return false;
    return signature.keyId === read.keyId && Buffer.from(signature.signature).equals(read.signature);
  });
}

it(`T1: of ${count} mutated webhooks none is accepted, and none throws`, async () => {
  const next = createNumbers(20_261_123);
  const outcomes = new Map<string, number>();
  for (let number = 0; number < count; number += 1) {
    const one = genuine[next(genuine.length)] as Sent;
    const sent = mutate(one, genuine[next(genuine.length)] as Sent, next);
    const received = await receiveWebhook(sent.body, sent.header, keys);
    const outcome = received.kind === "invalid" ? received.reason : received.kind;
    if (outcome === "valid" && !isGenuine(sent)) throw new Error(`accepted: ${sent.header} ${sent.body}`);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  // Most reach the cryptography, and all reasons are met, so that nothing is refused by chance.
  expect(outcomes.get("mismatch")).toBeGreaterThan(count / 3);
  expect([...outcomes.keys()].sort()).toEqual(
    ["algorithm", "encoding", "malformed", "mismatch", "unknownKey", "valid"].filter((one) => outcomes.has(one)),
  );
  expect(outcomes.get("valid") ?? 0).toBeLessThan(count / 20);
  for (const one of genuine) expect(await receiveWebhook(one.body, one.header, keys)).toMatchObject({ kind: "valid" });
}, 1_800_000);
