import type { Decimal, ServiceId } from "@checkout-plugins/client";
import type { FailureName } from "../catalogue/failures.ts";
import type { Entity } from "./table.ts";
import type { Address, LineItem, Time } from "./transaction.ts";

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
  readonly chargeType: "SYNCHRONOUS" | "ASYNCHRONOUS" | "TOKEN" | "TERMINAL";
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
  /** Did the buyer ask to keep the card? */
  readonly isToBeKept: boolean;
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

export interface VoidRow extends Part {
  readonly state: "PENDING" | "SUCCESSFUL" | "FAILED";
  readonly mode: "ONLINE" | "OFFLINE";
  readonly succeededOn: Time | null;
  readonly failedOn: Time | null;
  readonly nextUpdateOn: Time | null;
  readonly failure: FailureName | null;
  readonly createdBy: ServiceId | null;
}

export interface LineItemVersionRow extends Part {
  readonly state: "SUCCESSFUL";
  readonly externalId: string;
  readonly lineItems: readonly LineItem[];
  readonly amount: Decimal;
  readonly createdBy: ServiceId | null;
}

export interface Reduction {
  readonly lineItemUniqueId: string;
  readonly quantityReduction: Decimal;
  /** Per unit that remains. */
  readonly unitPriceReduction: Decimal;
}
export interface RefundRow extends Part {
  readonly state: "PENDING" | "MANUAL_CHECK" | "SUCCESSFUL" | "FAILED";
  readonly type:
    | "MERCHANT_INITIATED_ONLINE"
    | "MERCHANT_INITIATED_OFFLINE"
    | "CUSTOMER_INITIATED_AUTOMATIC"
    | "CUSTOMER_INITIATED_MANUAL";
  readonly externalId: string;
  readonly amount: Decimal;
  readonly completion: ServiceId | null;
  readonly merchantReference: string | null;
  readonly metaData: Readonly<Record<string, string>>;
  readonly reductions: readonly Reduction[];
  readonly baseLineItems: readonly LineItem[];
  /** What is given back. */
  readonly lineItems: readonly LineItem[];
  /** What stays sold. */
  readonly reducedLineItems: readonly LineItem[];
  readonly succeededOn: Time | null;
  readonly failedOn: Time | null;
  readonly nextUpdateOn: Time | null;
  readonly failure: FailureName | null;
  readonly updatedInvoice: ServiceId | null;
  readonly createdBy: ServiceId | null;
}

export interface InvoiceRow extends Part {
  readonly state: "OPEN" | "OVERDUE" | "CANCELED" | "PAID" | "DERECOGNIZED" | "NOT_APPLICABLE";
  readonly completion: ServiceId;
  readonly externalId: string | null;
  readonly amount: Decimal;
  readonly outstandingAmount: Decimal;
  readonly lineItems: readonly LineItem[];
  readonly billingAddress: Address | null;
  readonly merchantReference: string | null;
  readonly dueOn: Time | null;
  readonly paidOn: Time | null;
  readonly derecognizedOn: Time | null;
  readonly derecognizedBy: ServiceId | null;
}

/** A customer's handle for a means of payment that was kept. */
export interface TokenRow extends Entity {
  readonly version: number;
  readonly state: "ACTIVE" | "INACTIVE" | "DELETED";
  readonly createdOn: Time;
  readonly externalId: string;
  readonly customerId: string | null;
  readonly customerEmailAddress: string | null;
  readonly tokenReference: string | null;
  readonly enabledForOneClickPayment: boolean;
  readonly language: string | null;
  readonly timeZone: string | null;
}

/** The means of payment itself. Only one version of a token is active. */
export interface TokenVersionRow extends Entity {
  readonly version: number;
  readonly state: "ACTIVE" | "OBSOLETE";
  readonly token: ServiceId;
  readonly card: CardSummary;
  readonly method: ServiceId;
  readonly environment: "TEST" | "PRODUCTION";
  readonly createdOn: Time;
  readonly activatedOn: Time;
  readonly obsoletedOn: Time | null;
  readonly processorToken: string;
}
