import { ServiceError, type ServiceId, type SpaceClient, type SpaceId } from "@checkout-plugins/client";
import type { Random } from "./random.ts";
import type { Process, Scheduler } from "./scheduler.ts";
import { refuse, type World } from "./world.ts";
import type { WorldOperations } from "./world-operations.ts";

/** How bad the network is. In the end all is quiet. */
export interface Weather {
  /** The chance that a call to the service or to the shop goes wrong. */
  faults: number;
  /** The chance that a reading is older than the truth. */
  lag: number;
  /** Seconds that a 429 asks for; undefined: it does not say. */
  readonly retryAfter: number | undefined;
  /** Requests that are under way although nobody waits for them any more; the network loses them after a minute. */
  readonly late: (() => void)[];
  /** Requests that were sent and not received yet: one whose sender dies may still arrive. */
  readonly underWay: Set<{ readonly process: Process; readonly effect: () => void }>;
}

export interface Wire {
  readonly process: Process;
  readonly scheduler: Scheduler;
  readonly weather: Weather;
  readonly random: Random;
}

/** Rejects when the signal fires first. */
export function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) return stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function fault(code: "unreachable" | "cut" | "unavailable", what: string, cause?: unknown): Error {
  return new ServiceError(`${what}: ${code}`, { code, request: what }, cause === undefined ? {} : { cause });
}

type Effect<T> = () => T;

/**
 * One request: it waits for its turn, has its effect, and its answer waits for its turn. The effect may come late, after
 * the caller was told that the answer did not arrive, or never.
 */
async function send<T>(
  wire: Wire,
  what: string,
  isWrite: boolean,
  effect: Effect<T>,
  signal?: AbortSignal,
): Promise<T> {
  const { process, scheduler, weather, random } = wire;
  const aborted = (error: unknown): never => {
    if (!signal?.aborted || error !== signal.reason || !isWrite) throw error;
    if (random.chance(0.5)) weather.late.push(() => swallow(effect));
    throw fault("cut", what, error);
  };
  const request = { process, effect: () => swallow(effect) };
  if (isWrite) weather.underWay.add(request);
  await untilAborted(scheduler.turn(process, `before ${what}`), signal).catch(aborted);
  weather.underWay.delete(request);
  if (random.chance(weather.faults)) {
    const kind = random.pick([
      "unreachable",
      "cutBefore",
      "cutLate",
      "cutAfter",
      "unavailable",
      "rateLimited",
    ] as const);
    if (kind === "unreachable") throw fault(kind, what);
    if (kind === "rateLimited") {
      const { retryAfter } = weather;
      throw new ServiceError(`${what}: too many requests`, { code: kind, request: what, retryAfter });
    }
    if (kind === "cutLate" && isWrite) weather.late.push(() => swallow(effect));
    if (kind === "cutAfter" || (kind === "unavailable" && random.chance(0.5))) effect();
    throw fault(kind === "unavailable" ? kind : "cut", what);
  }
  const answer = effect();
  await untilAborted(scheduler.turn(process, `after ${what}`), signal).catch((error: unknown) => {
    throw signal?.aborted && error === signal.reason && isWrite ? fault("cut", what, error) : error;
  });
  return answer;
}

/** A late request may come when it is no longer possible; its refusal reaches nobody. */
function swallow(effect: Effect<unknown>): void {
  try {
    effect();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
  }
}

/** The service as one process sees it. */
export function createWorldClient(world: World, operations: WorldOperations, space: SpaceId, wire: Wire): SpaceClient {
  const { answers, random } = world;
  const { weather } = wire;
  const read = <T>(what: string, effect: Effect<T>, signal?: AbortSignal) => send(wire, what, false, effect, signal);
  const write = <T>(what: string, effect: Effect<T>, signal?: AbortSignal) => send(wire, what, true, effect, signal);
  const found = <T>(one: T | undefined): T => one ?? refuse(404, "There is no such entity");
  const after = <T extends { readonly id: ServiceId; readonly linkedSpaceId: SpaceId }>(
    all: ReadonlyMap<ServiceId, T>,
    id: ServiceId | undefined,
  ): readonly T[] =>
    [...all.values()].filter((one) => one.linkedSpaceId === space && (id === undefined || Number(one.id) > Number(id)));
  const client: Partial<SpaceClient> = {
    space,
    createTransaction: (body, { signal } = {}) => write("create", () => world.create(space, body), signal),
    readTransaction: (id, { signal } = {}) =>
      read("read", () => (random.chance(weather.lag) ? world.before(id) : world.find(id)), signal),
    readPaymentPageUrl: (id, { signal } = {}) =>
      read("page", () => `https://pay.example.ch/${world.find(id).id}`, signal),
    updateTransaction: (id, body, { signal } = {}) => write("update", () => world.update(id, body), signal),
    completePartiallyOnline: (id, body, { signal } = {}) =>
      write("complete", () => operations.complete(id, body), signal),
    voidOnline: (id, { signal } = {}) => write("void", () => operations.void(id), signal),
    createRefund: (body, { signal } = {}) =>
      write(
        "refund",
        () => {
          const refund = operations.refund(body);
          return answers.refundTransaction === "null" ? { ...refund, transaction: null } : refund;
        },
        signal,
      ),
    readCompletion: (id, { signal } = {}) =>
      read("readCompletion", () => found(operations.completions.get(id)), signal),
    readVoid: (id, { signal } = {}) => read("readVoid", () => found(operations.voids.get(id)), signal),
    readRefund: (id, { signal } = {}) => read("readRefund", () => found(operations.refunds.get(id)), signal),
    readDeliveryIndication: (id, { signal } = {}) =>
      read("readIndication", () => found(world.indications.get(id)), signal),
    listDeliveryIndicationsOf: (id, { signal } = {}) =>
      read(
        "listIndications",
        () => after(world.indications, undefined).filter((one) => one.transaction === id),
        signal,
      ),
    markSuitable: (id, { signal } = {}) => write("markSuitable", () => world.decide(id, "SUITABLE"), signal),
    markNotSuitable: (id, { signal } = {}) => write("markNotSuitable", () => world.decide(id, "NOT_SUITABLE"), signal),
    async *listRefunds(range, { signal } = {}) {
      yield* await read("listRefunds", () => after(operations.refunds, range?.after), signal);
    },
    async *listDeliveryIndications(range, { signal } = {}) {
      yield* await read("listAllIndications", () => after(world.indications, range?.after), signal);
    },
  };
  return client as SpaceClient;
}
