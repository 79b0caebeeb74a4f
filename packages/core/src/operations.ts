import type { ReadAttempt } from "./attempt.ts";
import type { AttemptId, CommandRow, EntityKind, EntityRow, Operation, OperationKey } from "./contract/index.ts";
import { inLanguage, refusal, toFailure } from "./failure.ts";
import { toMoney } from "./money.ts";
import {
  isOperationEntity,
  type OperationEntity,
  type OperationSnapshot,
  readOperationSnapshot,
  toOperationState,
} from "./operation-snapshot.ts";

/** What a command is called among the operations. */
export const kindOfCommand: Readonly<Record<CommandRow["kind"], Operation["kind"]>> = {
  complete: "completion",
  void: "void",
  refund: "refund",
  review: "review",
};

/** What the service makes of each kind of command. */
export const entityOfCommand: Readonly<Record<CommandRow["kind"], EntityKind>> = {
  complete: "completion",
  void: "void",
  refund: "refund",
  review: "deliveryIndication",
};

/**
 * What the service knows of a command, if it was read already: by its id, or, while the answer of the send is missing, by
 * the key that was sent with it. Else a refund of ours that a webhook names would be somebody else's.
 */
export function entityOf(command: CommandRow, entities: readonly EntityRow[]): EntityRow | undefined {
  const isOf = (row: EntityRow): boolean =>
    row.id === command.serviceId ||
    (isOperationEntity(row.entity) && readOperationSnapshot(row).externalId === (command.id as string));
  return entities.find((row) => row.entity === entityOfCommand[command.kind] && isOf(row));
}

/** `entityOf` for many commands: a payment with fifty refunds is folded at every look. */
function indexEntities(entities: readonly EntityRow[]): (command: CommandRow) => EntityRow | undefined {
  const rows = new Map<string, EntityRow>();
  for (const row of entities) {
    const key = isOperationEntity(row.entity) ? readOperationSnapshot(row).externalId : null;
    rows.set(`${row.entity}:${row.id}`, row);
    if (key !== null) rows.set(`${row.entity}=${key}`, row);
  }
  return ({ kind, id, serviceId }) => {
    const entity = entityOfCommand[kind];
    return rows.get(`${entity}:${serviceId}`) ?? rows.get(`${entity}=${id}`);
  };
}

/** Is this void the one that came of a command whose answer is missing? It takes no key: it is the one made since. */
function isVoidOf(voided: EntityRow, command: CommandRow, attempt: ReadAttempt | undefined): boolean {
  if (command.kind !== "void" || command.state === "refused") return false;
  // Its first send found the payment voided: then nothing of it went out, and the void is somebody else's.
  const wasTooLate = command.state === "known" && command.sends === 1;
  if (command.sends === 0 || wasTooLate || command.serviceId !== null) return false;
  const { transaction, createdOn } = readOperationSnapshot(voided);
  return transaction === attempt?.row.transaction && createdOn >= command.on;
}

function reviewState(command: CommandRow, entity: EntityRow | undefined): Operation["state"] {
  if (entity === undefined) return "pending";
  const { state } = entity.snapshot as { state: string };
  const wanted = (command.body as { decision?: string }).decision === "suitable" ? "SUITABLE" : "NOT_SUITABLE";
  if (state === wanted) return "successful";
  return state === "SUITABLE" || state === "NOT_SUITABLE" ? "failed" : "pending";
}

/** Is the outcome of this command still to come? Of a void without an entity it is told by its transaction. */
export function isUnresolved(command: CommandRow, entities: readonly EntityRow[]): boolean {
  if (command.state !== "known") return command.state === "open";
  if (command.kind === "void" && command.serviceId === null) return false;
  return entityOf(command, entities)?.final !== true;
}

/**
 * Does the shop not know yet what came of it? Its outcome is still to come; or it is done, in a revision that the shop
 * does not show. What failed is not waited for: who asks again means to try again.
 */
export function isUntold(command: CommandRow, entities: readonly EntityRow[], shownRevision: number): boolean {
  if (isUnresolved(command, entities)) return true;
  const entity = entityOf(command, entities);
  const isDone =
    command.state === "known" &&
    (entity === undefined || !isOperationEntity(entity.entity) || readOperationSnapshot(entity).state === "SUCCESSFUL");
  return isDone && (command.doneIn ?? Number.POSITIVE_INFINITY) > shownRevision;
}

