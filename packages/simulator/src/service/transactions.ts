import type { ServiceId, TransactionState } from "@checkout-plugins/client";
import { ApiError } from "../api-error.ts";
import type { FailureName } from "../catalogue/failures.ts";
import type { TokenRow } from "../state/payment.ts";
import type { SpaceRow } from "../state/space.ts";
import type { TransactionContent, TransactionCreation, TransactionRow } from "../state/transaction.ts";
import { zero } from "../values/decimal.ts";
import { toMilliseconds } from "../values/duration.ts";
import { toToken } from "../values/random.ts";
import { endAttempt } from "./charge-attempts.ts";
import { type Lifetimes, move } from "./transaction-machine.ts";
import { checkContent, totalOf } from "./transaction-rules.ts";
import { durationOf, find, spaceOf, type World } from "./world.ts";

/** A PATCH or confirm: what it sets, what it clears by null, and the version its sender has seen. */
export interface TransactionUpdate {
  readonly version: number;
  readonly set: Partial<TransactionContent>;
  readonly cleared: readonly (keyof TransactionContent)[];
}

export interface Transactions {
  find(space: SpaceRow, id: string): TransactionRow;
  create(
    space: SpaceRow,
    user: ServiceId,
    content: Partial<TransactionContent>,
    creation: TransactionCreation,
  ): TransactionRow;
  /** An empty one, to be filled by an update, whose payment renews the token. */
  createForToken(space: SpaceRow, user: ServiceId, token: TokenRow): TransactionRow;
  update(row: TransactionRow, update: TransactionUpdate): TransactionRow;
  confirm(row: TransactionRow, update: TransactionUpdate, user: ServiceId): TransactionRow;
  /** Moves it on, sets what comes with it and tells the listeners. */
  enter(row: TransactionRow, to: TransactionState, changes?: Partial<TransactionRow>): TransactionRow;
  /** Changes something that is not its state. */
  change(row: TransactionRow, changes: Partial<TransactionRow>): TransactionRow;
  /** Only while it is open. */
  fail(row: TransactionRow, failure: FailureName): TransactionRow;
}

export function createTransactions(world: World): Transactions {
  const { agenda, state } = world;
  const { transactions, groups } = state.tables;

  const announce = (row: TransactionRow, entered: boolean) => {
    const { id, space } = row;
    world.announce({ entity: "Transaction", id, space, state: row.state, entered, transaction: id });
    return row;
  };
  const lifetimesOf = (row: TransactionRow): Lifetimes => ({
    authorizationTimeout: durationOf(world, row, "authorizationTimeout"),
    completionTimeout: durationOf(world, row, "completionTimeout"),
    endOfLife: durationOf(world, row, "endOfLife"),
  });
  const failWhenStill = (id: ServiceId, at: number, isMeant: (row: TransactionRow) => boolean) => {
    agenda.add(at, () => {
      const row = transactions.get(id);
      if (row !== undefined && isMeant(row)) api.fail(row, "timedOut");
    });
  };

  const open = (space: SpaceRow, user: ServiceId, content: TransactionContent, creation: TransactionCreation) => {
    const now = agenda.now();
    const id = world.newId();
    const group = world.newId();
    const customerId = content.customerId ?? null;
    const begun = { state: "PENDING", version: 1, beginDate: now, endDate: null } as const;
    groups.put({ id: group, space: space.id, customerId, ...begun });
    const lifetime = toMilliseconds(space.switches.pendingLifetime);
    const row = transactions.put({
      ...emptyTransaction,
      id,
      space: space.id,
      group,
      version: space.switches.versionNumbers === "echoed" ? 2 : 1,
      content: { merchantReference: id, ...content },
      creation,
      createdBy: user,
      createdOn: now,
      endOfLife: now + lifetime,
      authorizationAmount: totalOf(content.lineItems),
      securityToken: toToken(world.random),
    });
    failWhenStill(id, now + lifetime, ({ state }) => state === "PENDING" || state === "CONFIRMED");
    return announce(row, true);
  };

  const api: Transactions = {
    find: (space, id) => find(transactions, space.id, id, "transaction"),

    create(space, user, content, creation) {
      const filled = { ...defaultsOf(space), ...content };
      checkContent(filled, space.switches);
      return open(space, user, filled, creation);
    },

    createForToken(space, user, { id: token, customerId, customerEmailAddress, language }) {
      const content = {
        ...defaultsOf(space),
        token,
        tokenizationMode: "FORCE_UPDATE",
        ...(customerId === null ? {} : { customerId }),
        ...(customerEmailAddress === null ? {} : { customerEmailAddress }),
        ...(language === null ? {} : { language }),
      } as const;
      return open(space, user, content, {});
    },

    update(row, update) {
      const { switches } = spaceOf(world, row.space);
      checkVersion(row, update.version, switches.versionCheck === "strict");
      if (row.state !== "PENDING") throw notPending(row, Number(switches.outsidePending));
      const content = applyUpdate(
        row.content,
        update,
        switches.listUpdates === "merge",
        switches.nullMeans === "clear",
      );
      checkContent(content, switches);
      return api.change(row, { content, authorizationAmount: totalOf(content.lineItems) });
    },

    confirm(row, update, user) {
      const updated = api.update(row, update);
      const isCounting = spaceOf(world, row.space).switches.versionNumbers === "counting";
      return api.enter(isCounting ? updated : { ...updated, version: row.version }, "CONFIRMED", { confirmedBy: user });
    },

    enter(row, to, changes = {}) {
      const moved = move(row, to, agenda.now(), lifetimesOf(row));
      const entered = transactions.put({ ...moved, ...changes });
      if (to === "PROCESSING" && row.state !== to) {
        const deadline = entered.authorizationTimeoutOn ?? 0;
        failWhenStill(row.id, deadline, ({ state }) => state === "PROCESSING");
      }
      return announce(entered, row.state !== to);
    },

    change(row, changes) {
      return announce(transactions.put({ ...row, ...changes, version: row.version + 1 }), false);
    },

    fail(row, failure) {
      const failedOn = agenda.now();
      for (const attempt of state.tables.chargeAttempts.ofTransaction(row.id)) {
        if (attempt.state === "PROCESSING") endAttempt(world, attempt, "FAILED", { failure, failedOn });
      }
      const group = groups.get(row.group);
      if (group !== undefined) groups.put({ ...group, state: "FAILED", endDate: failedOn, version: group.version + 1 });
      return api.enter(row, "FAILED", { failure });
    },
  };
  return api;
}

