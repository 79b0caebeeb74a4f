import type { MockSession, MockState, SessionKind } from "./mock-state.ts";

type Variables = Readonly<Record<string, unknown>>;

interface Payload {
  readonly [key: string]: unknown;
}

const ambiguous =
  "Payment session has already been resolved with a different authentication, has already been rejected, or the response to start_payment_session request has not been received.";

function toErrors(code: string | null, message: string): readonly Payload[] {
  return [{ field: ["id"], message, ...(code !== null && { code }) }];
}

/** Where the buyer goes once the app has said what came of his payment. */
function toNextAction(origin: string, { id }: MockSession): Payload {
  return { action: "REDIRECT", context: { redirectUrl: `${origin}/checkouts/${id}/thank-you` } };
}

function readReason(variables: Variables): MockSession["reason"] {
  const reason = variables.reason;
  if (typeof reason === "string") return { code: reason, message: null };
  const { code, merchantMessage = null } = reason as {
    readonly code: string;
    readonly merchantMessage?: string | null;
  };
  return { code, message: merchantMessage };
}

const states = { Resolve: "resolved", Reject: "rejected", Pending: "pending" } as const;

/**
 * Idempotent by session and mutation: the same again succeeds and changes nothing, another one after resolve or reject is
 * refused. A payment session must have been taken (2xx) before.
 */
export function runSessionMutation(state: MockState, origin: string, field: string, variables: Variables): Payload {
  const [, kind, verb] = /^(payment|refund|capture|void)Session(Resolve|Reject|Pending)$/.exec(field) ?? [];
  if (kind === undefined || verb === undefined) throw new RangeError(`The mock does not know ${field}`);
  const gid = String(variables.id);
  const session = state.sessions.get(gid.split("/").at(-1) ?? "");
  const note = (effect: "changed" | "same" | "refused"): void => {
    state.calls.push({ field, id: session?.id ?? gid, effect, variables });
  };
  const isPayment = kind === "payment";
  const prefix = kind.toUpperCase();
  if (session === undefined || session.kind !== kind) {
    note("refused");
    const code =
      isPayment && verb !== "Pending" ? null : verb === "Pending" ? "NOT_FOUND" : `${prefix}_SESSION_NOT_FOUND`;
    return {
      [`${kind}Session`]: null,
      userErrors: toErrors(code, `${isPayment ? "Payment" : kind} session not found.`),
    };
  }
  const wanted = states[verb as keyof typeof states];
  const isFinal = session.state === "resolved" || session.state === "rejected";
  if ((isFinal && session.state !== wanted) || !session.isTaken) {
    note("refused");
    const code = !isPayment ? `${prefix}_SESSION_INVALID_STATE` : verb === "Pending" ? "PENDING_INVALID_STATE" : null;
    return { [`${kind}Session`]: null, userErrors: toErrors(code, ambiguous) };
  }
  note(session.state === wanted ? "same" : "changed");
  if (session.state !== wanted) change(session, wanted, variables);
  const answer = isPayment ? { id: gid, nextAction: toNextAction(origin, session) } : { id: gid };
  return { [`${kind}Session`]: answer, userErrors: [] };
}

function change(session: MockSession, wanted: "resolved" | "rejected" | "pending", variables: Variables): void {
  session.state = wanted;
  session.reason = wanted === "resolved" ? null : readReason(variables);
  const expiresOn = variables.authorizationExpiresAt ?? variables.pendingExpiresAt;
  session.expiresOn = typeof expiresOn === "string" ? expiresOn : null;
}

/** As the Payments Apps API names a session. */
export function toGid(kind: SessionKind, id: string): string {
  return `gid://shopify/${kind.charAt(0).toUpperCase()}${kind.slice(1)}Session/${id}`;
}
