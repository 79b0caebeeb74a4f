import type {
  CompletionBehavior,
  Decimal,
  LineItemType,
  ServiceId,
  SpaceId,
  TokenizationMode,
  TransactionState,
} from "@checkout-plugins/client";
import type { FailureName } from "../catalogue/failures.ts";
import type { Switches } from "./switches.ts";
import type { Entity } from "./table.ts";

/** Milliseconds since 1970. */
export type Time = number;

export interface Tax {
  readonly title: string;
  readonly rate: Decimal;
}
export interface LineItemAttribute {
  readonly label: string;
  readonly value: string;
}
export interface LineItem {
  readonly uniqueId: string;
  readonly type: LineItemType;
  readonly name: string;
  readonly quantity: Decimal;
  /** The whole line in major units, with tax and after discounts. */
  readonly amountIncludingTax: Decimal;
  readonly sku?: string;
  readonly discountIncludingTax?: Decimal;
  readonly shippingRequired?: boolean;
  readonly taxes?: readonly Tax[];
  readonly attributes?: Readonly<Record<string, LineItemAttribute>>;
}

export interface Address {
  readonly city?: string;
  readonly commercialRegisterNumber?: string;
  readonly country?: string;
  readonly dateOfBirth?: string;
  readonly dependentLocality?: string;
  readonly emailAddress?: string;
  readonly familyName?: string;
  readonly gender?: "MALE" | "FEMALE";
  readonly givenName?: string;
  readonly legalOrganizationForm?: ServiceId;
  readonly mobilePhoneNumber?: string;
  readonly organizationName?: string;
  readonly phoneNumber?: string;
  readonly postalState?: string;
  readonly postcode?: string;
  readonly salesTaxNumber?: string;
  readonly salutation?: string;
  readonly socialSecurityNumber?: string;
  readonly sortingCode?: string;
  readonly street?: string;
}

/** What PATCH and confirm may change. */
export interface TransactionContent {
  readonly lineItems: readonly LineItem[];
  readonly currency: string;
  readonly language: string;
  readonly allowedPaymentMethodBrands?: readonly ServiceId[];
  readonly allowedPaymentMethodConfigurations?: readonly ServiceId[];
  readonly billingAddress?: Address;
  readonly completionBehavior?: CompletionBehavior;
  readonly customerEmailAddress?: string;
  readonly customerId?: string;
  readonly failedUrl?: string;
  readonly invoiceMerchantReference?: string;
  readonly merchantReference?: string;
  readonly metaData?: Readonly<Record<string, string>>;
  readonly shippingAddress?: Address;
  readonly shippingMethod?: string;
  readonly successUrl?: string;
  readonly timeZone?: string;
  readonly token?: ServiceId;
  readonly tokenizationMode?: TokenizationMode;
}

/** What only create takes. */
export interface TransactionCreation {
  readonly autoConfirmationEnabled?: boolean;
  readonly chargeRetryEnabled?: boolean;
  readonly customersPresence?: "NOT_PRESENT" | "VIRTUAL_PRESENT" | "PHYSICAL_PRESENT";
  readonly deviceSessionIdentifier?: string;
  readonly emailsDisabled?: boolean;
  readonly environment?: "LIVE" | "PREVIEW";
  readonly environmentSelectionStrategy?:
    | "FORCE_TEST_ENVIRONMENT"
    | "FORCE_PRODUCTION_ENVIRONMENT"
    | "USE_CONFIGURATION";
  readonly spaceViewId?: ServiceId;
}

export type UserInterface = "IFRAME" | "LIGHTBOX" | "PAYMENT_PAGE" | "CLOUD_TILL_INTERFACE";

/** What the buyer's browser told. */
export interface Browser {
  readonly userAgent: string | null;
  readonly accept: string | null;
  readonly acceptLanguage: string | null;
}

export interface TransactionRow extends Entity {
  readonly version: number;
  readonly state: TransactionState;
  readonly content: TransactionContent;
  readonly creation: TransactionCreation;
  readonly createdBy: ServiceId;
  readonly createdOn: Time;
  readonly confirmedBy: ServiceId | null;
  readonly confirmedOn: Time | null;
  readonly processingOn: Time | null;
  readonly authorizedOn: Time | null;
  readonly completedOn: Time | null;
  readonly failedOn: Time | null;
  readonly deliveryDecisionMadeOn: Time | null;
  readonly authorizationTimeoutOn: Time | null;
  readonly completionTimeoutOn: Time | null;
  readonly endOfLife: Time | null;
  readonly authorizationAmount: Decimal;
  readonly completedAmount: Decimal;
  readonly refundedAmount: Decimal;
  readonly authorizationEnvironment: "TEST" | "PRODUCTION" | null;
  readonly failure: FailureName | null;
  /** The payment method configuration of the last attempt. */
  readonly method: ServiceId | null;
  readonly group: ServiceId;
  readonly userInterface: UserInterface | null;
  readonly browser: Browser | null;
  /** Where the buyer is asked to pay it. */
  readonly terminal: ServiceId | null;
  /** In the address of the payment page; who knows it may pay. */
  readonly securityToken: string;
  /** Until when the credentials that were handed out last are good. */
  readonly credentials: { readonly secret: string; readonly until: Time } | null;
  /** Switches of the space that this transaction sees differently. */
  readonly switches: Partial<Switches>;
}

export interface TransactionGroupRow extends Entity {
  readonly state: "PENDING" | "FAILED" | "SUCCESSFUL";
  readonly version: number;
  readonly beginDate: Time;
  readonly endDate: Time | null;
  readonly customerId: string | null;
}

export type { SpaceId };
