import type { Time } from "../state/transaction.ts";

/** One request to the web service. */
export interface LoggedRequest {
  readonly at: Time;
  readonly method: string;
  /** Below /api/v2.0, with the query. */
  readonly path: string;
  readonly space: string | null;
  /** Null: the connection was cut. */
  readonly status: number | null;
}

export interface RequestLog {
  add(request: LoggedRequest): void;
  list(): readonly LoggedRequest[];
  clear(): void;
}

const remembered = 100_000;

export function createRequestLog(): RequestLog {
  let requests: LoggedRequest[] = [];
  return {
    add(request) {
      requests.push(request);
      if (requests.length > 2 * remembered) requests = requests.slice(-remembered);
    },
    list: () => requests,
    clear() {
      requests = [];
    },
  };
}
