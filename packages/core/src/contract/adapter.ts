import type { Done, ShopCommand } from "./commands.ts";
import type { Json, Seconds, ShopId, Url } from "./ids.ts";
import type { Payment } from "./payment.ts";
import type { ShopRegistry } from "./shops.ts";

/** What a shop system can do, as data. Core makes up for the rest, or makes a finding of it. */
export interface ShopCapabilities {
  /** `once`: one completion, possibly smaller; `many`: partial ones. */
  readonly completion: "none" | "whole" | "once" | "many";
  readonly refund: "none" | "whole" | "amount" | "lines";
  readonly review: boolean;
  readonly storedMeans: boolean;
  /** Has a till: it takes payments at terminals. Where false, core refuses the commands of terminals. */
  readonly terminals: boolean;
  /** Can show "the answer takes days". */
  readonly slow: boolean;
  /** After FAILED: another attempt under the same reference, or failed is final (Shopify, Saleor). */
  readonly retries: "sameReference" | "newReference";
  /** What was done elsewhere and this shop can be made to show; where false, core makes a finding instead. */
  readonly enters: { readonly completion: boolean; readonly void: boolean; readonly refund: boolean };
}

export type Shown<R extends Json> =
  /** `next`: where this shop wants its buyer (Shopify tells it only now). */
  | { readonly kind: "shown" | "unchanged"; readonly receipt: R; readonly next?: Url }
  /** Ask again later, after `retryAfter` seconds or by backoff. `receipt`: what was shown before it stopped. */
  | { readonly kind: "notReady"; readonly receipt?: R; readonly retryAfter?: Seconds }
  /** A person must decide. Counts as shown and becomes a finding. */
  | {
      readonly kind: "refused";
      readonly receipt?: R;
      readonly reason: "orderGone" | "orderClosed" | "changedByMerchant" | "cannotShow";
      readonly detail: string;
    };

/** What the author of an adapter writes. An adapter translates and never decides. */
export interface ShopAdapter<R extends Json = Json> {
  readonly contractVersion: 1;
  readonly platform: string;
  readonly capabilities: ShopCapabilities;
  /**
   * Make the shop show exactly this payment. Safe to repeat: `payment.revision` only grows and the shop refuses a
   * lower one. `receipt` is what this method returned last time; core keeps it, adapters keep nothing. Faults throw
   * and are tried again. Stop at `signal`: it fires before the lease ends.
   */
  showPayment(payment: Payment, receipt: R | null, signal: AbortSignal): Promise<Shown<R>>;
}

/** The other end of the connection. */
export interface Peer {
  readonly address: string;
  /** Verified, or null. */
  readonly certificate: { readonly issuer: string; readonly subject: string; readonly fingerprint: string } | null;
}

/** An adapter whose shop calls us over HTTP. */
export interface HostedShopAdapter<R extends Json = Json> extends ShopAdapter<R> {
  /** Verifies, then parses. Throws PaymentError, of which core makes the answer. */
  readCommand(request: Request, peer: Peer): Promise<ShopCommand>;
  writeResult(done: Done): Response;
  /** Tells the shop to ask for its methods again; where it is missing the shop shows them as they are at each payment. */
  refreshMethods?(signal: AbortSignal): Promise<void>;
}

export interface ShopSecrets {
  get(name: string): Promise<string | undefined>;
  /** Runs `renewal` only if the secret is still `seen`, once at a time over all processes (Shopify's 60 minute tokens). */
  renew(name: string, seen: string | undefined, renewal: () => Promise<string>): Promise<string>;
}

/** Settings of one shop; read-only Json, its secrets apart. */
export interface ShopSettings<S extends Json = Json> {
  readonly id: ShopId;
  readonly settings: S;
  readonly secrets: ShopSecrets;
}

/** One thing that an owner enters who connects his shop by hand, in each language of the console. */
export interface SetupField {
  readonly name: string;
  /** Kept encrypted, and never shown again. */
  readonly isSecret?: boolean;
  /** Of what was entered, without the spaces at its ends. */
  readonly isValid: (text: string) => boolean;
  readonly label: Readonly<Record<"de" | "fr" | "it" | "en", string>>;
  /** Where it is found, or an example. */
  readonly hint: Readonly<Record<"de" | "fr" | "it" | "en", string>>;
}

/** How an owner connects a shop by hand: nothing is installed, and nothing pairs. */
export interface HandSetup {
  readonly fields: readonly SetupField[];
  /** Of valid entries. @throws PaymentError `notConfigured` that says what they must be. */
  read(entries: Readonly<Record<string, string>>): {
    readonly key: string;
    readonly settings: Json;
    readonly secrets: Readonly<Record<string, string>>;
  };
}

/** A platform that calls us over HTTP: one per gateway, for all its shops of this platform. */
export interface HostedPlatform {
  readonly platform: string;
  /** Its shops are connected by a one-time code; default no. */
  readonly isPaired?: boolean;
  /** Its shops are connected by what their owner enters in the console; default not. */
  readonly setup?: HandSetup;
  /** By path, header or certificate; the body is not yet trusted. */
  findShop(request: Request, peer: Peer, shops: Pick<ShopRegistry, "find">): Promise<ShopId | undefined>;
  /** Install, pairing, uninstall, compliance; undefined when the request is none of these. */
  handleLifecycle(request: Request, peer: Peer, shops: ShopRegistry): Promise<Response | undefined>;
  connect(shop: ShopSettings): HostedShopAdapter;
}
