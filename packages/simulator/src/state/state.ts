import type { ServiceId, SpaceId } from "@checkout-plugins/client";
import type {
  ChargeAttemptRow,
  CompletionRow,
  DeliveryIndicationRow,
  InvoiceRow,
  LineItemVersionRow,
  RefundRow,
  TokenRow,
  TokenVersionRow,
  VoidRow,
} from "./payment.ts";
import type { MethodConfigurationRow, SpaceRow, UserRow, WebhookListenerRow, WebhookUrlRow } from "./space.ts";
import { createPartTable, createTable, type PartTable, type Table } from "./table.ts";
import type { TerminalRow, TerminalSummaryRow } from "./terminal.ts";
import type { TransactionGroupRow, TransactionRow } from "./transaction.ts";

/** Everything the service remembers. */
export interface State {
  readonly spaces: Map<SpaceId, SpaceRow>;
  readonly users: Map<ServiceId, UserRow>;
  readonly tables: Tables;
}

export interface Tables {
  readonly transactions: Table<TransactionRow>;
  readonly groups: Table<TransactionGroupRow>;
  readonly chargeAttempts: PartTable<ChargeAttemptRow>;
  readonly completions: PartTable<CompletionRow>;
  readonly voids: PartTable<VoidRow>;
  readonly refunds: PartTable<RefundRow>;
  readonly lineItemVersions: PartTable<LineItemVersionRow>;
  readonly invoices: PartTable<InvoiceRow>;
  readonly deliveryIndications: PartTable<DeliveryIndicationRow>;
  readonly tokens: Table<TokenRow>;
  readonly tokenVersions: Table<TokenVersionRow>;
  readonly methodConfigurations: Table<MethodConfigurationRow>;
  readonly terminals: Table<TerminalRow>;
  readonly terminalSummaries: Table<TerminalSummaryRow>;
  readonly webhookUrls: Table<WebhookUrlRow>;
  readonly webhookListeners: Table<WebhookListenerRow>;
}

export function createState(): State {
  return {
    spaces: new Map(),
    users: new Map(),
    tables: {
      transactions: createTable(),
      groups: createTable(),
      chargeAttempts: createPartTable(),
      completions: createPartTable(),
      voids: createPartTable(),
      refunds: createPartTable(),
      lineItemVersions: createPartTable(),
      invoices: createPartTable(),
      deliveryIndications: createPartTable(),
      tokens: createTable(),
      tokenVersions: createTable(),
      methodConfigurations: createTable(),
      terminals: createTable(),
      terminalSummaries: createTable(),
      webhookUrls: createTable(),
      webhookListeners: createTable(),
    },
  };
}
