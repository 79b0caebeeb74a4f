import type { Instant } from "@checkout-plugins/core";
import { describe, expect, it } from "vitest";
import { createLogger } from "./log.ts";

function createTestLogger(secrets: readonly string[] = []) {
  const lines: string[] = [];
  const clock = { now: () => "2026-02-03T09:00:00.000Z" as Instant };
  return { lines, logger: createLogger({ level: "info", clock, write: (line) => lines.push(line), secrets }) };
}

describe("createLogger", () => {
  it("writes one line of JSON", () => {
    const { lines, logger } = createTestLogger();
    logger.warn("look failed", { payment: "pay_1", faults: 2, why: "two\nlines", space: undefined, state: null });
    expect(lines).toEqual([
      '{"time":"2026-02-03T09:00:00.000Z","level":"warn","event":"look failed","payment":"pay_1","faults":2,"why":"two\\nlines","state":null}',
    ]);
  });

  it("leaves out what is less than the level", () => {
    const { lines, logger } = createTestLogger();
    logger.debug("webhook kept");
    logger.info("recorded");
    expect(lines).toEqual([expect.stringContaining("recorded")]);
  });

  it("leaves out what is not on the list, and tells how much", () => {
    const { lines, logger } = createTestLogger();
    logger.info("started", { payment: "pay_1", email: "erika@example.ch", address: "Bahnhofstrasse 1" });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ payment: "pay_1", leftOut: 2 });
    expect(lines.join()).not.toMatch(/erika|Bahnhof/);
  });

  it("never writes a secret, wherever it stands", () => {
    const { lines, logger } = createTestLogger(["whsec_abc/+=", "key123"]);
    logger.error("failed with whsec_abc/+=", { why: "key123 and whsec_abc/+= and key123" });
    expect(lines[0]).not.toMatch(/whsec_|key123/);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ why: "[secret] and [secret] and [secret]" });
  });
});
