import type { Decimal, ServiceId } from "../ids.ts";
import type { LineItemAmount, OperationProgress } from "./operation-progress.ts";

export const refundStates = ["CREATE", "SCHEDULED", "PENDING", "MANUAL_CHECK", "FAILED", "SUCCESSFUL"] as const;
export type RefundState = (typeof refundStates)[number];

/** The service itself makes CUSTOMER_INITIATED_… ones, for chargebacks and returns. */
export const refundTypes = [
  "MERCHANT_INITIATED_ONLINE",
  "MERCHANT_INITIATED_OFFLINE",
  "CUSTOMER_INITIATED_AUTOMATIC",
  "CUSTOMER_INITIATED_MANUAL",
] as const;
export type RefundType = (typeof refundTypes)[number];

export interface LineItemReductionCreate {
  readonly lineItemUniqueId: string;
  readonly quantityReduction: Decimal;
  /** Of one unit among those that remain, in major units with tax; not a total. */
  readonly unitPriceReduction: Decimal;
}

interface RefundRequest {
  readonly transaction: ServiceId;
  /** Ours, 1 to 100 printable ASCII characters: a repeat with the same one answers with the first refund. */
  readonly externalId: string;
  /** OFFLINE is book-keeping only: the merchant pays back himself. */
  readonly type: "MERCHANT_INITIATED_ONLINE" | "MERCHANT_INITIATED_OFFLINE";
  readonly merchantReference?: string;
  readonly metaData?: Readonly<Record<string, string>>;
}
/** Either an amount in major units or reductions of lines; what the service does with both is not documented. */
export type RefundCreate = RefundRequest &
  (
    | { readonly amount: Decimal; readonly reductions?: never }
    | { readonly reductions: readonly LineItemReductionCreate[]; readonly amount?: never }
  );

export interface Refund extends OperationProgress {
  /** Null when the service did not tell it, although it was expanded. */
  readonly transaction: ServiceId | null;
  readonly state: RefundState;
  readonly type: RefundType;
  readonly amount: Decimal | null;
  readonly externalId: string | null;
  readonly merchantReference: string | null;
  readonly metaData: Readonly<Record<string, string>>;
  readonly reductions: readonly LineItemReductionCreate[];
  /** What is left of the transaction's lines after this refund. */
  readonly reducedLineItems: readonly LineItemAmount[];
}
