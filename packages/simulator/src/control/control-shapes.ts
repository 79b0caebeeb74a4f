import type { Decimal, LineItemType } from "@checkout-plugins/client";
import {
  choice,
  decimal,
  type Fields,
  flag,
  id,
  integer,
  list,
  map,
  object,
  read,
  type Shape,
  text,
} from "../api/shape.ts";
import { lineItem } from "../api/transaction-shapes.ts";
import { unprocessable } from "../api-error.ts";
import { paymentMethods } from "../catalogue/methods.ts";
import { type Fault, type RequestFault, requestFaults, type WebhookFault } from "../faults/faults.ts";
import { type presets, type Switches, type SwitchName, switchNames, switchRows } from "../state/switches.ts";
import type { LineItem } from "../state/transaction.ts";
import { isDuration, toMilliseconds } from "../values/duration.ts";
import { isParsedObject, type ParsedJson } from "../values/json.ts";

export const duration: Shape<string> = (value, at, problems) => {
  if (typeof value !== "string" || !isDuration(value))
    return problems.malformed(at, "must be a duration such as PT1H or P5D");
  return value;
};
/** An id as digits, in quotes or not. */
const looseId: Shape<string> = (value, at, problems) =>
  typeof value === "string" && /^[1-9]\d{0,18}$/.test(value) ? value : id(value, at, problems);

function switchShape(name: SwitchName): Shape<string | number | readonly string[]> {
  const row = switchRows[name];
  if ("values" in row) return choice(row.values);
  if ("durations" in row) return list(duration);
  return "duration" in row ? duration : integer;
}

/** Some switches; an unknown name is told, because a switch that does nothing is worse than none. */
export const switchesShape: Shape<Partial<Switches>> = (value, at, problems) => {
  if (!isParsedObject(value)) return problems.malformed(at, "must be an object");
  const entries = Object.entries(value).flatMap(([name, member]) => {
    const known = switchNames.find((candidate) => candidate === name);
    if (known === undefined)
      problems.malformed(`${at}.${name}`, `is not a switch; GET /_simulator/switches lists them`);
    const setting = known === undefined ? undefined : switchShape(known)(member, `${at}.${name}`, problems);
    return setting === undefined ? [] : [[name, setting] as const];
  });
  return Object.fromEntries(entries) as Partial<Switches>;
};

export interface SpaceChange {
  readonly name?: string;
  readonly state?: "ACTIVE" | "INACTIVE";
  readonly preset?: keyof typeof presets;
  readonly switches?: Partial<Switches>;
  readonly methods?: readonly string[];
}
export const spaceChange: Shape<SpaceChange> = object<SpaceChange>({
  name: text({ min: 3, max: 200 }),
  state: choice(["ACTIVE", "INACTIVE"]),
  preset: choice(["lenient", "strict", "otherAnswers"]),
  switches: switchesShape,
  methods: list(choice(Object.keys(paymentMethods))),
});

export interface TransactionChange {
  readonly amount?: Decimal;
  readonly currency?: string;
  readonly lineItems?: readonly LineItem[];
  readonly metaData?: Readonly<Record<string, string>>;
  readonly merchantReference?: string;
  readonly environment?: "TEST" | "PRODUCTION";
  readonly switches?: Partial<Switches>;
}
export const transactionChange: Shape<TransactionChange> = object<TransactionChange>({
  amount: decimal,
  currency: text({ pattern: /^[A-Z]{3}$/, patternText: "an ISO 4217 code such as CHF" }),
  lineItems: list(lineItem),
  metaData: map(text()),
  merchantReference: text(),
  environment: choice(["TEST", "PRODUCTION"]),
  switches: switchesShape,
});
const correctionId = "changed-elsewhere";

export function isCorrection(line: LineItem): boolean {
  return line.uniqueId === correctionId;
}

/** The line that makes up for an amount that was changed elsewhere. */
export function toCorrection(difference: Decimal): LineItem {
  const type: LineItemType = difference.startsWith("-") ? "DISCOUNT" : "FEE";
  const line = { uniqueId: correctionId, name: "Changed elsewhere", type, quantity: "1" as Decimal };
  return { ...line, amountIncludingTax: difference };
}

export interface BuyerAction {
  readonly action: "pay" | "decline" | "abort" | "confirm" | "refuse";
  readonly card?: string;
  readonly methodConfiguration?: string;
  /** The buyer ticks the box that keeps the card. */
  readonly keep?: boolean;
}
export const buyerAction: Shape<BuyerAction> = object<BuyerAction>(
  {
    action: choice(["pay", "decline", "abort", "confirm", "refuse"]),
    card: text(),
    methodConfiguration: looseId,
    keep: flag,
  },
  ["action"],
);

interface FaultBody {
  readonly on: Fault["on"];
  readonly kind: Fault["kind"];
  readonly times?: number | "always";
  readonly space?: string;
  readonly transaction?: string;
  readonly method?: string;
  readonly path?: string;
  readonly entity?: string;
  readonly state?: string;
  readonly duration?: string;
  readonly status?: number;
  readonly retryAfter?: number;
}
const webhookKinds = ["delay", "duplicate", "reorder", "drop", "wrongSignature", "unknownKey", "unsigned"] as const;
const faultFields: Fields<FaultBody> = {
  on: choice(["request", "webhook"]),
  kind: choice([...new Set<Fault["kind"]>([...requestFaults, ...webhookKinds])]),
  times: (value, at, problems) => (value === "always" ? "always" : integer(value, at, problems)),
  space: looseId,
  transaction: looseId,
  method: choice(["GET", "POST", "PATCH", "DELETE"]),
  path: text({ pattern: /^\//, patternText: "a path below /api/v2.0 that begins with /" }),
  entity: text(),
  state: text(),
  duration,
  status: integer,
  retryAfter: integer,
};
const faultBody = object<FaultBody>(faultFields, ["on", "kind"]);

/** @throws ApiError 400 or 422 */
export function readFault(value: ParsedJson): Fault {
  const {
    times: given,
    duration: length,
    on,
    kind,
    status,
    retryAfter,
    method,
    path,
    entity,
    state,
    ...where
  } = read(faultBody, value);
  const times = given === "always" ? null : (given ?? 1);
  const common = { ...where, times, duration: toMilliseconds(length ?? "PT1S") };
  if (on === "webhook") {
    const known = webhookKinds.find((candidate) => candidate === kind);
    if (known === undefined) throw unknownKind(kind, webhookKinds);
    return { ...common, on, kind: known, ...present({ entity, state }) } satisfies WebhookFault;
  }
  const known = requestFaults.find((candidate) => candidate === kind);
  if (known === undefined) throw unknownKind(kind, requestFaults);
  if (known === "status" && status === undefined)
    throw unprocessable("status_missing", "A fault of the kind status needs a status, such as 409.");
  const isLate = known === "lateCreate";
  return {
    ...common,
    on,
    kind: known,
    status: status ?? 500,
    ...present({
      method: method ?? (isLate ? "POST" : undefined),
      path: path ?? (isLate ? "/payment/transactions" : undefined),
      retryAfter,
    }),
  } satisfies RequestFault;
}

function unknownKind(kind: string, known: readonly string[]) {
  return unprocessable("unknown_kind", `"${kind}" is not such a fault; choose of ${known.join(", ")}.`);
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };
function present<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}
