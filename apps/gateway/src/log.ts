import type { Clock, LogFields, Logger } from "@checkout-plugins/core";

/** The only fields that are written; what else is given is left out and counted, so that no buyer's data slips in. */
const allowed: ReadonlySet<string> = new Set([
  "attempt",
  "channel",
  "code",
  "command",
  "count",
  "due",
  "entity",
  "faults",
  "gone",
  "hints",
  "id",
  "kind",
  "migration",
  "milliseconds",
  "owner",
  "payment",
  "port",
  "reason",
  "reference",
  "revision",
  "seconds",
  "sends",
  "shop",
  "signal",
  "space",
  "standing",
  "state",
  "status",
  "step",
  "stack",
  "transaction",
  "url",
  "why",
]);

export const levels = ["debug", "info", "warn", "error"] as const;
export type Level = (typeof levels)[number];

export interface LogSettings {
  /** What is less than this is not written. */
  readonly level: Level;
  readonly clock: Pick<Clock, "now">;
  /** Writes one line, without its end. */
  readonly write: (line: string) => void;
  /** Whatever happens, these never stand in a line: they are replaced by "[secret]". */
  readonly secrets: readonly string[];
}

/** One JSON object per line: time, level, event, and the allowed fields. */
export function createLogger({ level: least, clock, write, secrets }: LogSettings): Logger {
  const log =
    (level: Level) =>
    (event: string, fields: LogFields = {}): void => {
      if (levels.indexOf(level) < levels.indexOf(least)) return;
      const given = Object.entries(fields).filter(([, value]) => value !== undefined);
      const kept = given.filter(([name]) => allowed.has(name)).map(([name, value]) => [name, redact(name, value)]);
      const left = given.length - kept.length;
      const entry = {
        time: clock.now(),
        level,
        event,
        ...Object.fromEntries(kept),
        ...(left > 0 && { leftOut: left }),
      };
      write(secrets.reduce((line, secret) => line.replaceAll(secret, "[secret]"), JSON.stringify(entry)));
    };
  return { debug: log("debug"), info: log("info"), warn: log("warn"), error: log("error") };
}

/** Fields that hold what others wrote, who may repeat in it what they were sent. */
const free: ReadonlySet<string> = new Set(["why", "stack"]);
const mail = /[^\s"'<>()@:;,]+@[^\s"'<>()@:;,]+\.[a-z]{2,}/gi;
const bearer = /\b(Bearer|Basic)\s+[^\s"',]+/gi;
const secret = /\bwhsec_[A-Za-z0-9+/=]+/g;
const digits = /(?<!\d|\d\.)\d(?:[ -]?\d){12,18}(?!\d|\.\d)/g;

function redact(name: string, value: unknown): unknown {
  if (!free.has(name) || typeof value !== "string") return value;
  return value
    .replace(bearer, "$1 [secret]")
    .replace(secret, "[secret]")
    .replace(mail, "[e-mail]")
    .replace(digits, (number) => (isCardNumber(number) ? "[card]" : number));
}

/** By the check digit that all card numbers carry (ISO/IEC 7812-1). */
function isCardNumber(text: string): boolean {
  const numbers = [...text.replace(/\D/g, "")].reverse().map(Number);
  const sum = numbers.reduce((total, digit, index) => {
    const weighted = index % 2 === 0 ? digit : digit * 2;
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}