function defaultsOf(space: SpaceRow): TransactionContent {
  return { lineItems: [], currency: space.primaryCurrency, language: space.language };
}

const emptyTransaction: Omit<
  TransactionRow,
  | "id"
  | "space"
  | "group"
  | "version"
  | "content"
  | "creation"
  | "createdBy"
  | "createdOn"
  | "authorizationAmount"
  | "securityToken"
> = {
  state: "PENDING",
  confirmedBy: null,
  confirmedOn: null,
  processingOn: null,
  authorizedOn: null,
  completedOn: null,
  failedOn: null,
  deliveryDecisionMadeOn: null,
  authorizationTimeoutOn: null,
  completionTimeoutOn: null,
  endOfLife: null,
  completedAmount: zero,
  refundedAmount: zero,
  authorizationEnvironment: null,
  failure: null,
  method: null,
  userInterface: null,
  browser: null,
  terminal: null,
  credentials: null,
  switches: {},
};

/** Lenient: only an older version is a conflict. @throws ApiError 409 */
export function checkVersion(
  row: { readonly id: ServiceId; readonly version: number },
  seen: number,
  strict: boolean,
): void {
  if (seen >= row.version && !(strict && seen !== row.version)) return;
  throw new ApiError(
    409,
    "version_conflict",
    `The object ${row.id} is at version ${row.version}, the request names version ${seen}. Read it again and decide anew.`,
  );
}

function notPending(row: TransactionRow, status: number): ApiError {
  return new ApiError(
    status,
    "transaction_not_pending",
    `Transaction ${row.id} is ${row.state}. It can be updated and confirmed only while it is PENDING.`,
  );
}

function applyUpdate(
  content: TransactionContent,
  update: TransactionUpdate,
  isMerging: boolean,
  isClearing: boolean,
): TransactionContent {
  const merged: Record<string, unknown> = { ...content, ...update.set };
  if (isMerging) {
    if (update.set.metaData !== undefined) merged.metaData = { ...content.metaData, ...update.set.metaData };
    if (update.set.lineItems !== undefined) {
      const replaced = new Map([...content.lineItems, ...update.set.lineItems].map((line) => [line.uniqueId, line]));
      merged.lineItems = [...replaced.values()];
    }
  }
  if (isClearing) for (const name of update.cleared) delete merged[name];
  return merged as unknown as TransactionContent;
}
