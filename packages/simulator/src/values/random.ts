import { createHash, randomBytes } from "node:crypto";

/** Where security tokens, key material and error ids come from. */
export interface Random {
  bytes(length: number): Uint8Array;
}

export function createRandom(): Random {
  return { bytes: (length) => randomBytes(length) };
}

/** The same bytes in the same order for the same seed: for tests and demonstrations, never for secrets. */
export function createSeededRandom(seed: string): Random {
  let block = 0;
  let rest = Buffer.alloc(0);
  return {
    bytes(length) {
      while (rest.length < length) {
        rest = Buffer.concat([rest, createHash("sha256").update(`${seed}:${block++}`).digest()]);
      }
      const taken = rest.subarray(0, length);
      rest = rest.subarray(length);
      return taken;
    },
  };
}

/** A version 4 UUID. */
export function toUuid(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** 160 bits for an address that only its holder should know. */
export function toToken(random: Random): string {
  return Buffer.from(random.bytes(20)).toString("base64url");
}
