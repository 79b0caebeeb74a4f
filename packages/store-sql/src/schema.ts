import type { Generated, GeneratedAlways, Kysely, Selectable } from "kysely";

/** Instants are ISO texts with milliseconds in UTC, which sort; rows of the contract are JSON texts, kept to the letter. */
export interface Schema {
  payments: PaymentsTable;
  attempts: AttemptsTable;
  commands: CommandsTable;
  entities: EntitiesTable;
  hints: HintsTable;
  findings: FindingsTable;
  notices: NoticesTable;
  buyers: BuyersTable;
  strangers: StrangersTable;
  stranger_counts: StrangerCountsTable;
  sweeps: SweepsTable;
  shops: ShopsTable;
  shop_secrets: ShopSecretsTable;
  pairings: PairingsTable;
  answers: AnswersTable;
  erasures: ErasuresTable;
}

export type Db = Kysely<Schema>;
export type PaymentRecord = Selectable<PaymentsTable>;
export type ShopRow = Selectable<ShopsTable>;

interface PaymentsTable {
  id: string;
  shop: string;
  reference: string;
  order_group: string | null;
  payment: string | null;
  revision: number;
  shown_revision: number;
  receipt: string | null;
  next_url: string | null;
  abandoned: number;
  look_at: string | null;
  timer_at: string | null;
  show_at: string | null;
  hint_count: number;
  seen_hints: number;
  recorded_at: string | null;
  unshown_since: string | null;
  stale_reads: number;
  faults: number;
  show_faults: number;
  step: string | null;
  owner: string | null;
  leased_until: string | null;
  opened_at: string;
  /** What `dueAt` of core says, so that it can be indexed. */
  due_at: GeneratedAlways<string | null>;
}

interface AttemptsTable {
  payment: string;
  id: string;
  space: string;
  transaction_id: string | null;
  row: string;
}

interface CommandsTable {
  payment: string;
  id: string;
  /** What the service makes of it. */
  entity: string;
  service_id: string | null;
  row: string;
}

interface EntitiesTable {
  payment: string;
  entity: string;
  id: string;
  position: number;
  row: string;
}

interface HintsTable {
  payment: string;
  /** The payment's hint_count when it came. */
  number: number;
  row: string;
}

interface FindingsTable {
  id: Generated<number>;
  payment: string;
  shop: string;
  key: string;
  kind: string;
  detail: string;
  amount: string | null;
  since: string;
  resolved_on: string | null;
  told_on: string | null;
}

/** What somebody is to be told: of a finding by its key and time, of the payment itself with both empty. */
interface NoticesTable {
  payment: string;
  key: string;
  since: string;
  shop: string;
  due_at: string;
  tries: number;
  told_to: string;
  owner: string | null;
}

/** Whose payment it is, by digests of what his shop knows him by. */
interface BuyersTable {
  shop: string;
  key: string;
  payment: string;
}

/** Hints that find no payment yet. */
interface StrangersTable {
  id: Generated<number>;
  space: string;
  /** null: it must be read once so that it is known. */
  transaction_id: string | null;
  entity: string;
  entity_id: string;
  row: string;
  forget_on: string;
  owner: string | null;
  claimed_until: string | null;
}

/** How many strangers a space has, without counting them. */
interface StrangerCountsTable {
  space: string;
  kept: number;
}

interface SweepsTable {
  space: string;
  entity: string;
  after_id: string | null;
  owner: string | null;
  claimed_until: string;
  next_at: string;
}

interface ShopsTable {
  id: string;
  platform: string;
  platform_key: string;
  version: number;
  disabled_on: string | null;
  settings: string;
  terms: string;
  /** Of the terms, so that a space can be looked for. */
  live_space: string | null;
  test_space: string | null;
}

interface ShopSecretsTable {
  shop: string;
  name: string;
  /** null: it is being got for the first time. */
  sealed: string | null;
  /** The key that opens it. */
  key_id: string | null;
  /** Who renews it, until when. */
  owner: string | null;
  claimed_until: string | null;
}

/** One-time codes; the newest of each shop. */
interface PairingsTable {
  id: string;
  shop: string;
  platform: string;
  taken_by: string | null;
  ends_on: string;
}

/** Customers who shall be forgotten. */
interface ErasuresTable {
  shop: string;
  customer: string;
  asked_on: string;
  due_at: string;
}

/** By the ids of those who sent a command. */
interface AnswersTable {
  shop: string;
  id: string;
  digest: string;
  /** null: it is being run. */
  answer: string | null;
  /** While it is run: nobody else runs it before. Then: when it is forgotten. */
  until: string;
}
