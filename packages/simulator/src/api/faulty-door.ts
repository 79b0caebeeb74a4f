import { ApiError } from "../api-error.ts";
import { damages, toDamaged } from "../faults/damaged-answers.ts";
import type { Faults, RequestFault } from "../faults/faults.ts";
import type { World } from "../service/world.ts";
import { CutConnection } from "./connection.ts";
import type { Received } from "./received.ts";

/** Lets requests through, unless a fault is due. */
export interface FaultyDoor {
  /** @throws CutConnection */
  pass(request: Received, perform: Perform): Promise<Response>;
  /** Forgets the requests that were to have their effect later. */
  clear(): void;
}

type Perform = () => Promise<Response>;

const remembered = 1000;

export function createFaultyDoor(world: World, faults: Faults): FaultyDoor {
  /** Requests that were cut before their effect, which they will have after all. */
  let late: (() => Promise<void>)[] = [];

  const performLater = (perform: Perform, fault: RequestFault) => {
    const once = async () => {
      if (!late.includes(once)) return;
      late = late.filter((other) => other !== once);
      await perform();
    };
    late.push(once);
    world.agenda.add(world.agenda.now() + fault.duration, once);
  };
  /** What was last answered to reading this. */
  const lastAnswers = new Map<string, Response>();
  const remember = (key: string, response: Response) => {
    lastAnswers.delete(key);
    lastAnswers.set(key, response);
    const [oldest] = lastAnswers.keys();
    if (lastAnswers.size > remembered && oldest !== undefined) lastAnswers.delete(oldest);
  };
  const performOnce = async (key: string | null, hit: readonly RequestFault[], perform: Perform): Promise<Response> => {
    const known = key === null ? undefined : lastAnswers.get(key);
    if (known !== undefined && hit.some(({ kind }) => kind === "stale")) return known.clone();
    const first = hit.some(({ kind }) => kind === "twice") ? perform() : null;
    const response = await perform();
    await first;
    if (key !== null && response.ok) remember(key, response.clone());
    return response;
  };
  const answer = async (key: string | null, hit: readonly RequestFault[], perform: Perform) => {
    const has = (kind: RequestFault["kind"]) => hit.find((fault) => fault.kind === kind);
    const status = has("status");
    if (has("cutBefore") !== undefined) throw new CutConnection();
    if (has("hangBefore") !== undefined) return never();
    const lateCreate = has("lateCreate");
    if (lateCreate !== undefined) {
      performLater(perform, lateCreate);
      throw new CutConnection();
    }
    if (status !== undefined) return refuse(status);
    const response = await performOnce(key, hit, perform);
    if (has("cutAfter") !== undefined) throw new CutConnection();
    if (has("hangAfter") !== undefined) return never();
    const damage = damages.find((kind) => has(kind) !== undefined);
    return damage === undefined ? response : toDamaged(response, damage);
  };

  return {
    async pass({ method, path, spaceHeader: space, transaction }, perform) {
      const hit = faults.ofRequest({ method, path, space, transaction });
      const overdue = [...late];
      const delay = hit.filter((fault) => fault.kind === "delay").reduce((total, fault) => total + fault.duration, 0);
      try {
        const key = method === "GET" ? `${space} ${path}` : null;
        if (delay > 0) return await world.agenda.later(delay, async () => answer(key, hit, perform));
        return await answer(key, hit, perform);
      } finally {
        await Promise.all(overdue.map((once) => once()));
      }
    },
    clear() {
      late = [];
      lastAnswers.clear();
    },
  };
}

/** The caller gives up at some time of his own. */
function never(): Promise<never> {
  return new Promise(() => undefined);
}

function refuse(fault: RequestFault): never {
  const { status, retryAfter } = fault;
  const details = retryAfter === undefined ? {} : { retryAfter };
  throw new ApiError(
    status,
    codes[status] ?? "simulated_fault",
    `Simulated fault: the service answers ${status}.`,
    details,
  );
}

const codes: Readonly<Record<number, string>> = {
  401: "authentication_failed",
  403: "permission_denied",
  404: "resource_missing",
  409: "version_conflict",
  422: "invalid_value",
  423: "locked",
  429: "too_many_requests",
};
