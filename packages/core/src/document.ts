import { isServiceError, type RenderedDocument } from "@checkout-plugins/client";
import { refuse, refuseUnknown } from "./command-result.ts";
import type {
  CommandResult,
  CoreParts,
  DocumentCommand,
  Operation,
  Payment,
  PaymentState,
  Shop,
  ShopId,
} from "./contract/index.ts";
import { toPaymentError } from "./service-fault.ts";
import { lookNow } from "./settle.ts";
import { findShop, findSpace } from "./shop-space.ts";

type Documented = CommandResult<"document">;
type Wanted = DocumentCommand["document"];
type Read = (signal: AbortSignal | undefined) => Promise<RenderedDocument>;

/** How the service makes it, or why it does not and when it will. */
type Available = { readonly kind: "ready"; readonly read: Read } | { readonly kind: "refused"; readonly why: string };

/** Since when each one is there: an invoice comes with the completion, a packing slip with the word that it may ship. */
const since = {
  invoice: ["completed", "fulfilled", "declined"],
  packingSlip: ["fulfilled"],
} as const satisfies Record<Extract<Wanted, string>, readonly PaymentState[]>;

const titles = { invoice: "Invoice", packingSlip: "Packing slip" } as const;
const moments = {
  invoice: "once the payment is completed",
  packingSlip: "once the payment is fulfilled, which says that it may be shipped",
} as const;

function ofPayment(shop: Shop, payment: Payment, wanted: Extract<Wanted, string>): Available {
  const { governing } = payment;
  const states: readonly PaymentState[] = since[wanted];
  if (governing?.transaction == null || !states.includes(governing.state)) {
    const title = titles[wanted];
    return { kind: "refused", why: `${title}: there is one ${moments[wanted]}. This payment is ${payment.state}.` };
  }
  const { space, transaction } = governing;
  const client = findSpace(shop, space);
  const read = wanted === "invoice" ? client.readInvoiceDocument : client.readPackingSlip;
  return { kind: "ready", read: (signal) => read(transaction, { signal }) };
}

function ofRefund(shop: Shop, payment: Payment, refund: Operation | undefined): Available {
  const attempts = payment.governing === null ? payment.superseded : [payment.governing, ...payment.superseded];
  const attempt = attempts.find(({ id }) => id === refund?.attempt);
  if (refund === undefined || attempt === undefined) {
    return { kind: "refused", why: "This payment has no such refund. Take the key of one of its operations." };
  }
  const { serviceId, state } = refund;
  if (state === "failed") return { kind: "refused", why: "This refund failed, so there is no document of it." };
  if (state === "pending" || serviceId === null) {
    return { kind: "refused", why: "There is a document once the refund is successful. It is still pending." };
  }
  return { kind: "ready", read: (signal) => findSpace(shop, attempt.space).readRefundDocument(serviceId, { signal }) };
}

function find(shop: Shop, payment: Payment, wanted: Wanted): Available {
  if (typeof wanted === "string") return ofPayment(shop, payment, wanted);
  return ofRefund(
    shop,
    payment,
    payment.operations.find(({ key, kind }) => kind === "refund" && key === wanted.refund),
  );
}

function toAnswer({ mimeType, title, data }: RenderedDocument, wanted: Wanted) {
  const name = typeof wanted === "string" ? titles[wanted] : "Refund";
  return { mimeType, title: title ?? name, base64: Buffer.from(data).toString("base64") };
}

/**
 * A document as the service renders it: one request, after a look where the record does not say that it is there.
 *
 * @throws PaymentError as startPayment does.
 */
export async function runDocument(
  parts: CoreParts,
  shopId: ShopId,
  { reference, document: wanted }: DocumentCommand,
  signal?: AbortSignal,
): Promise<Documented> {
  const row = await parts.store.read(shopId, reference);
  if (row?.payment == null) {
    return refuseUnknown(reference);
  }
  const shop = await findShop(parts.shops, shopId);
  let { payment } = row;
  let available = find(shop, payment, wanted);
  if (available.kind === "refused") {
    payment = (await lookNow(parts, row.id, "asked", signal)) ?? payment;
    parts.wake?.();
    available = find(shop, payment, wanted);
  }
  if (available.kind === "refused") return refuse("notPossibleNow", "en", available.why, payment);
  try {
    return { kind: "successful", answer: toAnswer(await available.read(signal), wanted), payment };
  } catch (error) {
    const isNotReady = isServiceError(error) && (error.code === "invalid" || error.code === "notFound");
    if (!isNotReady) throw toPaymentError(error);
    const why = `The service has not made it yet. Try again later. ${error.message}`;
    return refuse("notPossibleNow", "en", why, payment);
  }
}
