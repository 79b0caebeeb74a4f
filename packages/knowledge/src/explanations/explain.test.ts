import type { FailureCode as CoreFailureCode, FindingKind as CoreFindingKind } from "@checkout-plugins/core";
import { describe, expect, expectTypeOf, it } from "vitest";
import { languages } from "../language.ts";
import { findTextFaults } from "../text-faults.ts";
import { type CallTarget, callTargets } from "./call-targets.ts";
import {
  explainFailure,
  explainFinding,
  explainStatus,
  type FailureCode,
  type FindingKind,
  failures,
  findings,
} from "./explain.ts";
import { serviceStatuses } from "./statuses.ts";

const explained = [
  ...Object.entries(findings).map(([name, texts]) => [`finding ${name}`, texts] as const),
  ...Object.entries(failures).map(([name, texts]) => [`failure ${name}`, texts] as const),
  ...Object.entries(serviceStatuses).map(([name, texts]) => [`status ${name}`, texts] as const),
];

describe("the kinds", () => {
  it("are core's, which the type checker compares", () => {
    expectTypeOf<FindingKind>().toEqualTypeOf<CoreFindingKind>();
    expectTypeOf<FailureCode>().toEqualTypeOf<CoreFailureCode>();
    expect(Object.keys(findings)).toHaveLength(17);
    expect(Object.keys(failures)).toHaveLength(18);
    expect(Object.keys(serviceStatuses).map(Number)).toEqual([401, 403, 404, 409, 422, 429]);
  });
});

describe("every explanation", () => {
  it.each(explained)("of %s is written in four languages", (_, { happened, todo, call }) => {
    expect(findTextFaults("happened", happened)).toEqual([]);
    expect(findTextFaults("todo", todo)).toEqual([]);
    expect(Object.keys(callTargets)).toContain(call);
    for (const text of [...Object.values(happened), ...Object.values(todo)]) expect(text).toMatch(/\.$/);
  });

  it("is told once: no two have the same text", () => {
    const texts = explained.map(([, { happened }]) => happened.en);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it.each(Object.entries(callTargets))("names %s in four languages", (_, texts) => {
    expect(findTextFaults("call", texts)).toEqual([]);
  });
});

describe.each(languages)("explain in %s", (language) => {
  it("says what happened, what to do and whom to call", () => {
    expect(explainFinding("chargeback", language)).toEqual({
      whatHappened: findings.chargeback.happened[language],
      whatToDo: findings.chargeback.todo[language],
      whomToCall: callTargets.acceptancePartner[language],
      call: "acceptancePartner" satisfies CallTarget,
    });
    expect(explainFailure("oneStillOpen", language).whatHappened).toBe(failures.oneStillOpen.happened[language]);
  });

  it("explains the statuses that owners meet and no others", () => {
    expect(explainStatus(403, language)?.call).toBe("accountAdministrator");
    for (const status of Object.keys(serviceStatuses)) {
      expect(explainStatus(Number(status), language)?.whatHappened).toContain(status);
    }
    expect(explainStatus(200, language)).toBeUndefined();
    expect(explainStatus(418, language)).toBeUndefined();
  });
});
