import {
  type Decimal,
  type DeliveryIndication,
  type LineItem,
  ServiceError,
  type ServiceId,
  type SpaceId,
  type Transaction,
  type TransactionCreate,
  type TransactionPending,
  type TransactionState,
  toServiceId,
} from "@checkout-plugins/client";
import { addSeconds, type Clock, type EntityKind, type Seconds, sum, toDecimal, toMoney } from "@checkout-plugins/core";
import type { Answers } from "./answers.ts";
import type { Random } from "./random.ts";

/** What the service announces by webhook. */
export interface Announcement {
  readonly entity: EntityKind;
  readonly id: ServiceId;
  readonly space: SpaceId;
  readonly state: string;
}

/** Something the service finishes later by itself. */
type Job = () => void;

/** The service of one history: the truth that the shop must show in the end. Every method takes effect at once. */
export interface World {
  readonly answers: Answers;
  readonly random: Random;
  readonly clock: Clock;
  readonly transactions: ReadonlyMap<ServiceId, Transaction>;
  readonly indications: ReadonlyMap<ServiceId, DeliveryIndication>;
  readonly announcements: Announcement[];
  readonly jobs: Job[];
  nextId(): ServiceId;
  find(id: ServiceId): Transaction;
  /** Where it was created, whatever its reading says. */
  spaceOf(id: ServiceId): SpaceId;
  /** As it was before its last change, as a copy that lags behind would answer it. */
  before(id: ServiceId): Transaction;
  change(id: ServiceId, changes: Partial<Transaction>): Transaction;
  announce(entity: EntityKind, id: ServiceId, space: SpaceId, state: string): void;
  create(space: SpaceId, body: TransactionCreate): Transaction;
  update(id: ServiceId, body: TransactionPending): Transaction;
  /** The reservation is taken, and whether it may be shipped is decided. */
  capture(id: ServiceId): void;
  decide(indication: ServiceId, state: "SUITABLE" | "NOT_SUITABLE"): DeliveryIndication;
  authorize(id: ServiceId): void;
  /** What happens by the passing of time alone. */
  pass(): void;
}

const hour: Seconds = 3600;
const day: Seconds = 24 * hour;

export function refuse(status: 404 | 409 | 422, why: string): never {
  const code = status === 409 ? "versionConflict" : status === 404 ? "notFound" : "invalid";
  throw new ServiceError(why, { code, status, request: "double" });
}

export function totalOf(lines: readonly Pick<LineItem, "amountIncludingTax">[], currency: string): Decimal {
  return toDecimal(
    sum(
      lines.map((line) => toMoney(line.amountIncludingTax, currency)),
      currency,
    ),
  );
}

const unset = {
  environmentSelectionStrategy: null,
  authorizationEnvironment: null,
  completionBehavior: null,
  confirmedOn: null,
  processingOn: null,
  authorizedOn: null,
  completedOn: null,
  failedOn: null,
  authorizationTimeoutOn: null,
  completionTimeoutOn: null,
  endOfLife: null,
  userFailureMessage: null,
  failureReason: null,
  paymentMethodConfiguration: null,
  token: null,
  terminal: null,
} as const;

