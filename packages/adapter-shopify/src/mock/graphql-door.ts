import type { MockFault, MockState } from "./mock-state.ts";
import { runSessionMutation } from "./payments-api.ts";

export interface GraphqlDoor {
  /** Answers one request to either GraphQL API. */
  answer(request: Request, surface: "admin" | "payments_apps"): Promise<Response>;
  /** Lets go whom the fault `slow` holds. */
  release(): void;
}

export interface DoorParts {
  readonly state: MockState;
  readonly now: () => number;
  readonly origin: () => string;
  /** Root fields of the Admin API. */
  admin(field: string, variables: Readonly<Record<string, unknown>>, document: string): unknown;
}

const page = () => new Response("<!doctype html><title>Shopify</title>", { headers: { "content-type": "text/html" } });

function toFaultAnswer(fault: MockFault): Response | null {
  if (fault === "down") return new Response("Service Unavailable", { status: 503 });
  if (fault === "nonsense") return page();
  if (fault === "throttled") {
    return Response.json({ errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }] });
  }
  return null;
}

/** The session or order that a mutation is about, for faults that hit one. */
function subjectOf(variables: Readonly<Record<string, unknown>>): string | null {
  const input = variables.input as { readonly id?: unknown; readonly orderId?: unknown } | undefined;
  const gid = variables.id ?? input?.id ?? input?.orderId;
  return typeof gid === "string" ? (gid.split("/").at(-1) ?? null) : null;
}

/** GraphQL as far as our own documents need it: one root field, and variables. */
export function createGraphqlDoor(parts: DoorParts): GraphqlDoor {
  const { state } = parts;
  const held = new Set<() => void>();
  const run = (
    surface: string,
    field: string,
    variables: Readonly<Record<string, unknown>>,
    query: string,
  ): unknown => {
    if (surface === "admin") return parts.admin(field, variables, query);
    if (field !== "paymentsAppConfigure") return runSessionMutation(state, parts.origin(), field, variables);
    const configured = {
      ready: variables.ready === true,
      externalHandle: typeof variables.externalHandle === "string" ? variables.externalHandle : null,
    };
    state.configured = configured;
    return { paymentsAppConfiguration: configured, userErrors: [] };
  };
  return {
    async answer(request, surface) {
      const expiresOn = state.tokens.get(request.headers.get("x-shopify-access-token") ?? "");
      if (expiresOn === undefined || expiresOn <= parts.now()) {
        return Response.json({ errors: "[API] Invalid API key or access token" }, { status: 401 });
      }
      const { query, variables } = (await request.json()) as {
        readonly query: string;
        readonly variables: Readonly<Record<string, unknown>>;
      };
      const subject = subjectOf(variables);
      const fault = state.faults.get(subject) ?? state.faults.get(null);
      const answer = fault === undefined ? null : toFaultAnswer(fault);
      if (answer !== null) return answer;
      if (fault === "slow") await new Promise<void>((resolve) => held.add(resolve));
      const field = /^\s*(?:mutation|query)[^{]*\{\s*(\w+)/.exec(query)?.[1] ?? "";
      return Response.json({ data: { [field]: run(surface, field, variables, query) } });
    },
    release() {
      for (const goOn of held) goOn();
      held.clear();
    },
  };
}
