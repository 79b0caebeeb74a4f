import { ServiceError } from "../errors.ts";
import { toWebhookKey, type WebhookKey } from "./webhook-signature.ts";

/** The parts of a key cache. Times in milliseconds. */
export interface WebhookKeysSettings {
  /** `Client.readWebhookKey`. Null: the service does not know the id. */
  readonly read: (keyId: string) => Promise<string | null>;
  readonly now: () => number;
  /** Keys kept, the longest unused gives way. Default 100. */
  readonly capacity?: number;
  /** How long an id that the service does not know is not asked for again. Default 60,000. */
  readonly unknownFor?: number;
  /** So many reads of keys not in the cache… Default 10. */
  readonly reads?: number;
  /** … within any span of this length. Default 10,000. */
  readonly per?: number;
}

export type WebhookKeyLookup =
  | { readonly kind: "found"; readonly key: WebhookKey }
  | { readonly kind: "unknown" }
  /** Too many unknown ids just now. Answer 503: the id may be a genuine new one. */
  | { readonly kind: "throttled"; readonly retryAfter: number };

export interface WebhookKeys {
  /** @throws what `read` throws (the key could not be asked for), or ServiceError `unreadable` when it is no P-256 key. */
  find(keyId: string): Promise<WebhookKeyLookup>;
}

/** Public keys by id. Anybody can name an id in a header, so the cache, its misses and its reads are all bounded. */
export function createWebhookKeys(settings: WebhookKeysSettings): WebhookKeys {
  const { read, now, capacity = 100, unknownFor = 60_000, reads = 10, per = 10_000 } = settings;
  const keys = new Map<string, WebhookKey>();
  const unknown = new Map<string, number>();
  const pending = new Map<string, Promise<WebhookKeyLookup>>();
  const readTimes: number[] = [];

  async function fetchKey(keyId: string): Promise<WebhookKeyLookup> {
    const base64 = await read(keyId);
    if (base64 === null) {
      keep(unknown, keyId, now() + unknownFor, capacity);
      return { kind: "unknown" };
    }
    const key = toKey(keyId, base64);
    keep(keys, keyId, key, capacity);
    return { kind: "found", key };
  }

  return {
    async find(keyId) {
      const key = keys.get(keyId);
      if (key !== undefined) {
        keep(keys, keyId, key, capacity);
        return { kind: "found", key };
      }
      if ((unknown.get(keyId) ?? 0) > now()) return { kind: "unknown" };
      const running = pending.get(keyId);
      if (running !== undefined) return running;

      const time = now();
      const [oldest] = readTimes;
      if (oldest !== undefined && readTimes.length >= reads && time - oldest < per) {
        return { kind: "throttled", retryAfter: Math.ceil((oldest + per - time) / 1000) };
      }
      readTimes.push(time);
      if (readTimes.length > reads) readTimes.shift();
      const fetched = fetchKey(keyId).finally(() => pending.delete(keyId));
      pending.set(keyId, fetched);
      return fetched;
    },
  };
}

/** As the newest; the oldest gives way. */
function keep<T>(map: Map<string, T>, name: string, value: T, capacity: number): void {
  map.delete(name);
  map.set(name, value);
  const [oldest] = map.keys();
  if (map.size > capacity && oldest !== undefined) map.delete(oldest);
}

function toKey(keyId: string, base64: string): WebhookKey {
  try {
    return toWebhookKey(base64);
  } catch (cause) {
    const request = `GET /webhooks/encryption-keys/${keyId}`;
    throw new ServiceError(
      `The answer to ${request} is not a public key on P-256.`,
      { code: "unreadable", request },
      { cause },
    );
  }
}
