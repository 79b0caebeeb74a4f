import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { PaymentError } from "@checkout-plugins/core";

/** Whose secret it is and which: bound to the encrypted bytes, so that a row moved to another place is refused. */
export interface SecretPlace {
  readonly shop: string;
  readonly name: string;
}

export interface Sealed {
  readonly sealed: string;
  readonly keyId: string;
}

export interface KeyRing {
  /** Of the key that encrypts. */
  readonly newest: string;
  seal(value: string, place: SecretPlace): Sealed;
  /** @throws PaymentError `notConfigured` when the key is not in the ring, or the bytes are not those of this place. */
  open(sealed: Sealed, place: SecretPlace): string;
}

export interface KeyRingSettings {
  /** 32 bytes each, newest first: the first encrypts, all decrypt. */
  readonly keys: readonly Uint8Array[];
  readonly randomBytes: (length: number) => Uint8Array;
}

const algorithm = "aes-256-gcm";
const nonceLength = 12;
const tagLength = 16;

/**
 * AES-256-GCM by the newest of several keys. What is kept names its key by a digest of it, so keys need no names.
 *
 * @throws TypeError when there is no key, or one has not 32 bytes.
 */
export function createKeyRing({ keys, randomBytes }: KeyRingSettings): KeyRing {
  const [first] = keys;
  if (first === undefined || keys.some(({ length }) => length !== 32)) {
    throw new TypeError("A key ring needs at least one key, and each has 32 bytes");
  }
  const byId = new Map(keys.map((key) => [toKeyId(key), key]));
  const newest = toKeyId(first);
  return {
    newest,
    seal(value, place) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv(algorithm, first, nonce).setAAD(toAssociatedData(place));
      const bytes = [nonce, cipher.update(value, "utf8"), cipher.final(), cipher.getAuthTag()];
      return { sealed: Buffer.concat(bytes).toString("base64"), keyId: newest };
    },
    open({ sealed, keyId }, place) {
      const key = byId.get(keyId);
      const which = `The secret "${place.name}" of shop "${place.shop}"`;
      if (key === undefined) {
        throw new PaymentError(
          "notConfigured",
          `${which} was encrypted with the key ${keyId}, which is not among ENCRYPTION_KEYS. Add that key again after the newest one.`,
        );
      }
      try {
        return decrypt(Buffer.from(sealed, "base64"), key, place);
      } catch (cause) {
        throw new PaymentError(
          "notConfigured",
          `${which} is not what was kept there: the database was changed by hand, or damaged. Enter the secret again.`,
          { cause },
        );
      }
    },
  };
}

/** Tells keys apart and tells nothing of them: the beginning of a digest. */
function toKeyId(key: Uint8Array): string {
  return createHash("sha256").update("checkout-plugins key id\n").update(key).digest("hex").slice(0, 16);
}

function toAssociatedData({ shop, name }: SecretPlace): Buffer {
  return Buffer.from(JSON.stringify([shop, name]));
}

function decrypt(bytes: Buffer, key: Uint8Array, place: SecretPlace): string {
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(toAssociatedData(place)).setAuthTag(bytes.subarray(-tagLength));
  const text = decipher.update(bytes.subarray(nonceLength, -tagLength));
  return Buffer.concat([text, decipher.final()]).toString("utf8");
}
