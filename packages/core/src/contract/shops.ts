import type { ShopSecrets } from "./adapter.ts";
import type { Integration } from "./commands.ts";
import type { Instant, Json, ShopId, SpaceId } from "./ids.ts";

/** The shops of a gateway, as a platform sees them: it installs, finds and removes its own. */
export interface ShopRegistry {
  /** By what the platform calls a shop; also one that is disabled. */
  find(platform: string, key: string): Promise<ShopId | undefined>;
  /** Adds a shop, or replaces its settings and these secrets, and enables it again. Its spaces stay as they are. */
  save(platform: string, key: string, settings: Json, secrets: Readonly<Record<string, string>>): Promise<ShopId>;
  /**
   * The shop takes no more commands and its webhooks are removed. What was begun is settled, so its spaces and secrets
   * are kept.
   */
  disable(shop: ShopId): Promise<void>;
  /** Of a one-time code that was made for a shop; undefined when there is none, or it is too old. */
  findPairing(platform: string, id: string): Promise<Pairing | undefined>;
  /**
   * Takes a code and makes the shop what the other side says it is, in one commit. Answers whose nonce took it: another
   * than this one when somebody was quicker, and nothing was changed. undefined: there is no such code.
   */
  takePairing(
    platform: string,
    id: string,
    nonce: string,
    shop: Pick<ShopRecord, "key" | "settings"> & Required<Pick<ShopKeys, "secrets">>,
  ): Promise<string | undefined>;
  /** Written down when it resolves; then his stored means are deleted at the service, and his data here. */
  forgetCustomer(shop: ShopId, customer: string): Promise<void>;
}

/** A one-time code, by which a shop and the gateway come to share a secret. */
export interface Pairing {
  readonly shop: ShopId;
  /** `whsec_…`: signs the exchange in both directions. */
  readonly key: string;
  /** What the gateway brings to the secret: 32 bytes in Base64. */
  readonly nonce: string;
}

/** What is told to the person who connects a shop. */
export interface NewPairing {
  readonly id: string;
  readonly key: string;
  readonly endsOn: Instant;
}

/** A space of a shop and the application user who acts there; his key is a secret beside it. */
export interface SpaceAccess {
  readonly space: SpaceId;
  readonly userId: string;
}

export type Environment = "live" | "test";

/** What a shop owner chooses, whatever his platform. */
export interface ShopTerms {
  /** How people call the shop. */
  readonly name: string;
  /** `test`: every new payment is one with test money. `live`: those that the shop itself marks. Older ones stay as begun. */
  readonly environment: Environment;
  readonly live: SpaceAccess | null;
  readonly test: SpaceAccess | null;
  /** Where the shop leaves it to us. */
  readonly integration: Integration;
  /** Where the shop leaves it to us; `configured` leaves it to the space. */
  readonly completion: "immediate" | "deferred" | "configured";
  /** What happens with the second one of two payments of one order. */
  readonly doublePayment: "resolve" | "tell";
}

/** One shop as it is kept, without its secrets. */
export interface ShopRecord {
  readonly id: ShopId;
  readonly platform: string;
  /** What its platform calls it: an address or a domain; one shop of a platform for each. */
  readonly key: string;
  /** Grows with every change, also one of a secret: what was built from an older one is built again. */
  readonly version: number;
  readonly disabledOn: Instant | null;
  /** The platform's own. null: it is not paired yet, and does nothing. */
  readonly settings: Json;
  readonly terms: ShopTerms;
}

export type NewShop = Pick<ShopRecord, "platform" | "key" | "settings" | "terms"> & ShopKeys;

export interface ShopKeys {
  /** Authentication keys of the application users; null removes one, undefined leaves it. */
  readonly keys?: Readonly<Partial<Record<Environment, string | null>>>;
  /** The platform's; null removes one. */
  readonly secrets?: Readonly<Record<string, string | null>>;
}

export type ShopChange = Partial<Pick<ShopRecord, "key" | "settings" | "terms" | "disabledOn">> & ShopKeys;

/** All shops of a gateway. Any number of processes may share it; secrets are encrypted where they are kept. */
export interface ShopStore extends ShopRegistry {
  /** null: the platform has a shop of this key. */
  add(shop: NewShop): Promise<ShopRecord | null>;
  read(id: ShopId): Promise<ShopRecord | null>;
  /** By id, those after the last one of the page before; the disabled ones too. */
  list(page: { readonly after: ShopId | null; readonly limit: number }): Promise<readonly ShopRecord[]>;
  /** Any shop that is connected to this space; one that is not disabled comes first. */
  findBySpace(space: SpaceId): Promise<ShopId | null>;
  /** In one commit. null: it was changed since this version, or is gone; nothing was written. */
  change(id: ShopId, version: number, change: ShopChange): Promise<ShopRecord | null>;
  /** @throws PaymentError `notConfigured` when it was encrypted with a key that is not here. */
  readKey(id: ShopId, environment: Environment): Promise<string | null>;
  /** Makes a code that can be used once, within an hour; an older one of this shop ends. null: there is no such shop. */
  openPairing(id: ShopId): Promise<NewPairing | null>;
  /** The platform's secrets of this shop. */
  secretsOf(id: ShopId): ShopSecrets;
  /** A customer who shall be forgotten; nobody else is given him before `until`. null: there is none. */
  claimErasure(now: Instant, until: Instant): Promise<Erasure | null>;
  /** He is forgotten. `until` is that of the claim: asked for again meanwhile, it is done again. */
  endErasure(erasure: Erasure, until: Instant): Promise<void>;
  /** Encrypts with the newest key what was encrypted with another, one by one, while others read and write. */
  rotate(): Promise<Rotation>;
}

export interface Erasure {
  readonly shop: ShopId;
  /** As the shop knows him. */
  readonly customer: string;
}

export interface Rotation {
  /** Secrets that were encrypted anew. */
  readonly count: number;
  /** Of each that could not be read: which it is, why, and what to do. */
  readonly unreadable: readonly string[];
}
