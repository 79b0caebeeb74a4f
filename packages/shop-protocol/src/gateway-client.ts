import {
  type CommandKind,
  type CommandResult,
  type Commands,
  isPaymentError,
  type Seconds,
} from "@checkout-plugins/core";
import { parseJson, readBody } from "./body.ts";
import { GatewayError, type GatewayErrorCode } from "./gateway-error.ts";
import { isSecret, signatureTolerance, signMessage } from "./signature.ts";
import { readFault } from "./wire/fault.ts";
import { parseResult } from "./wire/result.ts";

export interface GatewayClientSettings {
  /** Where the gateway is, such as https://pay.example.ch; commands go to `${gatewayUrl}/shops/${shopId}/commands`. */
  readonly gatewayUrl: string;
  readonly shopId: string;
  /** `whsec_…`, the same as in the gateway. */
  readonly secret: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A new id for each command, unguessable, such as `() => crypto.randomUUID()`. */
  readonly createId: () => string;
  /**
   * How long to wait for the answer, seconds. Default 3 for `return`, `methods` and `stored`, which a page waits for
   * and which can be asked again; 20 for all others, behind which the gateway talks to the service, and `wait` more for
   * `terminal`.
   */
  readonly timeout?: Partial<Record<CommandKind, Seconds>>;
}

export interface RunOptions {
  /** Of an earlier try whose outcome is unknown (`GatewayError.details.id`): repeats it without a second effect. */
  readonly id?: string;
  readonly signal?: AbortSignal;
}

/** The shop's side of its commands. */
export interface GatewayClient {
  /**
   * Sends one command and answers what came of it.
   *
   * @throws GatewayError when there is no result: see GatewayErrorCode.
   */
  run<K extends CommandKind>(
    command: Commands[K] & { readonly kind: K },
    options?: RunOptions,
  ): Promise<CommandResult<K>>;
}

const maxAnswer = 4 * 1024 * 1024;
const quick: readonly CommandKind[] = ["return", "methods", "stored"];

/** @throws TypeError when the address or the secret is not of the required form. */
export function createGatewayClient(settings: GatewayClientSettings): GatewayClient {
  const address = new URL(
    `shops/${encodeURIComponent(settings.shopId)}/commands`,
    settings.gatewayUrl.endsWith("/") ? settings.gatewayUrl : `${settings.gatewayUrl}/`,
  );
  if (!isSecret(settings.secret)) throw new TypeError('secret must be "whsec_" and the Base64 of 24 to 64 bytes');
  const send = settings.fetch ?? globalThis.fetch;

  return {
    async run(command, options = {}) {
      const id = options.id ?? settings.createId();
      const body = JSON.stringify(command);
      const headers = signMessage({ id, now: settings.now(), body, secrets: [settings.secret] });
      const seconds = settings.timeout?.[command.kind] ?? toPatience(command);
      const limit = AbortSignal.timeout(seconds * 1000);
      const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
      const where = { id, address, seconds };

      const response = await send(address, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body,
        redirect: "error",
        signal,
      }).catch((cause: unknown) => {
        throw toSendError(cause, limit, where);
      });
      const bytes = await readBody(response, maxAnswer).catch((cause: unknown) => {
        throw toError("cut", "The gateway's answer broke off", where, response.status, cause);
      });
      if (!response.ok) throw toAnswerError(response, bytes, where, settings.now());
      return readResult(command.kind, bytes, where, response.status);
    },
  };
}

function toPatience(command: Commands[CommandKind]): Seconds {
  if (command.kind === "terminal") return 20 + command.wait;
  return quick.includes(command.kind) ? 3 : 20;
}

interface Where {
  readonly id: string;
  readonly address: URL;
  readonly seconds: Seconds;
}

function readResult<K extends CommandKind>(kind: K, bytes: Uint8Array, where: Where, status: number): CommandResult<K> {
  try {
    return parseResult(kind, parseJson(bytes));
  } catch (cause) {
    if (!isPaymentError(cause)) throw cause;
    const message = `The answer is not the gateway's, or of a version this package does not know: ${cause.message}`;
    throw toError("unreadable", message, where, status, cause);
  }
}

function toSendError(cause: unknown, limit: AbortSignal, where: Where): GatewayError {
  if (limit.aborted) return toError("cut", `The gateway did not answer within ${where.seconds} s`, where, null, cause);
  if (isNotConnected(cause)) {
    return toError(
      "unreachable",
      "The gateway cannot be reached; is it running, and is gatewayUrl right?",
      where,
      null,
      cause,
    );
  }
  return toError("cut", "The connection to the gateway broke off", where, null, cause);
}

/** Codes of Node's fetch after which no byte of the request was sent. */
function isNotConnected(error: unknown): boolean {
  const codes = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"];
  const cause = error instanceof Error ? (error.cause as { readonly code?: unknown } | undefined) : undefined;
  return typeof cause?.code === "string" && codes.includes(cause.code);
}

function toAnswerError(response: Response, bytes: Uint8Array, where: Where, now: number): GatewayError {
  const fault = readFault(bytes);
  const error = (code: GatewayErrorCode, message: string): GatewayError =>
    new GatewayError(`${message} (POST ${where.address.pathname}, ${response.status})`, {
      code,
      id: where.id,
      status: response.status,
      gatewayCode: fault?.code ?? null,
      publicMessage: fault?.publicMessage ?? null,
    });
  if (fault === null) {
    return response.status >= 500
      ? error("unavailable", "The gateway, or a proxy before it, cannot answer now")
      : error("unreadable", "The answer is not the gateway's; is gatewayUrl right?");
  }
  if (fault.code === "badSignature") {
    const ahead = Math.round((now - Date.parse(response.headers.get("date") ?? "")) / 1000);
    if (Math.abs(ahead) > signatureTolerance) {
      return error(
        "clock",
        `This machine's clock is ${Math.abs(ahead)} s ${ahead > 0 ? "ahead of" : "behind"} the gateway's. Set both by NTP.`,
      );
    }
    return error("signature", fault.message);
  }
  if (fault.code === "unknownShop") return error("unknownShop", fault.message);
  if (
    fault.code === "badRequest" ||
    fault.code === "keyReused" ||
    fault.code === "invalidOrder" ||
    fault.code === "invalidAmount"
  ) {
    return error("invalid", fault.message);
  }
  return error(fault.retryable ? "unavailable" : "refused", fault.message);
}

function toError(
  code: GatewayErrorCode,
  message: string,
  where: Where,
  status: number | null,
  cause: unknown,
): GatewayError {
  const details = { code, id: where.id, status, gatewayCode: null, publicMessage: null };
  return new GatewayError(`${message} (POST ${where.address.href})`, details, { cause });
}
