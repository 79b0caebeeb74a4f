import type { Environment, Instant, KeptFinding, PaymentRow, ShopId } from "@checkout-plugins/core";
import type { Connection } from "../connections.ts";
import type { Contact } from "../notices/contact.ts";
import type { TestOutcome } from "../notices/notices.ts";
import type { Erasure } from "./buyer-routes.ts";

export interface ShopModel {
  readonly id: ShopId;
  /** How people call it. */
  readonly name: string;
  /** To which its owner switched it; null: a shop of the environment says it with each payment. */
  readonly mode: Environment | null;
  readonly commandsUrl: string;
  readonly connections: readonly Connection[];
  /** Newest first. */
  readonly rows: readonly PaymentRow[];
  /** Those that are not resolved. */
  readonly findings: readonly KeptFinding[];
  /** How its owner is reached; null: not at all. */
  readonly contact: Contact | null;
}

/** What the console shows. */
export interface ConsoleModel {
  readonly now: Instant;
  readonly shops: readonly ShopModel[];
  readonly due: number;
  /** What came of the erasure that was just asked for. */
  readonly erasure?: Erasure;
  /** What came of the test message that was just asked for. */
  readonly test?: { readonly shop: ShopId; readonly outcomes: readonly TestOutcome[] };
}

export function isDue(row: PaymentRow, now: Instant): boolean {
  const look = row.lookAt !== null && row.lookAt <= now;
  const show = row.shownRevision < row.revision && row.showAt !== null && row.showAt <= now;
  return look || show;
}
