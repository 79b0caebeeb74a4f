import type { Decimal, ServiceId } from "../ids.ts";
import type { LineItemAmount, OperationProgress } from "./operation-progress.ts";

export const completionStates = ["CREATE", "SCHEDULED", "PENDING", "FAILED", "SUCCESSFUL"] as const;
export type CompletionState = (typeof completionStates)[number];
/** DIRECT: together with the authorization. */
export const completionModes = ["DIRECT", "ONLINE", "OFFLINE"] as const;
export type CompletionMode = (typeof completionModes)[number];

export interface CompletionLineItemCreate {
  readonly uniqueId: string;
  readonly quantity: Decimal;
  /** Of the whole line with tax, in major units. */
  readonly amount: Decimal;
}

export interface CompletionCreate {
  /** Ours, 1 to 100 printable ASCII characters: a repeat with the same one answers with the first completion. */
  readonly externalId: string;
  /** Without it everything that is still open is completed. */
  readonly lineItems?: readonly CompletionLineItemCreate[];
  /** False keeps the transaction AUTHORIZED for further completions. */
  readonly lastCompletion: boolean;
  readonly invoiceMerchantReference?: string;
  /** At most 80 characters of [a-zA-Z0-9\s.,_?+/-]. */
  readonly statementDescriptor?: string;
  readonly metaData?: Readonly<Record<string, string>>;
}

export interface Completion extends OperationProgress {
  readonly transaction: ServiceId;
  readonly state: CompletionState;
  readonly mode: CompletionMode | null;
  readonly amount: Decimal | null;
  readonly externalId: string | null;
  readonly lastCompletion: boolean | null;
  readonly invoiceMerchantReference: string | null;
  readonly lineItems: readonly LineItemAmount[];
}
