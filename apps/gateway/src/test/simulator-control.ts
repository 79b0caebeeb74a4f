type Json = Readonly<Record<string, unknown>>;

export interface SeenRequest {
  readonly method: string;
  /** Below /api/v2.0, with the query. */
  readonly path: string;
  readonly status: number | null;
}

export interface SeenTransaction {
  readonly id: number;
  readonly state: string;
  readonly version: number;
}

export interface SeenWebhook {
  readonly entityId: number;
  readonly entityState: string;
  readonly state: string;
  readonly attempts: readonly { readonly status: number | null; readonly signature: string }[];
}

/** The simulator's own door for what no API call can do. */
export interface SimulatorControl {
  readonly url: string;
  requests(): Promise<readonly SeenRequest[]>;
  forgetRequests(): Promise<void>;
  webhooks(): Promise<readonly SeenWebhook[]>;
  /** The newest one. */
  transaction(): Promise<SeenTransaction>;
  transactions(): Promise<readonly SeenTransaction[]>;
  /** Does what the buyer of the newest transaction would do on its page. */
  buyer(action: Json): Promise<void>;
  /** Changes the newest transaction behind everybody's back. */
  tamper(change: Json): Promise<void>;
  fault(...faults: readonly Json[]): Promise<void>;
  change(path: string, body: Json): Promise<void>;
  /** Without waking who sleeps elsewhere. */
  advance(seconds: number): Promise<void>;
}

export function createSimulatorControl(url: string, fetch: typeof globalThis.fetch): SimulatorControl {
  const call = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const response = await fetch(`${url}/_simulator/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_simulator/${path}: ${response.status} ${text}`);
    return text === "" ? {} : (JSON.parse(text) as Json);
  };
  const list = async <T>(path: string): Promise<readonly T[]> => (await call("GET", path)).data as readonly T[];
  const newest = async (): Promise<SeenTransaction> => {
    const last = (await list<SeenTransaction>("transactions")).toSorted((one, other) => one.id - other.id).at(-1);
    if (last === undefined) throw new Error("There is no transaction");
    return last;
  };
  return {
    url,
    requests: () => list("requests"),
    forgetRequests: async () => void (await call("DELETE", "requests")),
    webhooks: () => list("webhooks"),
    transaction: newest,
    transactions: () => list("transactions"),
    buyer: async (action) => void (await call("POST", `transactions/${(await newest()).id}/buyer`, action)),
    tamper: async (change) => void (await call("POST", `transactions/${(await newest()).id}`, change)),
    fault: async (...faults) => void (await call("POST", "faults", faults)),
    change: async (path, body) => void (await call("PATCH", path, body)),
    advance: async (seconds) =>
      void (await call("POST", "clock/advance", { duration: `PT${Math.round(seconds * 1000) / 1000}S` })),
  };
}
