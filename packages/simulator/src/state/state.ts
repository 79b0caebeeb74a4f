import type { ServiceId, SpaceId } from "@checkout-plugins/client";
import type { ChargeAttemptRow, CompletionRow, DeliveryIndicationRow } from "./payment.ts";
import type { MethodConfigurationRow, SpaceRow, UserRow, WebhookListenerRow, WebhookUrlRow } from "./space.ts";
import { createPartTable, createTable, type PartTable, type Table } from "./table.ts";
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
  readonly deliveryIndications: PartTable<DeliveryIndicationRow>;
  readonly methodConfigurations: Table<MethodConfigurationRow>;
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
      deliveryIndications: createPartTable(),
      methodConfigurations: createTable(),
      webhookUrls: createTable(),
      webhookListeners: createTable(),
    },
  };
}
