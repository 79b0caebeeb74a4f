import type { Decimal, ServiceId } from "@checkout-plugins/client";
import { toServiceId } from "@checkout-plugins/client";
import { ApiError } from "../api-error.ts";
import { readDecimal } from "../values/decimal.ts";
import { isParsedObject, NumberText, type ParsedJson } from "../values/json.ts";

/** What is wrong with a body, by field; `isMalformed` when something is missing or of the wrong type. */
export class Problems {
  readonly errors: Record<string, string> = {};
  isMalformed = false;

  malformed(at: string, text: string): undefined {
    this.isMalformed = true;
    this.invalid(at, text);
  }
  invalid(at: string, text: string): undefined {
    this.errors[at === "" ? "body" : at] = text;
  }
}

/** Reads a value of one type; undefined when it noted a problem. */
export type Shape<T> = (value: ParsedJson, at: string, problems: Problems) => T | undefined;

export interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  /** What the pattern asks for. */
  readonly patternText?: string;
}

export function text(limits: TextLimits = {}): Shape<string> {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern, patternText } = limits;
  return (value, at, problems) => {
    if (typeof value !== "string") return problems.malformed(at, "must be a string");
    if (value.length < min) return problems.invalid(at, `must be at least ${min} characters, is ${value.length}`);
    if (value.length > max) return problems.invalid(at, `must be at most ${max} characters, is ${value.length}`);
    if (pattern !== undefined && !pattern.test(value))
      return problems.invalid(at, `must be ${patternText ?? pattern.source}`);
    return value;
  };
}

export const flag: Shape<boolean> = (value, at, problems) =>
  typeof value === "boolean" ? value : problems.malformed(at, "must be true or false");

export const id: Shape<ServiceId> = (value, at, problems) => {
  if (value instanceof NumberText && /^[1-9]\d{0,18}$/.test(value.text)) return toServiceId(value.text);
  return problems.malformed(at, "must be an id, a positive integer");
};

export const integer: Shape<number> = (value, at, problems) => {
  if (value instanceof NumberText && /^-?\d{1,15}$/.test(value.text)) return Number(value.text);
  return problems.malformed(at, "must be an integer");
};

export const decimal: Shape<Decimal> = (value, at, problems) => {
  if (!(value instanceof NumberText)) return problems.malformed(at, "must be a number");
  return readDecimal(value.text) ?? problems.invalid(at, "must have at most 8 digits after the point");
};

export function choice<const T extends string>(values: readonly T[]): Shape<T> {
  return (value, at, problems) =>
    values.find((known) => known === value) ?? problems.malformed(at, `must be one of ${values.join(", ")}`);
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, at, problems) => {
    if (!Array.isArray(value)) return problems.malformed(at, "must be a list");
    return value.flatMap((member: ParsedJson, index) => shape(member, `${at}[${index}]`, problems) ?? []);
  };
}

export function map<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, at, problems) => {
    if (!isParsedObject(value)) return problems.malformed(at, "must be an object");
    const entries = Object.entries(value).flatMap(([name, member]) => {
      const read = shape(member, `${at}.${name}`, problems);
      return read === undefined ? [] : [[name, read] as const];
    });
    return Object.fromEntries(entries);
  };
}

export type Fields<T> = { readonly [K in keyof T]-?: Shape<NonNullable<T[K]>> };

/** Unknown members are ignored, null counts as not there. */
export function object<T extends object>(fields: Fields<T>, required: readonly (keyof T & string)[] = []): Shape<T> {
  return (value, at, problems) => {
    if (!isParsedObject(value)) return problems.malformed(at, "must be an object");
    const prefix = at === "" ? "" : `${at}.`;
    const read: Record<string, unknown> = {};
    for (const [name, shape] of Object.entries(fields) as [string, Shape<unknown>][]) {
      const member = value[name];
      if (member !== undefined && member !== null) read[name] = shape(member, prefix + name, problems);
      else if ((required as readonly string[]).includes(name)) problems.malformed(prefix + name, "is required");
    }
    return read as T;
  };
}

/** The names of the fields that the object sets to null. */
export function nulls<T extends object>(value: ParsedJson, fields: Fields<T>): readonly (keyof T)[] {
  if (!isParsedObject(value)) return [];
  return (Object.keys(fields) as (keyof T & string)[]).filter((name) => value[name] === null);
}

/** @throws ApiError 400 when something is missing or of the wrong type, 422 when a limit is not kept; both name every field */
export function read<T>(shape: Shape<T>, value: ParsedJson): T {
  const problems = new Problems();
  const result = shape(value, "", problems);
  if (result !== undefined && Object.keys(problems.errors).length === 0) return result;
  const { errors, isMalformed } = problems;
  const message = `The request is not valid: ${Object.entries(errors)
    .map(([field, problem]) => `${field} ${problem}`)
    .join("; ")}.`;
  throw new ApiError(isMalformed ? 400 : 422, isMalformed ? "malformed_request" : "invalid_value", message, { errors });
}
