import type { Commands, Payment, PaymentReference, ShopId, Url } from "@checkout-plugins/core";
import type {
  AuthorizePaymentInput,
  AuthorizePaymentOutput,
  CancelPaymentInput,
  CancelPaymentOutput,
  CapturePaymentInput,
  CapturePaymentOutput,
  DeletePaymentInput,
  DeletePaymentOutput,
  GetPaymentStatusInput,
  GetPaymentStatusOutput,
  InitiatePaymentInput,
  InitiatePaymentOutput,
  PaymentSessionStatus,
  ProviderWebhookPayload,
  RefundPaymentInput,
  RefundPaymentOutput,
  RetrievePaymentInput,
  RetrievePaymentOutput,
  UpdatePaymentInput,
  UpdatePaymentOutput,
  WebhookActionResult,
} from "@medusajs/framework/types";
import { AbstractPaymentProvider, MedusaError, PaymentActions } from "@medusajs/framework/utils";
import { completeFor, refundFor, toReference, voidFor } from "./medusa-commands.ts";
import { forBuyer, forMerchant, mustSucceed } from "./medusa-errors.ts";
import { identifier, returnPath } from "./medusa-names.ts";
import { toShopOrder } from "./medusa-order.ts";
import { hasMoney, keepSessionData, type SessionData, toSessionData, toSessionStatus } from "./medusa-payment.ts";
import { type MedusaSettings, parseSettings } from "./medusa-settings.ts";
import { findRuntime, type Provider, type Runtime } from "./runtime.ts";
import { toWebhookRequest } from "./webhook-request.ts";

/**
 * PostFinance Checkout as a payment provider of Medusa. Its methods run a command or look, and answer; what Medusa then
 * shows is entered by the adapter, so that no method waits for another.
 */
export class PostFinanceCheckoutProvider extends AbstractPaymentProvider<MedusaSettings> {
  static override identifier: string = identifier;

  constructor(container: Record<string, unknown>, options: MedusaSettings) {
    super(container, options);
  }

  /** Called by Medusa at its start, with the options in medusa-config. */
  static override validateOptions(options: Record<string, unknown>): void {
    try {
      parseSettings(options, "the payment provider postfinance-checkout");
    } catch (error) {
      throw new MedusaError(MedusaError.Types.INVALID_DATA, (error as Error).message);
    }
  }

