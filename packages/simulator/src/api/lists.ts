import { ApiError, missing } from "../api-error.ts";
import type { SpaceRow } from "../state/space.ts";
import type { Switches } from "../state/switches.ts";
import type { Entity, Table } from "../state/table.ts";
import type { JsonObject } from "../values/json.ts";
import type { View } from "../views/common.ts";
import { createExpand } from "./expand.ts";
import { type Call, get, type Operation } from "./operation.ts";
import { parseQuery } from "./search-query.ts";
import { valueAt } from "./value-at.ts";

/** A kind of entity that can be shown page by page. */
export interface Paged<T> {
  readonly view: View<T>;
  idOf(row: T): string;
}

/** A kind of entity of a space that can be listed, read and searched. */
export interface Resource<T> extends Paged<T> {
  /** In messages: "transaction". */
  readonly name: string;
  readonly path: string;
  rows(space: SpaceRow): readonly T[];
  find(space: SpaceRow, id: string): T | undefined;
}

/** The resource of a table's rows. */
export function tableResource<T extends Entity>(
  name: string,
  path: string,
  table: Table<T>,
  view: View<T>,
): Resource<T> {
  return {
    name,
    path,
    view,
    rows: (space) => table.of(space.id),
    find(space, id) {
      const row = table.get(id);
      return row?.space === space.id ? row : undefined;
    },
    idOf: (row) => row.id,
  };
}

/** GET /x, GET /x/search and GET /x/{id}. The search comes first, because `search` would pass for an id. */
export function readTriple<T>(resource: Resource<T>): readonly Operation[] {
  const { path, name } = resource;
  return [
    get(path, (call) => listed(resource.rows(call.space), resource, call)),
    get(`${path}/search`, (call) => searched(resource.rows(call.space), resource, call, call.space.switches)),
    get(`${path}/:id`, (call) => {
      const { id = "" } = call.params;
      const row = resource.find(call.space, id);
      if (row === undefined) throw missing(name, id);
      return resource.view(row, call.expand, call.context);
    }),
  ];
}

/** The page of a list between two ids. @throws ApiError 400 */
export function listed<T>(rows: readonly T[], { view, idOf }: Paged<T>, call: Call): JsonObject {
  const limit = limitOf(call);
  const after = idParameter(call, "after");
  const before = idParameter(call, "before");
  const order = call.query.get("order") ?? "ASC";
  if (order !== "ASC" && order !== "DESC") throw invalidParameter("order", `must be ASC or DESC, is "${order}"`);
  const between = rows.filter((row) => {
    const id = BigInt(idOf(row));
    return (after === null || id > after) && (before === null || id < before);
  });
  const ordered = order === "ASC" ? between : between.toReversed();
  return {
    data: ordered.slice(0, limit).map((row) => view(row, call.expand, call.context)),
    hasMore: ordered.length > limit,
    limit,
  };
}

/** The page of those that fit the query. @throws ApiError 400 or 416 */
export function searched<T>(
  rows: readonly T[],
  { view }: Paged<T>,
  call: Call,
  switches: Pick<Switches, "starMeans" | "nestedSearch">,
): JsonObject {
  const limit = limitOf(call);
  const offset = integerParameter(call, "offset", 0, 0, Number.MAX_SAFE_INTEGER);
  if (offset > 10_000) throw new ApiError(416, "offset_too_large", `offset must be at most 10000, is ${offset}.`);
  const query = parseQuery(call.query.get("query") ?? "", switches);
  const sorting = sortingOf(call.query.get("order"));
  const expand = createExpand(query.fields.concat(sorting?.field ?? []), "stub");
  const found = rows
    .map((row) => ({ row, shown: view(row, expand, call.context) }))
    .filter(({ shown }) => query.matches(shown));
  const sorted = sorting === null ? found : found.toSorted((a, b) => sorting.compare(a.shown, b.shown));
  return {
    data: sorted.slice(offset, offset + limit).map(({ row }) => view(row, call.expand, call.context)),
    hasMore: sorted.length > offset + limit,
    limit,
    offset,
  };
}

function sortingOf(order: string | null) {
  if (order === null || order === "") return null;
  const match = /^([\w.]+):(ASC|DESC)$/.exec(order);
  if (match === null) throw invalidParameter("order", `must be like createdOn:DESC, is "${order}"`);
  const [, field = "", direction] = match;
  const sign = direction === "ASC" ? 1 : -1;
  return { field, compare: (a: JsonObject, b: JsonObject) => sign * compareValues(a, b, field) };
}

function compareValues(a: JsonObject, b: JsonObject, field: string): number {
  const [left, right] = [valueAt(a, field), valueAt(b, field)];
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  const isNumeric = /^-?\d+(\.\d+)?$/.test(left) && /^-?\d+(\.\d+)?$/.test(right);
  return isNumeric ? Number(left) - Number(right) : left < right ? -1 : 1;
}

function limitOf(call: Call): number {
  return integerParameter(call, "limit", 10, 1, 100);
}

function integerParameter(call: Call, name: string, fallback: number, min: number, max: number): number {
  const given = call.query.get(name);
  if (given === null) return fallback;
  const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
  if (!(value >= min && value <= max))
    throw invalidParameter(name, `must be an integer between ${min} and ${max}, is "${given}"`);
  return value;
}

function idParameter(call: Call, name: string): bigint | null {
  const given = call.query.get(name);
  if (given === null) return null;
  if (!/^[1-9]\d{0,18}$/.test(given)) throw invalidParameter(name, `must be an id, is "${given}"`);
  return BigInt(given);
}

export function invalidParameter(name: string, problem: string): ApiError {
  return new ApiError(400, "invalid_parameter", `The query parameter ${name} ${problem}.`, {
    errors: { [name]: problem },
  });
}
