import type { AttemptId, FindingKind, OperationKey } from "./contract/index.ts";

/** A finding's identity: while it is reported under this key, it is the same one. */
export function attemptFindingKey(kind: FindingKind, attempt: AttemptId): string {
  return `${kind}:${attempt}`;
}

export function operationFindingKey(kind: FindingKind, operation: OperationKey): string {
  return `${kind}:${operation}`;
}
