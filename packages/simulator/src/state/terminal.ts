import type { Decimal, ServiceId, TerminalState } from "@checkout-plugins/client";
import type { Entity } from "./table.ts";
import type { Time } from "./transaction.ts";

/** A payment terminal, and the device that is linked to it. */
export interface TerminalRow extends Entity {
  readonly version: number;
  readonly state: TerminalState;
  readonly externalId: string;
  readonly identifier: string;
  readonly name: string | null;
  readonly type: ServiceId;
  readonly defaultCurrency: string;
  readonly configurationVersion: ServiceId | null;
  readonly locationVersion: ServiceId | null;
  readonly device: { readonly serialNumber: string; readonly name: string } | null;
  /** Has the device a network? */
  readonly isOnline: boolean;
  /** The transaction that the buyer is asked to pay at the moment. */
  readonly performing: ServiceId | null;
}

export interface TerminalSum {
  readonly id: ServiceId;
  readonly brand: string;
  readonly currency: string;
  readonly amount: Decimal;
  readonly tip: Decimal;
  readonly count: number;
}

/** A final balance. */
export interface TerminalSummaryRow extends Entity {
  readonly terminal: ServiceId;
  readonly reference: number;
  readonly startedOn: Time;
  readonly endedOn: Time;
  readonly transactions: readonly ServiceId[];
  readonly sums: readonly TerminalSum[];
}
