import { type Decimal, type Instant, type ServiceId, type SpaceId, toDecimal, toServiceId, toSpaceId } from "../ids.ts";
import { ExactNumber, type WireJson, type WireObject } from "./json.ts";

/** An object of the service and where it stands in the answer, for errors that name the field. */
export interface Fields {
  readonly path: string;
  readonly values: WireObject;
}
/** Reads one field. @throws TypeError that names the field and what is wrong with it. */
export type Reader<T> = (fields: Fields, key: string) => T;

export function toFields(value: WireJson, path: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof ExactNumber) {
    return fail(path, "an object", value);
  }
  return { path, values: value as WireObject };
}

export function orNull<T>(fields: Fields, key: string, read: Reader<T>): T | null {
  const value = fields.values[key];
  return value === undefined || value === null ? null : read(fields, key);
}

export function readId(fields: Fields, key: string): ServiceId {
  return attempt(fields, key, () => toServiceId(readNumber(fields, key)));
}

export function readSpaceId(fields: Fields, key: string): SpaceId {
  return attempt(fields, key, () => toSpaceId(readNumber(fields, key)));
}

export function readDecimal(fields: Fields, key: string): Decimal {
  return attempt(fields, key, () => toDecimal(readNumber(fields, key)));
}

export function readInteger(fields: Fields, key: string): number {
  const value = fields.values[key];
  return Number.isSafeInteger(value) ? (value as number) : expected(fields, key, "an integer");
}

export function readText(fields: Fields, key: string): string {
  const value = fields.values[key];
  return typeof value === "string" ? value : expected(fields, key, "a text");
}

export function readFlag(fields: Fields, key: string): boolean {
  const value = fields.values[key];
  return typeof value === "boolean" ? value : expected(fields, key, "true or false");
}

export function readInstant(fields: Fields, key: string): Instant {
  return toInstant(readText(fields, key)) ?? expected(fields, key, "a date with time and zone");
}

/** An unknown value is an error that names it, never a default: who acts on a state must know it. */
export function oneOf<T extends string>(known: readonly T[]): Reader<T> {
  return (fields, key) => {
    const value = fields.values[key];
    return known.find((each) => each === value) ?? expected(fields, key, `one of ${known.join(", ")}`);
  };
}

/** As `oneOf`, but an unknown value is null: for what only words or decorates something and must not hide it. */
export function knownOf<T extends string>(known: readonly T[]): Reader<T | null> {
  return (fields, key) => known.find((each) => each === fields.values[key]) ?? null;
}

/** An absent list is empty. */
export function listOf<T>(convert: (fields: Fields) => T): Reader<readonly T[]> {
  return (fields, key) =>
    readArray(fields, key).map((item, index) => convert(toFields(item, `${fields.path}.${key}[${index}]`)));
}

/** A list of texts; absent is empty. */
export function readTextList(fields: Fields, key: string): readonly string[] {
  return readArray(fields, key).map((item, index) =>
    typeof item === "string" ? item : fail(`${fields.path}.${key}[${index}]`, "a text", item),
  );
}

function readArray(fields: Fields, key: string): readonly WireJson[] {
  const value = fields.values[key] ?? [];
  return Array.isArray(value) ? value : expected(fields, key, "a list");
}

/** An entity or embedded object. */
export function objectOf<T>(convert: (fields: Fields) => T): Reader<T> {
  return (fields, key) => convert(readFields(fields, key));
}

/** The id of an entity, whether it came expanded or as a stub. */
export function readReference(fields: Fields, key: string): ServiceId {
  return readId(readFields(fields, key), "id");
}

export function readFields(fields: Fields, key: string): Fields {
  return toFields(fields.values[key] ?? null, `${fields.path}.${key}`);
}

/** A map of texts; absent is empty. */
export function readTexts(fields: Fields, key: string): Readonly<Record<string, string>> {
  const texts = orNull(fields, key, readFields);
  if (texts === null) return {};
  return Object.fromEntries(Object.keys(texts.values).map((name) => [name, readText(texts, name)]));
}

const instantNotation = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?:Z|([+-]\d{2}):?(\d{2}))$/;

/** ISO 8601 with a zone, also as `+0000`; null when it is not. */
export function toInstant(text: string): Instant | null {
  const [, local, hours = "+00", minutes = "00"] = instantNotation.exec(text) ?? [];
  const time = local === undefined ? Number.NaN : Date.parse(`${local}${hours}:${minutes}`);
  return Number.isNaN(time) ? null : (new Date(time).toISOString() as Instant);
}

function readNumber(fields: Fields, key: string): string {
  const value = fields.values[key];
  if (typeof value === "number") return String(value);
  return value instanceof ExactNumber ? value.source : expected(fields, key, "a number");
}

function attempt<T>(fields: Fields, key: string, convert: () => T): T {
  try {
    return convert();
  } catch (cause) {
    throw new TypeError(`${fields.path}.${key}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function expected(fields: Fields, key: string, what: string): never {
  return fail(`${fields.path}.${key}`, what, fields.values[key]);
}

function fail(path: string, what: string, value: WireJson | undefined): never {
  throw new TypeError(`${path} must be ${what}, got ${show(value)}`);
}

function show(value: WireJson | undefined): string {
  if (value === undefined) return "nothing";
  if (value instanceof ExactNumber) return value.source.slice(0, 80);
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  return JSON.stringify(value).slice(0, 80);
}
