import type { RequestFaultKind } from "../faults/faults.ts";
import type { Switches } from "../state/switches.ts";
import {
  isParsedObject,
  NumberText,
  type ParsedJson,
  type ParsedObject,
  parseJson,
  writeJson,
} from "../values/json.ts";

/** What a fault looks like on the wire; README, "Faults". Durations are ISO 8601, ids digits. */
export interface FaultRequest {
  readonly on: "request" | "webhook";
  readonly kind: RequestFaultKind | "duplicate" | "reorder" | "drop" | "wrongSignature" | "unknownKey" | "unsigned";
  readonly times?: number | "always";
  readonly space?: string;
  readonly transaction?: string;
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path?: string;
  readonly entity?: string;
  readonly state?: string;
  readonly duration?: string;
  readonly status?: number;
  readonly retryAfter?: number;
}

export interface BuyerRequest {
  readonly action: "pay" | "decline" | "abort" | "confirm" | "refuse";
  /** Name or number of a test card. */
  readonly card?: string;
  readonly methodConfiguration?: string;
  /** Ticks the box that keeps the card. */
  readonly keep?: boolean;
}
export interface BuyerResult {
  readonly step: "paid" | "processing" | "failed" | "aborted" | "asked" | "declined";
  /** Where the browser would go; null: it stays. */
  readonly redirectUrl: string | null;
  readonly transaction: TransactionSummary;
}

export interface BackOfficeRequest {
  readonly action:
    | "complete"
    | "void"
    | "refund"
    | "chargeback"
    | "markSuitable"
    | "markNotSuitable"
    | "markPaid"
    | "derecognize";
  /** A decimal such as "1.50"; all that is left unless said. */
  readonly amount?: string;
}

export interface TransactionSummary {
  readonly id: string;
  readonly space: string;
  readonly version: number;
  readonly state: string;
  readonly currency: string;
  readonly authorizationAmount: string;
  readonly completedAmount: string;
  readonly refundedAmount: string;
  readonly merchantReference: string | null;
  readonly metaData: Readonly<Record<string, string>>;
  readonly paymentPageUrl: string;
}
export interface RequestRecord {
  readonly at: string;
  readonly method: string;
  /** Below /api/v2.0, with the query. */
  readonly path: string;
  readonly space: string | null;
  /** Null: the connection was cut. */
  readonly status: number | null;
}
export interface WebhookRecord {
  readonly eventId: string;
  readonly entity: string;
  readonly entityId: string;
  readonly entityState: string;
  readonly transaction: string | null;
  readonly state: "waiting" | "sending" | "delivered" | "failed" | "dropped";
  readonly attempts: readonly {
    readonly at: string;
    readonly status: number | null;
    readonly error: string | null;
    readonly signature: string;
  }[];
}
export interface TransactionChangeRequest {
  /** A decimal such as "1.50". */
  readonly amount?: string;
  readonly currency?: string;
  readonly metaData?: Readonly<Record<string, string>>;
  readonly merchantReference?: string;
  readonly environment?: "TEST" | "PRODUCTION";
  readonly switches?: Partial<Switches>;
}
export interface SpaceChangeRequest {
  readonly name?: string;
  readonly preset?: "lenient" | "strict" | "otherAnswers";
  readonly switches?: Partial<Switches>;
  readonly methods?: readonly string[];
}

export interface TerminalRequest {
  readonly action: "pay" | "decline" | "removeCard" | "stop" | "offline" | "online";
  /** Name or number of a test card. */
  readonly card?: string;
  /** Of `pay`: a decimal such as "1.50", on top of the amount. */
  readonly tip?: string;
}
export interface TerminalStatus {
  readonly id: string;
  readonly space: string;
  readonly identifier: string;
  readonly state: string;
  readonly isOnline: boolean;
  /** The transaction that the buyer is asked to pay at the moment. */
  readonly performing: string | null;
}

/** The control door, typed. Every call throws an Error with the door's own words when it is refused. */
export interface SimulatorControl {
  requests(): Promise<readonly RequestRecord[]>;
  forgetRequests(): Promise<void>;
  transactions(): Promise<readonly TransactionSummary[]>;
  transaction(id: string): Promise<TransactionSummary>;
  /** What the buyer does on the payment page. */
  buyer(transaction: string, request: BuyerRequest): Promise<BuyerResult>;
  /** Behind the shop's back. */
  changeTransaction(id: string, change: TransactionChangeRequest): Promise<TransactionSummary>;
  /** What a person does in the back office, or the buyer's bank. Returns the id of what came of it. */
  backOffice(transaction: string, request: BackOfficeRequest): Promise<string>;
  terminals(): Promise<readonly TerminalStatus[]>;
  /** What the buyer or the cashier does at the device, or its network. */
  terminal(id: string, request: TerminalRequest): Promise<TerminalStatus>;
  addFaults(...faults: readonly FaultRequest[]): Promise<void>;
  clearFaults(): Promise<void>;
  webhooks(): Promise<readonly WebhookRecord[]>;
  /** Tries all that wait, due or not; resolves with their number when all are answered. */
  deliverWebhooks(): Promise<number>;
  /** The simulator's time, ISO 8601. */
  now(): Promise<string>;
  /** Sets the time forward and resolves when everything that fell due is done. Returns the new time. */
  advance(duration: string): Promise<string>;
  changeSpace(id: string, change: SpaceChangeRequest): Promise<void>;
  reset(): Promise<void>;
}

