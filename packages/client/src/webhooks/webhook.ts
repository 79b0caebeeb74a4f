import { ServiceError } from "../errors.ts";
import type { Instant, ServiceId, SpaceId } from "../ids.ts";
import { orNull, readId, readInstant, readSpaceId, readText, toFields } from "../wire/fields.ts";
import { parseJson } from "../wire/json.ts";
import type { WebhookKeys } from "./webhook-keys.ts";
import { readSignatureHeader, type SignatureFault, verifySignature } from "./webhook-signature.ts";

/** What the service tells of a change. It is a hint: the entity itself must be read, `state` may be outdated. */
export interface Webhook {
  readonly eventId: ServiceId;
  readonly entityId: ServiceId;
  /** Type of the entity, one of `webhookEntities`. */
  readonly entity: ServiceId;
  /** The same as a word, such as "Transaction". */
  readonly technicalName: string;
  readonly space: SpaceId;
  /** At the time of the event; null from a listener that does not sign. */
  readonly state: string | null;
  /** Of the event; a repeated delivery keeps it. */
  readonly timestamp: Instant;
}

/** Bytes. A webhook has about 200. */
const largestWebhook = 64 * 1024;

/**
 * Reads the raw bytes of a webhook. They prove nothing: verify them first.
 * @throws ServiceError `unreadable` when they are not a webhook, or more than 64 KiB.
 */
export function parseWebhook(body: Uint8Array): Webhook {
  try {
    if (body.byteLength > largestWebhook) throw new TypeError(`it has more than ${largestWebhook} bytes`);
    const fields = toFields(parseJson(new TextDecoder("utf-8", { fatal: true }).decode(body)), "webhook");
    return {
      eventId: readId(fields, "eventId"),
      entityId: readId(fields, "entityId"),
      entity: readId(fields, "listenerEntityId"),
      technicalName: readText(fields, "listenerEntityTechnicalName"),
      space: readSpaceId(fields, "spaceId"),
      state: orNull(fields, "state", readText),
      timestamp: readInstant(fields, "timestamp"),
    };
  } catch (cause) {
    const told = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError(
      `The webhook is not understood: ${told}`,
      { code: "unreadable", request: "webhook" },
      { cause },
    );
  }
}

/**
 * - `valid`: the service signed exactly these bytes.
 * - `invalid`: answer 401. `unknownKey`: the service has no such key.
 * - `throttled`: answer 503 with Retry-After in seconds; too many unknown keys were named just now.
 */
export type ReceivedWebhook =
  | { readonly kind: "valid"; readonly webhook: Webhook }
  | { readonly kind: "invalid"; readonly reason: SignatureFault | "tooLarge" | "unknownKey" }
  | { readonly kind: "throttled"; readonly retryAfter: number };

/**
 * Verifies, then reads. `body` are the raw bytes of the request, `header` its `x-signature`.
 * @throws ServiceError when the key could not be asked for, or genuine bytes are not understood: answer 503.
 */
export async function receiveWebhook(
  body: Uint8Array,
  header: string | null | undefined,
  keys: WebhookKeys,
): Promise<ReceivedWebhook> {
  if (body.byteLength > largestWebhook) return { kind: "invalid", reason: "tooLarge" };
  const signed = readSignatureHeader(header);
  if (signed.kind === "invalid") return signed;
  const lookup = await keys.find(signed.keyId);
  if (lookup.kind === "throttled") return lookup;
  if (lookup.kind === "unknown") return { kind: "invalid", reason: "unknownKey" };
  const verdict = verifySignature(body, signed, lookup.key);
  return verdict.kind === "valid" ? { kind: "valid", webhook: parseWebhook(body) } : verdict;
}
