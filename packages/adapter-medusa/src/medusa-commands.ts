import { type Commands, compare, type PaymentReference, type ShopId, type ShopKey, sum } from "@checkout-plugins/core";
import type { CancelPaymentInput, PaymentProviderInput, RefundPaymentInput } from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { toCoreMoney } from "./medusa-money.ts";
import type { MedusaRow, MedusaSession } from "./medusa-shop.ts";
import type { Runtime } from "./runtime.ts";

/** Medusa puts the session's id over whatever the browser sent, and we keep it. @throws MedusaError */
export function toReference(data: Readonly<Record<string, unknown>> | undefined): PaymentReference {
  if (typeof data?.session_id === "string" && data.session_id !== "") return data.session_id as PaymentReference;
  throw new MedusaError(MedusaError.Types.INVALID_DATA, "The payment data name no payment session (session_id).");
}

/** The completion of one capture; null when the service has taken this money already, so that there is nothing to do. */
export async function completeFor(
  { core, shop }: Pick<Runtime, "core" | "shop">,
  id: ShopId,
  { data, context }: PaymentProviderInput,
): Promise<Commands["complete"] | null> {
  const reference = toReference(data);
  const session = await mustRead(shop, reference);
  const captures = session.payment?.captures ?? [];
  const shopKey = (context?.idempotency_key ?? null) as ShopKey | null;
  const capture = captures.find((one) => one.id === shopKey);
  const payment = await core.look(id, reference);
  const wanted = sum(toAmounts(captures, session), session.currencyCode.toUpperCase());
  if (payment !== null && wanted.minor > 0 && compare(payment.completed, wanted) >= 0) return null;
  return {
    kind: "complete",
    reference,
    shopKey,
    heldKeys: toKeys(captures),
    amount: capture === undefined ? "rest" : toCoreMoney(capture.amount, session.currencyCode),
    lines: null,
    last: "whenWhole",
  };
}

export async function refundFor(
  { shop }: Pick<Runtime, "shop">,
  { data, amount, context }: RefundPaymentInput,
): Promise<Commands["refund"]> {
  const reference = toReference(data);
  const session = await mustRead(shop, reference);
  return {
    kind: "refund",
    reference,
    shopKey: (context?.idempotency_key ?? null) as ShopKey | null,
    heldKeys: toKeys(session.payment?.refunds ?? []),
    amount: toCoreMoney(amount, session.currencyCode),
    lines: null,
    reason: null,
    offline: false,
  };
}

/** Before there is money a void means: nobody wants it any more. */
export function voidFor({ data, context }: CancelPaymentInput): Commands["void"] {
  const shopKey = (context?.idempotency_key ?? null) as ShopKey | null;
  const heldKeys = shopKey === null ? "all" : [shopKey];
  return { kind: "void", reference: toReference(data), shopKey, heldKeys, whenCompleted: "refund" };
}

async function mustRead(shop: Runtime["shop"], reference: PaymentReference): Promise<MedusaSession> {
  const session = await shop.readSession(reference);
  if (session !== null) return session;
  throw new MedusaError(MedusaError.Types.NOT_FOUND, `Medusa has no payment session ${reference} any more.`);
}

function toKeys(rows: readonly MedusaRow[]): readonly ShopKey[] {
  return rows.map(({ id }) => id as ShopKey);
}

function toAmounts(rows: readonly MedusaRow[], { currencyCode }: MedusaSession) {
  return rows.map(({ amount }) => toCoreMoney(amount, currencyCode));
}