export interface SimulatorControlSettings {
  /** Address of the simulator, without a slash at the end. */
  readonly url: string;
  /** `simulator.fetch` works too. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export function createSimulatorControl({ url, fetch = globalThis.fetch }: SimulatorControlSettings): SimulatorControl {
  const call = async (method: string, path: string, body?: object): Promise<ParsedObject> => {
    const text = body === undefined ? null : writeJson(toWire(body) as ParsedObject);
    const response = await fetch(new Request(`${url}/_simulator${path}`, { method, body: text }));
    const answer = await response.text();
    const parsed = answer === "" ? {} : parseJson(answer);
    if (response.ok && isParsedObject(parsed)) return parsed;
    const message = isParsedObject(parsed) && typeof parsed.message === "string" ? parsed.message : answer;
    throw new Error(`The simulator answered ${response.status} to ${method} /_simulator${path}: ${message}`);
  };
  const list = async <T>(path: string): Promise<readonly T[]> => {
    const { data } = await call("GET", path);
    return Array.isArray(data) ? data.map((member: ParsedJson) => plain(member) as T) : [];
  };

  return {
    requests: () => list("/requests"),
    forgetRequests: async () => void (await call("DELETE", "/requests")),
    transactions: async () => (await list<object>("/transactions")).map(toSummary),
    transaction: async (id) => toSummary(plain(await call("GET", `/transactions/${id}`)) as object),
    async buyer(transaction, request) {
      const answer = plain(await call("POST", `/transactions/${transaction}/buyer`, request)) as BuyerResult & {
        transaction: object;
      };
      return { ...answer, transaction: toSummary(answer.transaction) };
    },
    changeTransaction: async (id, { amount, ...change }) =>
      toSummary(plain(await call("POST", `/transactions/${id}`, { ...change, ...exact(amount) })) as object),
    backOffice: async (transaction, { action, amount }) =>
      String(
        plain(
          (await call("POST", `/transactions/${transaction}/back-office`, { action, ...exact(amount) })).entity ?? null,
        ),
      ),
    terminals: async () => (await list<object>("/terminals")).map(toTerminalStatus),
    terminal: async (id, { tip, ...request }) =>
      toTerminalStatus(
        plain(
          await call("POST", `/terminals/${id}`, {
            ...request,
            ...(tip === undefined ? {} : { tip: new NumberText(tip) }),
          }),
        ) as object,
      ),
    addFaults: async (...faults) => void (await call("POST", "/faults", faults)),
    clearFaults: async () => void (await call("DELETE", "/faults")),
    webhooks: () => list("/webhooks"),
    deliverWebhooks: async () => Number(plain((await call("POST", "/webhooks/deliver")).tried ?? null)),
    now: async () => String((await call("GET", "/clock")).now),
    advance: async (duration) => String((await call("POST", "/clock/advance", { duration })).now),
    changeSpace: async (id, change) => void (await call("PATCH", `/spaces/${id}`, change)),
    reset: async () => void (await call("POST", "/reset")),
  };
}

/** An amount as the JSON number it is written as. */
function exact(amount: string | undefined): { readonly amount?: NumberText } {
  return amount === undefined ? {} : { amount: new NumberText(amount) };
}

const keptAsNumbers: ReadonlySet<string> = new Set(["status", "version"]);

/** Ids and amounts as digits, so that none is rounded; statuses and versions as numbers. */
function plain(value: ParsedJson, name = ""): unknown {
  if (value instanceof NumberText) return keptAsNumbers.has(name) ? Number(value.text) : value.text;
  if (Array.isArray(value)) return value.map((member: ParsedJson) => plain(member));
  if (!isParsedObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member, key)]));
}

function toWire(value: unknown): unknown {
  if (typeof value === "number") return new NumberText(String(value));
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== "object" || value === null || value instanceof NumberText) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, toWire(member)]));
}

function toTerminalStatus(view: object): TerminalStatus {
  const { id, linkedSpaceId, identifier, state, isOnline, performing } = view as TerminalStatus & {
    readonly linkedSpaceId: string;
  };
  return { id, space: linkedSpaceId, identifier, state, isOnline, performing };
}

function toSummary(view: object): TransactionSummary {
  const { linkedSpaceId, ...rest } = view as TransactionSummary & { readonly linkedSpaceId: string };
  const {
    id,
    version,
    state,
    currency,
    authorizationAmount,
    completedAmount,
    refundedAmount,
    merchantReference,
    metaData,
    paymentPageUrl,
  } = rest;
  return {
    id,
    space: linkedSpaceId,
    version,
    state,
    currency,
    authorizationAmount,
    completedAmount,
    refundedAmount,
    merchantReference,
    metaData,
    paymentPageUrl,
  };
}
