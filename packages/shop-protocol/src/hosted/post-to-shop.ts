import { PaymentError, type Seconds } from "@checkout-plugins/core";
import { readBody } from "../body.ts";
import { signMessage } from "../signature.ts";
import type { MethodsChangedMessage, ShowMessage } from "../wire/show.ts";

/** What a shop's door answered, not yet understood. */
export interface DoorAnswer {
  readonly url: string;
  readonly status: number;
  readonly retryAfter: Seconds | null;
  readonly body: Uint8Array;
}

/** The parts of a platform whose shops speak this protocol. */
export interface HostedParts {
  /**
   * Reaches the addresses that shops give. A gateway whose shops are other people's must refuse private ones, by what a
   * name leads to and not by the name: with an error named `RefusedAddressError` whose message says what to do.
   */
  readonly fetch: typeof globalThis.fetch;
  /** As `fetch`, but sends nothing: @throws `RefusedAddressError`, so that a shop is told when it gives its address. */
  readonly checkAddress?: (url: string) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new id for each message, printable ASCII without a dot. */
  readonly createId: () => string;
}

const maxAnswer = 256 * 1024;

/**
 * Posts one signed message to the shop's door.
 *
 * @throws PaymentError `shopUnavailable`, retryable, when no whole answer came; `advice` says what to check.
 */
export async function postToShop(
  parts: HostedParts,
  door: { readonly url: string; readonly advice: string },
  secrets: readonly string[],
  message: ShowMessage | MethodsChangedMessage,
  signal: AbortSignal,
): Promise<DoorAnswer> {
  const { url, advice } = door;
  const body = JSON.stringify(message);
  const headers = signMessage({ id: parts.createId(), now: parts.now(), body, secrets });
  try {
    const response = await parts.fetch(url, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body,
      redirect: "manual",
      signal,
    });
    const retryAfter = toSeconds(response.headers.get("retry-after"));
    return { url, status: response.status, retryAfter, body: await readBody(response, maxAnswer) };
  } catch (cause) {
    const what = signal.aborted ? "did not answer in time" : "cannot be reached, or broke off its answer";
    const why = findRefusal(cause)?.message ?? advice;
    throw new PaymentError("shopUnavailable", `The shop ${what} at ${url}. ${why}`, { retryable: true, cause });
  }
}

/** Why the address itself was refused; `fetch` wraps what its connection threw. */
export function findRefusal(error: unknown): Error | null {
  if (!(error instanceof Error)) return null;
  return error.name === "RefusedAddressError" ? error : findRefusal(error.cause);
}

/** Only the form in seconds; a date is read as "no time given". */
function toSeconds(header: string | null): Seconds | null {
  return header !== null && /^[0-9]{1,9}$/.test(header) ? Number(header) : null;
}
