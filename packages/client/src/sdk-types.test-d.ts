import type * as Sdk from "postfinancecheckout";
import type { CompletionCreate } from "./entities/completion.ts";
import type { LineItemVersionCreate } from "./entities/line-item-version-operations.ts";
import type { RefundCreate } from "./entities/refund.ts";
import type { TerminalCreate, TerminalUpdate } from "./entities/terminal.ts";
import type { TransactionCreate, TransactionPending } from "./entities/transaction.ts";
import type {
  WebhookListenerCreate,
  WebhookListenerUpdate,
  WebhookUrlCreate,
  WebhookUrlUpdate,
} from "./entities/webhook-configuration.ts";
import type { Wire } from "./wire/wire.ts";

/** A model of the official SDK as it is on the wire: its sets are lists there, its dates texts. */
type OnTheWire<T> = T extends Date
  ? string
  : T extends Set<infer Item> | readonly (infer Item)[]
    ? readonly OnTheWire<Item>[]
    : T extends object
      ? { readonly [K in keyof T]: OnTheWire<T[K]> | undefined }
      : T;

/** The properties at any depth that the model does not know; optional ones would pass an assignment. */
type Unknown<Ours, Model> = Ours extends string | number | boolean
  ? never
  : Ours extends readonly (infer Item)[]
    ? Model extends readonly (infer Known)[]
      ? Unknown<Item, Known>
      : "not a list"
    : Exclude<keyof Ours, keyof Model> | UnknownInside<Ours, Model, keyof Ours & keyof Model>;
type UnknownInside<Ours, Model, Shared extends keyof Ours & keyof Model> = {
  [K in Shared]: Unknown<NonNullable<Ours[K]>, NonNullable<Model[K]>>;
}[Shared];

type Fits<Ours, Model> = [Unknown<Ours, OnTheWire<Model>>] extends [never]
  ? [Ours] extends [OnTheWire<Model>]
    ? true
    : "another type"
  : Unknown<Ours, OnTheWire<Model>>;

/** Does not compile when one of our request bodies is not what the official SDK 5.5.0 would send. */
export const fits: readonly [
  Fits<Wire<TransactionCreate, number>, Sdk.TransactionCreate>,
  Fits<Wire<TransactionPending, number>, Sdk.TransactionPending>,
  Fits<Wire<CompletionCreate, number>, Sdk.TransactionCompletionDetails>,
  Fits<Wire<RefundCreate, number>, Sdk.RefundCreate>,
  Fits<Wire<LineItemVersionCreate, number>, Sdk.TransactionLineItemVersionCreate>,
  Fits<Wire<TerminalCreate, number>, Sdk.PaymentTerminalCreate>,
  Fits<Wire<TerminalUpdate, number>, Sdk.PaymentTerminalUpdate>,
  Fits<Wire<WebhookUrlCreate, number>, Sdk.WebhookUrlCreate>,
  Fits<Wire<WebhookUrlUpdate, number>, Sdk.WebhookUrlUpdate>,
  Fits<Wire<WebhookListenerCreate, number>, Sdk.WebhookListenerCreate>,
  Fits<Wire<WebhookListenerUpdate, number>, Sdk.WebhookListenerUpdate>,
] = [true, true, true, true, true, true, true, true, true, true, true];

/** The check can fail. */
export const misfits: readonly [
  Fits<TransactionPending, Sdk.TransactionPending>,
  Fits<{ readonly version: number; readonly invented?: string }, Sdk.TransactionPending>,
  Fits<{ readonly version: number; readonly billingAddress?: { readonly zip?: string } }, Sdk.TransactionPending>,
  Fits<{ readonly version: number; readonly completionBehavior?: "LATER" }, Sdk.TransactionPending>,
] = ["another type", "invented", "zip", "another type"];
