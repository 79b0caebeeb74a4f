import type { MethodId, Payment, ShopKey, ShopOrder, StoredMeansId, Url } from "@checkout-plugins/core";
import type {
  BigNumberInput,
  InitiatePaymentInput,
  PaymentProviderContext,
  PaymentSessionStatus,
} from "@medusajs/framework/types";
import { MedusaError } from "@medusajs/framework/utils";
import { toReference } from "./medusa-commands.ts";
import { forBuyer, mustSucceed } from "./medusa-errors.ts";
import { isHis, mustBeHis } from "./medusa-means.ts";
import { returnPath } from "./medusa-names.ts";
import { toShopOrder } from "./medusa-order.ts";
import {
  hasMoney,
  readIntegration,
  readWish,
  type SessionData,
  toMeansData,
  toSessionData,
  toSessionStatus,
} from "./medusa-payment.ts";
import type { MedusaSession } from "./medusa-shop.ts";
import type { Opened } from "./runtime.ts";

type Data = Record<string, unknown> | undefined;

export interface Started {
  readonly data: SessionData;
  readonly status: PaymentSessionStatus;
}

/** Begins a session's payment, or changes it to what the cart has become. @throws MedusaError with the buyer's message. */
export async function startSession(opened: Opened, input: InitiatePaymentInput): Promise<Started> {
  const { data, amount, currency_code, context } = input;
  const { id, settings, core } = opened;
  const session = await mustRead(opened, data);
  const order = await readOrder(opened, session, amount, currency_code);
  const means = readWish(data, "means");
  if (means !== null) {
    mustBeHis(order, session.context, context);
    return { data: toMeansData(session.id, means), status: "requires_more" };
  }
  const reference = toReference(data);
  return forBuyer(async () => {
    const result = await core.startPayment(id, {
      kind: "start",
      reference,
      order,
      completion: settings.completion,
      test: settings.environment === "test",
      integration: readIntegration(data) ?? settings.integration,
      method: readWish(data, "method") as MethodId | null,
      store: settings.saveMeans && isHis(order, session.context, context),
      returnUrl: `${settings.backendUrl}${returnPath}/${reference}` as Url,
      cancelUrl: null,
    });
    return { data: toSessionData(reference, mustSucceed(result)), status: toSessionStatus(result.payment) };
  });
}

/**
 * The truth of this moment. While the payment is being shown, here or in another process, it is what is shown: whoever
 * shows it may wait for the cart that Medusa has locked while it asks us.
 */
export function lookAt({ id, core }: Opened, data: Data): Promise<Payment | null> {
  const reference = toReference(data);
  return forBuyer(async () => (await core.runCommand(id, { kind: "return", reference })).payment);
}

export interface Charging {
  readonly data: Data;
  readonly means: string;
  readonly context: PaymentProviderContext | undefined;
}

/** @throws MedusaError `payment_authorization_error` when the means are not his, or cannot be charged. */
export async function chargeSession(opened: Opened, { data, means, context }: Charging): Promise<Payment | null> {
  const { id, settings, core } = opened;
  const reference = toReference(data);
  const known = await core.recall(id, reference);
  if (known !== null && hasMoney(known)) return lookAt(opened, data);
  const session = await mustRead(opened, data);
  const order = await readOrder(opened, session, session.amount, session.currencyCode);
  mustBeHis(order, session.context, context);
  const charged = await forBuyer(() =>
    core.runCommand(id, {
      kind: "charge",
      reference,
      order,
      completion: settings.completion,
      test: settings.environment === "test",
      means: means as StoredMeansId,
      shopKey: reference as string as ShopKey,
    }),
  );
  if (charged.kind !== "failed") return charged.payment;
  throw new MedusaError(MedusaError.Types.PAYMENT_AUTHORIZATION_ERROR, charged.failure.publicMessage);
}

async function mustRead({ shop }: Opened, data: Data): Promise<MedusaSession> {
  const reference = toReference(data);
  const session = await shop.readSession(reference);
  if (session === null) throw new Error(`Medusa has no payment session ${reference}.`);
  return session;
}

function readOrder(
  { settings, shop }: Opened,
  session: MedusaSession,
  amount: BigNumberInput,
  currencyCode: string,
): Promise<ShopOrder> {
  const { language } = settings;
  const group = session.collectionId;
  return forBuyer(async () =>
    toShopOrder({ group, amount, currencyCode, cart: await shop.readCart(session), language }),
  );
}
