import { ApiError } from "../api-error.ts";
import type { Switches } from "../state/switches.ts";
import type { JsonObject } from "../values/json.ts";
import { valueAt } from "./value-at.ts";

type Test = (shown: JsonObject) => boolean;

export interface SearchQuery {
  /** The fields it looks at. */
  readonly fields: readonly string[];
  matches(shown: JsonObject): boolean;
}

const tokenPattern = /\s*(?:(\()|(\))|(AND|OR)\b|(-?[A-Za-z][\w.]*):(<=|>=|<|>|~)?(?:"([^"]*)"|'([^']*)'|([^\s()]+)))/y;

/**
 * `field:value`, `:<`, `:>=`, `:~contains`, quotes, `-field:` for not, AND (or a space), OR, parentheses.
 * @throws ApiError 400 that tells where it stopped to understand
 */
export function parseQuery(text: string, switches: Pick<Switches, "starMeans" | "nestedSearch">): SearchQuery {
  const fields: string[] = [];
  let position = 0;

  const token = () => {
    tokenPattern.lastIndex = position;
    const match = tokenPattern.exec(text);
    return match === null ? null : { match, end: tokenPattern.lastIndex };
  };
  const refuse = () =>
    new ApiError(400, "invalid_query", `The query "${text}" is not understood from character ${position + 1} on.`);

  const parseTerm = (): Test => {
    const next = token();
    if (next === null) throw refuse();
    const [, open, , , field, operator = "", double, single, bare] = next.match;
    if (open !== undefined) {
      position = next.end;
      const inner = parseAlternatives();
      const close = token();
      if (close?.match[2] === undefined) throw refuse();
      position = close.end;
      return inner;
    }
    if (field === undefined) throw refuse();
    position = next.end;
    const name = field.replace(/^-/, "");
    if (name.includes(".") && switches.nestedSearch === "refused") {
      throw new ApiError(422, "unknown_field", `The field ${name} cannot be searched.`);
    }
    fields.push(name);
    const test = compare(name, operator, double ?? single ?? bare ?? "", bare === "*" ? switches.starMeans : null);
    return field.startsWith("-") ? (shown) => !test(shown) : test;
  };
  const parseConjunction = (): Test => {
    const tests = [parseTerm()];
    for (let next = token(); next !== null && next.match[2] === undefined && next.match[3] !== "OR"; next = token()) {
      if (next.match[3] === "AND") position = next.end;
      tests.push(parseTerm());
    }
    return (shown) => tests.every((test) => test(shown));
  };
  const parseAlternatives = (): Test => {
    const tests = [parseConjunction()];
    for (let next = token(); next?.match[3] === "OR"; next = token()) {
      position = next.end;
      tests.push(parseConjunction());
    }
    return (shown) => tests.some((test) => test(shown));
  };

  if (text.trim() === "") return { fields, matches: () => true };
  const matches = parseAlternatives();
  if (text.slice(position).trim() !== "") throw refuse();
  return { fields, matches };
}

function compare(field: string, operator: string, wanted: string, star: Switches["starMeans"] | null): Test {
  if (star !== null) return (shown) => (valueAt(shown, field) === null) === (star === "isNull");
  return (shown) => {
    const value = valueAt(shown, field);
    if (value === null) return false;
    if (operator === "~") return value.includes(wanted);
    const order = compareTexts(value, wanted);
    if (operator === "<") return order < 0;
    if (operator === "<=") return order <= 0;
    if (operator === ">") return order > 0;
    if (operator === ">=") return order >= 0;
    return order === 0;
  };
}

function compareTexts(value: string, wanted: string): number {
  const number = /^-?\d+$/;
  if (number.test(value) && number.test(wanted)) {
    const difference = BigInt(value) - BigInt(wanted);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  if (Number.isFinite(Number(value)) && Number.isFinite(Number(wanted)) && wanted !== "")
    return Number(value) - Number(wanted);
  return value === wanted ? 0 : value < wanted ? -1 : 1;
}