/** A void that has no entity of its own is told by its transaction: only one is possible. */
function voidState(attempt: ReadAttempt | undefined): Operation["state"] {
  return attempt?.attempt.state === "voided" ? "successful" : "pending";
}

function toOwnOperation(
  command: CommandRow,
  entity: EntityRow | undefined,
  attempt: ReadAttempt | undefined,
): Operation {
  const language = attempt?.row.order.language ?? "en";
  const base = {
    key: command.id as string as OperationKey,
    kind: kindOfCommand[command.kind],
    origin: command.origin,
    attempt: command.attempt,
    shopKeys: command.shopKeys,
    serviceId: entity?.id ?? command.serviceId,
    externalId: command.kind === "complete" || command.kind === "refund" ? command.id : null,
    amount: command.amount,
    lines: command.lines,
    on: command.on,
  };
  if (command.state === "refused" && entity === undefined) {
    return { ...base, state: "failed", failure: command.failure && inLanguage(command.failure, language) };
  }
  if (command.kind === "review") {
    const state = reviewState(command, entity);
    const why = "Somebody else has decided otherwise.";
    return { ...base, state, failure: state === "failed" ? refusal("notPossibleNow", language, why) : null };
  }
  if (entity === undefined) {
    const state = command.kind === "void" ? voidState(attempt) : "pending";
    return { ...base, state, failure: null };
  }
  return { ...base, ...toOutcome(readOperationSnapshot(entity), language) };
}

function toOutcome(snapshot: OperationSnapshot, language: string): Pick<Operation, "state" | "failure"> {
  const state = toOperationState(snapshot.state);
  const { failureReason } = snapshot;
  const failure = state === "failed" ? toFailure({ failureReason, userFailureMessage: null }, language) : null;
  return { state, failure };
}

type OperationRow = EntityRow & { readonly entity: OperationEntity };

function isOperationRow(row: EntityRow): row is OperationRow {
  return isOperationEntity(row.entity);
}

function toForeignOperation(row: OperationRow, attempt: ReadAttempt): Operation {
  const snapshot = readOperationSnapshot(row);
  const currency = attempt.snapshot?.currency ?? attempt.row.order.total.currency;
  return {
    key: `${row.entity}:${row.id}` as OperationKey,
    kind: row.entity,
    origin: snapshot.byCustomer ? "service" : "backOffice",
    attempt: attempt.row.id,
    shopKeys: [],
    serviceId: row.id,
    externalId: snapshot.externalId,
    amount: snapshot.amount === null ? null : toMoney(snapshot.amount, currency),
    lines: null,
    on: snapshot.createdOn,
    ...toOutcome(snapshot, attempt.row.order.language),
  };
}

/** Every completion, void, refund and review of a payment: our commands, then what others started; oldest first. */
export function toOperations(
  attempts: readonly ReadAttempt[],
  commands: readonly CommandRow[],
  entities: readonly EntityRow[],
): readonly Operation[] {
  const attemptOf = (id: AttemptId): ReadAttempt | undefined => attempts.find(({ row }) => row.id === id);
  const find = indexEntities(entities);
  const claimed = new Set(commands.map(find));
  const voids = entities.filter(({ entity }) => entity === "void");
  const own = commands.map((command) => {
    const attempt = attemptOf(command.attempt);
    const entity = find(command) ?? voids.find((row) => !claimed.has(row) && isVoidOf(row, command, attempt));
    claimed.add(entity);
    return toOwnOperation(command, entity, attempt);
  });
  const foreign = entities.flatMap((row) => {
    if (!isOperationRow(row) || claimed.has(row)) return [];
    const { transaction } = readOperationSnapshot(row);
    const attempt = attempts.find((one) => one.row.transaction === transaction);
    return attempt === undefined ? [] : [toForeignOperation(row, attempt)];
  });
  return [...own, ...foreign].sort((one, other) => (one.on === other.on ? 0 : one.on < other.on ? -1 : 1));
}
