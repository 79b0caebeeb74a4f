import type { Instant, KeptFinding, PaymentRow, ShopId } from "@checkout-plugins/core";
import type { Connection } from "../connections.ts";

export interface ShopModel {
  readonly id: ShopId;
  readonly commandsUrl: string;
  readonly connections: readonly Connection[];
  /** Newest first. */
  readonly rows: readonly PaymentRow[];
  /** Those that are not resolved. */
  readonly findings: readonly KeptFinding[];
}

/** What the console shows. */
export interface ConsoleModel {
  readonly now: Instant;
  readonly shops: readonly ShopModel[];
  readonly due: number;
}

export function isDue(row: PaymentRow, now: Instant): boolean {
  const look = row.lookAt !== null && row.lookAt <= now;
  const show = row.shownRevision < row.revision && row.showAt !== null && row.showAt <= now;
  return look || show;
}
