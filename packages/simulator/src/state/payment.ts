import type { Decimal, ServiceId } from "@checkout-plugins/client";
import type { FailureName } from "../catalogue/failures.ts";
import type { Entity } from "./table.ts";
import type { LineItem, Time } from "./transaction.ts";

/** What every entity that belongs to one transaction has. */
export interface Part extends Entity {
  readonly transaction: ServiceId;
  readonly version: number;
  readonly createdOn: Time;
}

/** One try of the buyer to pay, with its charge and the call to the method's connector. */
export interface ChargeAttemptRow extends Part {
  readonly charge: ServiceId;
  readonly invocation: ServiceId;
  readonly method: ServiceId;
  readonly state: "PROCESSING" | "SUCCESSFUL" | "FAILED";
  readonly chargeType: "SYNCHRONOUS" | "ASYNCHRONOUS" | "TOKEN";
  readonly environment: "TEST" | "PRODUCTION";
  readonly succeededOn: Time | null;
  readonly failedOn: Time | null;
  readonly timeoutOn: Time;
  readonly failure: FailureName | null;
  /** Masked number, holder and expiry ("2028-12") of a card. */
  readonly card: CardSummary | null;
  readonly tokenVersion: ServiceId | null;
  /** Does the buyer have to confirm it, in an app or at the bank? */
  readonly asksBuyer: boolean;
}
export interface CardSummary {
  readonly maskedNumber: string;
  readonly holder: string | null;
  readonly expiry: string;
  readonly brand: "visa" | "mastercard";
}

export interface CompletionRow extends Part {
  readonly state: "PENDING" | "SUCCESSFUL" | "FAILED";
  readonly mode: "DIRECT" | "ONLINE" | "OFFLINE";
  readonly lastCompletion: boolean;
  readonly externalId: string | null;
  readonly amount: Decimal;
  readonly lineItems: readonly LineItem[];
  readonly baseLineItems: readonly LineItem[];
  readonly remainingLineItems: readonly LineItem[];
  readonly invoiceMerchantReference: string | null;
  readonly statementDescriptor: string | null;
  readonly metaData: Readonly<Record<string, string>>;
  readonly succeededOn: Time | null;
  readonly failedOn: Time | null;
  readonly nextUpdateOn: Time | null;
  readonly failure: FailureName | null;
  readonly lineItemVersion: ServiceId | null;
  readonly createdBy: ServiceId | null;
}

export interface DeliveryIndicationRow extends Part {
  readonly state: "PENDING" | "MANUAL_CHECK_REQUIRED" | "SUITABLE" | "NOT_SUITABLE";
  readonly completion: ServiceId | null;
  readonly automaticallyDecidedOn: Time | null;
  readonly manualDecisionTimeoutOn: Time | null;
  readonly manuallyDecidedOn: Time | null;
  readonly manuallyDecidedBy: ServiceId | null;
}
