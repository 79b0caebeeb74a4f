import type { Change } from "../service/world.ts";
import { type Damage, damages } from "./damaged-answers.ts";

/** Something that goes wrong on purpose. What is left out matches everything. */
export type Fault = RequestFault | WebhookFault;

/** Of requests, as they are on the wire. */
export const requestFaults: readonly RequestFaultKind[] = [
  "delay",
  "status",
  "cutBefore",
  "cutAfter",
  "lateCreate",
  "hangBefore",
  "hangAfter",
  "twice",
  "stale",
  ...damages,
];
export type RequestFaultKind =
  | Damage
  | "delay"
  | "status"
  | "cutBefore"
  | "cutAfter"
  | "lateCreate"
  | "hangBefore"
  | "hangAfter"
  | "twice"
  | "stale";

interface Common {
  /** How often it still happens; null: always. */
  readonly times: number | null;
  readonly space?: string;
  readonly transaction?: string;
}
export interface RequestFault extends Common {
  readonly on: "request";
  readonly kind: RequestFaultKind;
  readonly method?: string;
  /** Below /api/v2.0, without the query; a part that is `*` stands for any. */
  readonly path?: string;
  /** delay: how long; lateCreate: how long after the cut at the latest. Milliseconds. */
  readonly duration: number;
  /** status: what is answered instead of carrying out the request. */
  readonly status: number;
  /** status 429 or 503: seconds. */
  readonly retryAfter?: number;
}
export interface WebhookFault extends Common {
  readonly on: "webhook";
  readonly kind: "delay" | "duplicate" | "reorder" | "drop" | "wrongSignature" | "unknownKey" | "unsigned";
  readonly entity?: string;
  readonly state?: string;
  /** delay: milliseconds. */
  readonly duration: number;
}

/** What a request fault looks at. */
export interface RequestFacts {
  readonly method: string;
  /** Below /api/v2.0, without the query. */
  readonly path: string;
  readonly space: string | null;
  readonly transaction: string | null;
}

export interface Faults {
  add(fault: Fault): void;
  list(): readonly Fault[];
  clear(): void;
  /** The faults that hit this request, each used once. */
  ofRequest(request: RequestFacts): readonly RequestFault[];
  /** The faults of these kinds that hit this webhook, each used once. */
  ofWebhook(change: Change, kinds: readonly string[]): readonly WebhookFault[];
}

export function createFaults(): Faults {
  let faults: readonly Fault[] = [];
  const use = <T extends Fault>(isHit: (fault: Fault) => fault is T): readonly T[] => {
    const hit = faults.filter(isHit);
    faults = faults.flatMap((fault) => {
      if (fault.times === null || !isHit(fault)) return [fault];
      return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
    });
    return hit;
  };
  return {
    add(fault) {
      faults = [...faults, fault];
    },
    list: () => faults,
    clear() {
      faults = [];
    },
    ofRequest: (request) =>
      use((fault): fault is RequestFault => fault.on === "request" && isRequestHit(fault, request)),
    ofWebhook: (change, kinds) =>
      use(
        (fault): fault is WebhookFault =>
          fault.on === "webhook" && kinds.includes(fault.kind) && isWebhookHit(fault, change),
      ),
  };
}

const fits = (wanted: string | undefined, value: string | null) => wanted === undefined || wanted === value;

function isRequestHit(fault: RequestFault, request: RequestFacts): boolean {
  return (
    fits(fault.space, request.space) &&
    fits(fault.transaction, request.transaction) &&
    fits(fault.method, request.method) &&
    (fault.path === undefined || isPathHit(fault.path, request.path))
  );
}

function isPathHit(pattern: string, path: string): boolean {
  const wanted = pattern.split("/");
  const parts = path.split("/");
  return wanted.length === parts.length && wanted.every((part, index) => part === "*" || part === parts[index]);
}

function isWebhookHit(fault: WebhookFault, change: Change): boolean {
  return (
    fits(fault.space, change.space) &&
    fits(fault.transaction, change.transaction) &&
    fits(fault.entity, change.entity) &&
    fits(fault.state, change.state)
  );
}
