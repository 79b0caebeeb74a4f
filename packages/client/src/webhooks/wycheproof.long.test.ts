import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { toWebhookKey, verifyWebhook } from "./webhook-signature.ts";

/** Project Wycheproof's vectors for P-256 with SHA-256, as the project publishes them: not ours to copy. */
interface Vectors {
  readonly numberOfTests: number;
  readonly testGroups: readonly {
    readonly publicKeyDer: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly comment: string;
      readonly msg: string;
      readonly sig: string;
      readonly result: "valid" | "invalid" | "acceptable";
    }[];
  }[];
}

const file = process.env.WYCHEPROOF_FILE;
const why = "set WYCHEPROOF_FILE to testvectors_v1/ecdsa_secp256r1_sha256_test.json of github.com/C2SP/wycheproof";
const keyId = "ab3b774e-770e-4644-9b51-885d71f973e5";

/** The project's encoding of a key, in the one form our keys come in. */
function toKey(der: string) {
  const key = createPublicKey({ key: Buffer.from(der, "hex"), format: "der", type: "spki" });
  return toWebhookKey(key.export({ type: "spki", format: "der" }).toString("base64"));
}

it("Wycheproof, T1: agrees on every vector", ({ skip }) => {
  if (file === undefined) return skip(why);
  const { testGroups, numberOfTests } = JSON.parse(readFileSync(file, "utf8")) as Vectors;
  const wrong = testGroups.flatMap(({ publicKeyDer, tests }) => {
    const key = toKey(publicKeyDer);
    return tests.filter(({ msg, sig, result }) => {
      const signature = Buffer.from(sig, "hex").toString("base64");
      const header = `algorithm=SHA256withECDSA, keyId=${keyId}, signature=${signature}`;
      return (verifyWebhook(Buffer.from(msg, "hex"), header, key).kind === "valid") !== (result === "valid");
    });
  });
  expect(wrong).toEqual([]);
  expect(testGroups.flatMap(({ tests }) => tests)).toHaveLength(numberOfTests);
});