export function createWorld(answers: Answers, random: Random, clock: Clock): World {
  const transactions = new Map<ServiceId, Transaction>();
  const past = new Map<ServiceId, Transaction>();
  const spaces = new Map<ServiceId, SpaceId>();
  const indications = new Map<ServiceId, DeliveryIndication>();
  let lastId = 900_000;

  const setIndication = (indication: DeliveryIndication): void => {
    indications.set(indication.id, indication);
    world.announce("deliveryIndication", indication.id, indication.linkedSpaceId, indication.state);
  };
  const indicationOf = (id: ServiceId): DeliveryIndication | undefined =>
    [...indications.values()].find((one) => one.transaction === id);
  const decideByItself = (id: ServiceId): void => {
    const known = indicationOf(id);
    if (known?.state !== "PENDING") return;
    if (answers.delivery === "manualCheck") {
      const manualDecisionTimeoutOn = addSeconds(clock.now(), 3 * day);
      setIndication({ ...known, state: "MANUAL_CHECK_REQUIRED", manualDecisionTimeoutOn });
    } else {
      world.decide(known.id, answers.delivery === "suitable" ? "SUITABLE" : "NOT_SUITABLE");
    }
  };
  /** A decision takes effect once the money is taken. */
  const deliver = (id: ServiceId): void => {
    const decision = indicationOf(id)?.state;
    if (world.find(id).state !== "COMPLETED") return;
    if (decision === "SUITABLE") world.change(id, { state: "FULFILL" });
    if (decision === "NOT_SUITABLE") world.change(id, { state: "DECLINE" });
  };
  const fail = (id: ServiceId): void => {
    world.change(id, { state: "FAILED", failedOn: clock.now(), userFailureMessage: "The time is over." });
  };

  const world: World = {
    answers,
    random,
    clock,
    transactions,
    indications,
    announcements: [],
    jobs: [],
    nextId() {
      lastId += 1;
      return toServiceId(lastId);
    },
    find: (id) => transactions.get(id) ?? refuse(404, `There is no transaction ${id}`),
    spaceOf: (id) => spaces.get(id) ?? world.find(id).linkedSpaceId,
    before: (id) => past.get(id) ?? world.find(id),
    announce: (entity, id, space, state) => void world.announcements.push({ entity, id, space, state }),

    change(id, changes) {
      const known = world.find(id);
      const changed: Transaction = { ...known, ...changes, version: known.version + 1 };
      past.set(id, known);
      transactions.set(id, changed);
      if (changed.state !== known.state) world.announce("transaction", id, world.spaceOf(id), changed.state);
      return changed;
    },

    create(space, body) {
      const currency = body.currency ?? "CHF";
      const transaction = {
        ...unset,
        id: world.nextId(),
        linkedSpaceId: space,
        version: answers.versionNumbers === "echoed" ? 2 : 1,
        state: "PENDING",
        currency,
        authorizationAmount: totalOf(body.lineItems, currency),
        completedAmount: null,
        refundedAmount: null,
        merchantReference: body.merchantReference ?? null,
        metaData: body.metaData ?? {},
        lineItems: body.lineItems as readonly LineItem[],
        completionBehavior: body.completionBehavior ?? null,
        authorizationEnvironment: null,
        createdOn: clock.now(),
      } satisfies Omit<Transaction, "environmentSelectionStrategy">;
      transactions.set(transaction.id, transaction);
      spaces.set(transaction.id, space);
      world.announce("transaction", transaction.id, space, "PENDING");
      return transaction;
    },

    update(id, { version, lineItems }) {
      const known = world.find(id);
      const isOld = answers.versionCheck === "strict" ? version !== known.version : version < known.version;
      if (known.state !== "PENDING") refuse(answers.outsidePending, `Transaction ${id} is ${known.state}`);
      if (isOld) refuse(409, `Version ${version} of transaction ${id} is outdated`);
      const lines = (lineItems ?? []) as readonly LineItem[];
      return world.change(id, { lineItems: lines, authorizationAmount: totalOf(lines, known.currency) });
    },

    authorize(id) {
      const { metaData } = world.find(id);
      world.change(id, {
        state: "AUTHORIZED",
        authorizedOn: clock.now(),
        authorizationEnvironment: metaData.test === "yes" ? "TEST" : "PRODUCTION",
        completionTimeoutOn: addSeconds(clock.now(), 5 * day),
        completedAmount: "0" as Decimal,
        refundedAmount: "0" as Decimal,
      });
      setIndication({
        id: world.nextId(),
        linkedSpaceId: world.spaceOf(id),
        transaction: id,
        completion: null,
        state: "PENDING",
        createdOn: clock.now(),
        automaticallyDecidedOn: null,
        manuallyDecidedOn: null,
        manualDecisionTimeoutOn: null,
        timeoutOn: null,
      });
      if (answers.deliveryDecided === "atAuthorization") decideByItself(id);
    },

    capture(id) {
      world.change(id, { state: "COMPLETED", completedOn: clock.now() });
      if (random.chance(0.3)) {
        world.jobs.push(() => {
          decideByItself(id);
          deliver(id);
        });
      } else {
        decideByItself(id);
        deliver(id);
      }
    },

    decide(id, state) {
      const known = indications.get(id) ?? refuse(404, `There is no delivery indication ${id}`);
      if (known.state === "SUITABLE" || known.state === "NOT_SUITABLE") refuse(409, `It is ${known.state} already`);
      setIndication({ ...known, state });
      deliver(known.transaction);
      return { ...known, state };
    },

    pass() {
      const now = clock.now();
      for (const { id, state, authorizationTimeoutOn, completionTimeoutOn, createdOn, authorizationAmount } of [
        ...transactions.values(),
      ]) {
        const isOpen: boolean = (["CONFIRMED", "PROCESSING"] satisfies TransactionState[]).some((one) => one === state);
        if (isOpen && authorizationTimeoutOn !== null && authorizationTimeoutOn < now) fail(id);
        if (state === "PENDING" && answers.unpaid === "expires" && addSeconds(createdOn ?? now, day) < now) fail(id);
        if (state === "AUTHORIZED" && completionTimeoutOn !== null && completionTimeoutOn < now) {
          world.change(id, { completedAmount: authorizationAmount });
          world.capture(id);
        }
      }
      for (const { id, state, manualDecisionTimeoutOn } of [...indications.values()]) {
        const isOver = manualDecisionTimeoutOn !== null && manualDecisionTimeoutOn < now;
        if (state === "MANUAL_CHECK_REQUIRED" && isOver)
          world.decide(id, answers.manualDecision === "suitable" ? "SUITABLE" : "NOT_SUITABLE");
      }
    },
  };
  return world;
}

/** The buyer at the payment page of one transaction. What is not possible in its state does nothing. */
export function visitPage(world: World, id: ServiceId, wish: "open" | "pay" | "decline" | "abort"): void {
  const { answers, clock } = world;
  const confirm = (): void => {
    if (world.find(id).state !== "PENDING") return;
    const authorizationTimeoutOn = addSeconds(clock.now(), hour);
    world.change(id, { state: "CONFIRMED", confirmedOn: clock.now(), authorizationTimeoutOn });
  };
  const process = (): void => {
    confirm();
    if (world.find(id).state === "CONFIRMED") world.change(id, { state: "PROCESSING", processingOn: clock.now() });
  };
  if (wish === "open" && answers.processingStarts === "onSubmit") confirm();
  else process();
  if (wish === "open" || world.find(id).state !== "PROCESSING") return;
  if (wish === "abort" && answers.abort === "staysOpen") return;
  if (wish !== "pay") {
    world.change(id, { state: "FAILED", failedOn: clock.now(), userFailureMessage: "Declined." });
    return;
  }
  world.authorize(id);
  const { completionBehavior, authorizationAmount } = world.find(id);
  if (completionBehavior !== "COMPLETE_IMMEDIATELY") return;
  world.change(id, { completedAmount: authorizationAmount });
  world.capture(id);
}
