import type { Decimal, Instant, ServiceId, SpaceId } from "../ids.ts";

/** All states of a transaction; CREATE is internal to the service and was never seen in an answer. */
export const transactionStates = [
  "CREATE",
  "PENDING",
  "CONFIRMED",
  "PROCESSING",
  "AUTHORIZED",
  "COMPLETED",
  "FULFILL",
  "DECLINE",
  "FAILED",
  "VOIDED",
] as const;
export type TransactionState = (typeof transactionStates)[number];

export const lineItemTypes = ["PRODUCT", "SHIPPING", "DISCOUNT", "FEE", "TIP"] as const;
export type LineItemType = (typeof lineItemTypes)[number];

export interface TaxCreate {
  /** 2 to 40 characters. */
  readonly title: string;
  /** Percent, at most 100. */
  readonly rate: Decimal;
}

export interface LineItemCreate {
  /** At most 200 characters, unique within the transaction and stable over updates. */
  readonly uniqueId: string;
  readonly type: LineItemType;
  /** 1 to 150 characters. */
  readonly name: string;
  readonly sku?: string;
  readonly quantity: Decimal;
  /** The whole line in major units, with tax and after discounts; negative for DISCOUNT. */
  readonly amountIncludingTax: Decimal;
  readonly taxes?: readonly TaxCreate[];
  readonly shippingRequired?: boolean;
}

export interface AddressCreate {
  readonly givenName?: string;
  readonly familyName?: string;
  readonly organizationName?: string;
  readonly street?: string;
  readonly postcode?: string;
  readonly city?: string;
  /** ISO 3166 alpha-2. */
  readonly country?: string;
  readonly postalState?: string;
  readonly emailAddress?: string;
  readonly phoneNumber?: string;
  readonly dateOfBirth?: string;
  readonly salutation?: string;
  readonly salesTaxNumber?: string;
}

export const completionBehaviors = ["COMPLETE_IMMEDIATELY", "COMPLETE_DEFERRED", "USE_CONFIGURATION"] as const;
export type CompletionBehavior = (typeof completionBehaviors)[number];
export type TokenizationMode =
  | "FORCE_UPDATE"
  | "FORCE_CREATION"
  | "FORCE_CREATION_WITH_ONE_CLICK_PAYMENT"
  | "ALLOW_ONE_CLICK_PAYMENT";

/** What PATCH and confirm may change while the transaction is PENDING. Lists and maps are replaced as a whole. */
export interface TransactionContent {
  readonly lineItems?: readonly LineItemCreate[];
  readonly currency?: string;
  /** IETF tag. */
  readonly language?: string;
  readonly merchantReference?: string;
  readonly invoiceMerchantReference?: string;
  readonly customerId?: string;
  readonly customerEmailAddress?: string;
  readonly billingAddress?: AddressCreate;
  readonly shippingAddress?: AddressCreate;
  readonly shippingMethod?: string;
  readonly successUrl?: string;
  readonly failedUrl?: string;
  /** Keys of at most 40 characters of [A-Za-z0-9_], values of at most 512. */
  readonly metaData?: Readonly<Record<string, string>>;
  readonly allowedPaymentMethodConfigurations?: readonly ServiceId[];
  readonly completionBehavior?: CompletionBehavior;
  readonly tokenizationMode?: TokenizationMode;
  readonly token?: ServiceId;
}

export interface TransactionCreate extends TransactionContent {
  readonly lineItems: readonly LineItemCreate[];
  readonly autoConfirmationEnabled?: boolean;
  readonly chargeRetryEnabled?: boolean;
  readonly customersPresence?: "NOT_PRESENT" | "VIRTUAL_PRESENT" | "PHYSICAL_PRESENT";
  readonly environmentSelectionStrategy?:
    | "FORCE_TEST_ENVIRONMENT"
    | "FORCE_PRODUCTION_ENVIRONMENT"
    | "USE_CONFIGURATION";
  readonly deviceSessionIdentifier?: string;
  readonly spaceViewId?: ServiceId;
}

export interface TransactionPending extends TransactionContent {
  /** The version last received. An older one is answered with a VersionConflict. */
  readonly version: number;
}

export const failureCategories = ["TEMPORARY_ISSUE", "INTERNAL", "END_USER", "CONFIGURATION", "DEVELOPER"] as const;
export type FailureCategory = (typeof failureCategories)[number];
export interface FailureReason {
  readonly id: ServiceId | null;
  /** Null also when it is a category this version does not know. */
  readonly category: FailureCategory | null;
  /** By IETF tag. */
  readonly name: Readonly<Record<string, string>>;
  readonly description: Readonly<Record<string, string>>;
}

export const chargeEnvironments = ["TEST", "PRODUCTION"] as const;
export type ChargeEnvironment = (typeof chargeEnvironments)[number];

export interface LineItem {
  readonly uniqueId: string;
  readonly type: LineItemType;
  readonly name: string;
  readonly sku: string | null;
  readonly quantity: Decimal;
  readonly amountIncludingTax: Decimal;
  readonly unitPriceIncludingTax: Decimal | null;
  readonly taxes: readonly TaxCreate[];
}

/** A transaction as it was read. Amounts are in major units of `currency`. What the service left out is null. */
export interface Transaction {
  readonly id: ServiceId;
  readonly linkedSpaceId: SpaceId;
  readonly version: number;
  readonly state: TransactionState;
  readonly currency: string;
  readonly authorizationAmount: Decimal;
  readonly completedAmount: Decimal | null;
  readonly refundedAmount: Decimal | null;
  readonly merchantReference: string | null;
  readonly metaData: Readonly<Record<string, string>>;
  readonly lineItems: readonly LineItem[];
  /** Where the money was taken; null before authorization. TEST money is not real. */
  readonly authorizationEnvironment: ChargeEnvironment | null;
  readonly completionBehavior: CompletionBehavior | null;
  readonly createdOn: Instant | null;
  readonly confirmedOn: Instant | null;
  readonly processingOn: Instant | null;
  readonly authorizedOn: Instant | null;
  readonly completedOn: Instant | null;
  readonly failedOn: Instant | null;
  /** After it, an open transaction fails. */
  readonly authorizationTimeoutOn: Instant | null;
  /** After it, an authorized transaction is completed by the service. */
  readonly completionTimeoutOn: Instant | null;
  readonly endOfLife: Instant | null;
  readonly userFailureMessage: string | null;
  /** Complete only with expand=failureReason. */
  readonly failureReason: FailureReason | null;
  /** Complete only with expand=paymentConnectorConfiguration.paymentMethodConfiguration. */
  readonly paymentMethodConfiguration: {
    readonly id: ServiceId;
    /** For the merchant. */
    readonly name: string | null;
    /** For the buyer, by IETF tag. */
    readonly resolvedTitle: Readonly<Record<string, string>>;
  } | null;
  readonly token: ServiceId | null;
  /** At which it is or was paid. */
  readonly terminal: ServiceId | null;
}
