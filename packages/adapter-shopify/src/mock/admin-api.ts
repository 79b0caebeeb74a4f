import { type Json, toDecimal, toMoney } from "@checkout-plugins/core";
import type { MockOrder, MockState, MockTransaction } from "./mock-state.ts";

type Variables = Readonly<Record<string, unknown>>;

export interface AdminParts {
  readonly state: MockState;
  readonly now: () => number;
  readonly createId: () => string;
  readonly origin: () => string;
  /** Queues a webhook. */
  tell(topic: string, body: Json): void;
}

function toBag(minor: number, currency: string): Json {
  const amount = toDecimal({ minor, currency: toMoney("0", currency).currency });
  return { presentmentMoney: { amount, currencyCode: currency } };
}

function sumOf({ transactions }: MockOrder, kind: MockTransaction["kind"]): number {
  return transactions
    .filter((one) => one.kind === kind && one.status === "SUCCESS")
    .reduce((sum, { minor }) => sum + minor, 0);
}

/** Minor units that are still to be paid. */
export function outstandingOf(order: MockOrder): number {
  return order.minor - sumOf(order, "SALE");
}

function toTransaction({ id, kind, status, gateway, processedAt, minor }: MockTransaction, currency: string): Json {
  return { id, kind, status, gateway, processedAt, amountSet: toBag(minor, currency) };
}

/** As `order(id:)` tells it. */
function toAdminOrder(order: MockOrder, origin: string): Json {
  const { id, name, confirmationNumber, currency, test, cancelledAt, gateways, tags, content } = order;
  const outstanding = outstandingOf(order);
  return {
    ...content,
    id: `gid://shopify/Order/${id}`,
    name,
    confirmationNumber,
    test,
    cancelledAt,
    canMarkAsPaid: outstanding > 0 && cancelledAt === null,
    paymentGatewayNames: [...gateways],
    statusPageUrl: `${origin}/orders/${id}`,
    tags: [...tags],
    totalOutstandingSet: toBag(outstanding, currency),
    transactions: order.transactions.map((one) => toTransaction(one, currency)),
    refunds: order.refunds.map(({ id: refund, note, transactions }) => ({
      id: `gid://shopify/Refund/${refund}`,
      note,
      transactions: { nodes: transactions.map((one) => toTransaction(one, currency)) },
    })),
  };
}

function toError(message: string) {
  return { userErrors: [{ field: ["id"], message }] };
}

/** Of a manual payment method. */
export function toManual(
  { now, createId }: Pick<AdminParts, "now" | "createId">,
  kind: MockTransaction["kind"],
  minor: number,
): MockTransaction {
  const processedAt = new Date(now()).toISOString();
  return { id: createId(), kind, status: "SUCCESS", gateway: "manual", processedAt, minor };
}

/** Records a refund, whoever makes it, and tells the app. */
export function addRefund(parts: AdminParts, order: MockOrder, minor: number, note: string | null): string {
  const { state, tell } = parts;
  const id = String(state.orders.size * 1000 + order.refunds.length + 1);
  const transaction = toManual(parts, "REFUND", minor);
  order.transactions.push(transaction);
  order.refunds.push({ id, note, transactions: [transaction] });
  tell("refunds/create", { id, order_id: order.id, note });
  return id;
}

function find({ orders }: MockState, gid: unknown): MockOrder | undefined {
  return orders.get(String(gid).split("/").at(-1) ?? "");
}

function markAsPaid(parts: AdminParts, order: MockOrder): unknown {
  const outstanding = outstandingOf(order);
  const isOpen = outstanding > 0 && order.cancelledAt === null;
  const effect = isOpen ? "changed" : "refused";
  parts.state.calls.push({ field: "orderMarkAsPaid", id: order.id, effect, variables: {} });
  if (!isOpen) return { order: null, ...toError("Order cannot be marked as paid.") };
  order.transactions.push(toManual(parts, "SALE", outstanding));
  return { order: { id: `gid://shopify/Order/${order.id}` }, userErrors: [] };
}

interface RefundInput {
  readonly note: string | null;
  readonly transactions: readonly { readonly amount: string; readonly parentId: string; readonly kind: string }[];
}

function refund(parts: AdminParts, order: MockOrder, input: RefundInput): unknown {
  const minor = input.transactions.reduce((sum, { amount }) => sum + toMoney(amount, order.currency).minor, 0);
  const isPossible =
    minor <= sumOf(order, "SALE") - sumOf(order, "REFUND") &&
    input.transactions.every(
      ({ parentId, kind }) => kind === "REFUND" && order.transactions.some(({ id }) => id === parentId),
    );
  const effect = isPossible ? "changed" : "refused";
  parts.state.calls.push({ field: "refundCreate", id: order.id, effect, variables: { minor } });
  if (!isPossible) return { refund: null, ...toError("Refund amount must be less than what can be refunded.") };
  const id = addRefund(parts, order, minor, input.note);
  return { refund: { id: `gid://shopify/Refund/${id}` }, userErrors: [] };
}

/** The root fields that the adapter asks for. `refundCreate` needs its idempotency key, and does each key once. */
export function runAdminField(parts: AdminParts, field: string, variables: Variables, document: string): unknown {
  const { state } = parts;
  const input = variables.input as { readonly id?: string; readonly orderId?: string } | undefined;
  const order = find(state, variables.id ?? input?.id ?? input?.orderId);
  if (field === "order") return order === undefined ? null : toAdminOrder(order, parts.origin());
  if (order === undefined) return toError("Order does not exist");
  switch (field) {
    case "orderMarkAsPaid":
      return markAsPaid(parts, order);
    case "refundCreate": {
      const key = String(variables.key ?? "");
      if (!document.includes("@idempotent(key: $key)") || key === "")
        return toError("The @idempotent directive is required");
      const known = state.answered.get(key);
      if (known !== undefined) return known;
      const answer = refund(parts, order, input as unknown as RefundInput);
      state.answered.set(key, answer);
      return answer;
    }
    case "tagsAdd":
      for (const tag of variables.tags as readonly string[]) order.tags.add(tag);
      return { node: { id: variables.id }, userErrors: [] };
    default:
      throw new RangeError(`The mock does not know ${field}`);
  }
}
