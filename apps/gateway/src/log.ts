import type { Clock, LogFields, Logger } from "@checkout-plugins/core";

/** The only fields that are written; what else is given is left out and counted, so that no buyer's data slips in. */
const allowed: ReadonlySet<string> = new Set([
  "attempt",
  "code",
  "command",
  "count",
  "due",
  "entity",
  "faults",
  "hints",
  "kind",
  "milliseconds",
  "owner",
  "payment",
  "port",
  "reason",
  "reference",
  "revision",
  "seconds",
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

export interface LogSettings {
  readonly clock: Pick<Clock, "now">;
  /** Writes one line, without its end. */
  readonly write: (line: string) => void;
  /** Whatever happens, these never stand in a line: they are replaced by "[secret]". */
  readonly secrets: readonly string[];
}

/** One JSON object per line: time, level, event, and the allowed fields. */
export function createLogger({ clock, write, secrets }: LogSettings): Logger {
  const log =
    (level: string) =>
    (event: string, fields: LogFields = {}): void => {
      const given = Object.entries(fields).filter(([, value]) => value !== undefined);
      const kept = given.filter(([name]) => allowed.has(name));
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