  /** Two requests to the service. What the browser sent in `data` is not read. */
  async initiatePayment({ data, amount, currency_code }: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    const reference = toReference(data);
    return { id: reference, ...(await this.#start(reference, amount, currency_code)) };
  }

  /** Reads once; when the order changed the pending transaction is changed, or another one begun. */
  async updatePayment({ data, amount, currency_code }: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    return this.#start(toReference(data), amount, currency_code);
  }

  /**
   * Medusa deletes a session when the cart changes or another provider is chosen. Nobody shall pay it any more; should
   * it be paid all the same, the money goes back. One that is paid already is kept: its order is about to be placed.
   */
  async deletePayment({ data }: DeletePaymentInput): Promise<DeletePaymentOutput> {
    const { id, shop, store, clock } = await this.#open();
    const session = await shop.readSession(toReference(data));
    // On a failed start Medusa passes what the browser sent: it may name the session of somebody else.
    if (session === null || session.providerId !== id || session.data.url !== data?.url) return {};
    const payment = await this.#look(data);
    if (payment === null) return {};
    if (hasMoney(payment)) {
      throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "This cart is already paid. Its order is being placed.");
    }
    await store.abandon(payment.id, clock.now());
    return {};
  }

  /**
   * Medusa answers the storefront with the type and the text of what is thrown here, where it would make one error of
   * all that is not authorized.
   *
   * @throws MedusaError `payment_requires_more_error` while the buyer has not paid, else `payment_authorization_error`.
   */
  async authorizePayment({ data }: AuthorizePaymentInput): Promise<AuthorizePaymentOutput> {
    const payment = await this.#look(data);
    const status = toSessionStatus(payment);
    if (status === "authorized" || status === "captured" || status === "pending_authorization") {
      return { status, data: keepSessionData(data) };
    }
    const { PAYMENT_REQUIRES_MORE_ERROR, PAYMENT_AUTHORIZATION_ERROR } = MedusaError.Types;
    if (status === "requires_more")
      throw new MedusaError(PAYMENT_REQUIRES_MORE_ERROR, "The payment is not finished yet.");
    const why = payment?.failure?.publicMessage ?? "The payment was not successful.";
    throw new MedusaError(PAYMENT_AUTHORIZATION_ERROR, why);
  }

  async getPaymentStatus({ data }: GetPaymentStatusInput): Promise<GetPaymentStatusOutput> {
    return { status: toSessionStatus(await this.#look(data)), data: keepSessionData(data) };
  }

  async retrievePayment({ data }: RetrievePaymentInput): Promise<RetrievePaymentOutput> {
    return { data: keepSessionData(data) };
  }

  /** Medusa gives no amount: it is in the capture that it has just written. */
  async capturePayment(input: CapturePaymentInput): Promise<CapturePaymentOutput> {
    await this.#write((runtime, id) => completeFor(runtime, id, input));
    return { data: keepSessionData(input.data) };
  }

  async refundPayment(input: RefundPaymentInput): Promise<RefundPaymentOutput> {
    await this.#write((runtime) => refundFor(runtime, input));
    return { data: keepSessionData(input.data) };
  }

  /** Gives back what is reserved, or what was taken: Medusa means "undo". */
  async cancelPayment(input: CancelPaymentInput): Promise<CancelPaymentOutput> {
    const { showing } = await this.#open();
    if (showing.has(toReference(input.data))) {
      // Medusa undoes an order that it could not finish. The buyer has paid: the order is tried again, not the payment.
      throw new MedusaError(MedusaError.Types.NOT_ALLOWED, "The payment is kept: its order will be placed again.");
    }
    await this.#write(async () => voidFor(input));
    return { data: keepSessionData(input.data) };
  }

  /**
   * A webhook that was sent to Medusa's own address: verified and kept like one at ours. Medusa answered 200 before it
   * asked us, so nothing can be refused, and what it would do by itself the adapter does.
   */
  async getWebhookActionAndData(payload: ProviderWebhookPayload["payload"]): Promise<WebhookActionResult> {
    const { id, core, settleSoon } = await this.#open();
    const body = Buffer.from(payload.rawData as Buffer | string);
    const { status } = await core.receiveWebhook(id, toWebhookRequest(payload.headers["x-signature"], body));
    if (status >= 500) throw new Error(`The webhook could not be kept (${status}). It is to be tried again.`);
    if (status === 200) settleSoon();
    return { action: PaymentActions.NOT_SUPPORTED };
  }

  /** Medusa does not tell a provider its id: it is found by its space. */
  async #open(): Promise<Runtime & Provider> {
    const runtime = await findRuntime();
    const space = String(this.config.spaceId);
    const provider = runtime.providers.find(({ settings }) => settings.spaceId === space);
    if (provider !== undefined) return { ...runtime, ...provider };
    throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, `medusa-config has no ${identifier} of space ${space}.`);
  }

  /**
   * The truth of this moment. While the payment is being shown, here or in another process, it is what is shown: whoever
   * shows it may wait for the cart that Medusa has locked while it asks us.
   */
  async #look(data: Record<string, unknown> | undefined): Promise<Payment | null> {
    const reference = toReference(data);
    const { id, core, store } = await this.#open();
    return forBuyer(async () => {
      const row = await store.read(id, reference);
      if (row?.step === "show") return row.payment;
      return (await core.runCommand(id, { kind: "return", reference })).payment;
    });
  }

  async #start(
    reference: PaymentReference,
    amount: InitiatePaymentInput["amount"],
    currencyCode: string,
  ): Promise<{ data: SessionData; status: PaymentSessionStatus }> {
    const { id, settings, core, shop } = await this.#open();
    return forBuyer(async () => {
      const session = await shop.readSession(reference);
      if (session === null) throw new Error(`Medusa has no payment session ${reference}.`);
      const cart = await shop.readCart(session);
      const { language } = settings;
      const result = await core.startPayment(id, {
        kind: "start",
        reference,
        order: toShopOrder({ group: session.collectionId, amount, currencyCode, cart, language }),
        completion: settings.completion,
        test: settings.environment === "test",
        integration: "page",
        method: null,
        store: false,
        returnUrl: `${settings.backendUrl}${returnPath}/${reference}` as Url,
        cancelUrl: null,
      });
      const step = mustSucceed(result);
      return { data: toSessionData(reference, step), status: toSessionStatus(result.payment) };
    });
  }

  /** Runs what is to be written; null when there is nothing to do. @throws MedusaError with the service's reason. */
  async #write(
    toCommand: (runtime: Runtime, id: ShopId) => Promise<Commands["complete" | "refund" | "void"] | null>,
  ): Promise<void> {
    const { id, ...runtime } = await this.#open();
    const result = await forMerchant(async () => {
      const command = await toCommand(runtime, id);
      return command === null ? null : runtime.core.runCommand(id, command);
    });
    // Not known yet counts as done in Medusa, which has no word for it: the outcome is entered when it is known.
    if (result?.kind === "failed") {
      throw new MedusaError(MedusaError.Types.NOT_ALLOWED, result.failure.merchantMessage);
    }
  }
}
