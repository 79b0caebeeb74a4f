import type { Instant } from "@checkout-plugins/core";
import fc from "fast-check";
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

  it("leaves out of what others wrote what they may have been sent", () => {
    const { lines, logger } = createTestLogger();
    const why = `Bearer eyJhbGciOi.x.y and Basic b3duZXI6 of <erika.muster+1@mail.example.ch>: ${whsec}, card 4111 1111 1111 1111, order 900001, at 2026-02-03T09:00:00.148Z`;
    logger.warn("refused", { why });
    expect(JSON.parse(lines[0] ?? "").why).toBe(
      "Bearer [secret] and Basic [secret] of <[e-mail]>: [secret], card [card], order 900001, at 2026-02-03T09:00:00.148Z",
    );
  });

  it("T11: writes no card number, however it is spelled, and other numbers as they are", () => {
    const { lines, logger } = createTestLogger();
    const spelled = fc.tuple(fc.array(fc.nat(9), { minLength: 12, maxLength: 18 }), fc.constantFrom("", " ", "-"));
    fc.assert(
      fc.property(spelled, ([digits, gap]) => {
        const sum = digits.toReversed().reduce((total, one, at) => total + toWeight(one, at % 2 === 0), 0);
        const check = (10 - (sum % 10)) % 10;
        lines.length = 0;
        logger.warn("refused", { why: `card ${[...digits, check].join(gap)}.` });
        logger.warn("refused", { why: `id ${[...digits, (check + 1) % 10].join(gap)}.` });
        expect(lines.map((line) => JSON.parse(line).why)).toEqual([
          "card [card].",
          `id ${[...digits, (check + 1) % 10].join(gap)}.`,
        ]);
      }),
      { numRuns: 2000 },
    );
  });
});

const whsec = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

function toWeight(digit: number, isDoubled: boolean): number {
  const weighted = isDoubled ? digit * 2 : digit;
  return weighted > 9 ? weighted - 9 : weighted;
}
