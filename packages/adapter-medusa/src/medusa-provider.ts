import type { Commands, ShopId } from "@checkout-plugins/core";
import { toLanguage } from "@checkout-plugins/knowledge";
import type {
  AuthorizePaymentInput,
  AuthorizePaymentOutput,
  CancelPaymentInput,
  CancelPaymentOutput,
  CapturePaymentInput,
  CapturePaymentOutput,
  CreateAccountHolderInput,
  CreateAccountHolderOutput,
  DeleteAccountHolderInput,
  DeleteAccountHolderOutput,
  DeletePaymentInput,
  DeletePaymentMethodInput,
  DeletePaymentMethodOutput,
  DeletePaymentOutput,
  GetPaymentStatusInput,
  GetPaymentStatusOutput,
  InitiatePaymentInput,
  InitiatePaymentOutput,
  ListPaymentMethodsInput,
  ListPaymentMethodsOutput,
  ProviderWebhookPayload,
  RefundPaymentInput,
  RefundPaymentOutput,
  RetrieveAccountHolderInput,
  RetrieveAccountHolderOutput,
  RetrievePaymentInput,
  RetrievePaymentOutput,
  SavePaymentMethodInput,
  SavePaymentMethodOutput,
  UpdateAccountHolderInput,
  UpdateAccountHolderOutput,
  UpdatePaymentInput,
  UpdatePaymentOutput,
  WebhookActionResult,
} from "@medusajs/framework/types";
import { AbstractPaymentProvider, MedusaError, PaymentActions } from "@medusajs/framework/utils";
import { completeFor, refundFor, toReference, voidFor } from "./medusa-commands.ts";
import { forMerchant } from "./medusa-errors.ts";
import { forgetMeans, listMeans, toAccountHolder, toCustomer } from "./medusa-means.ts";
import { identifier } from "./medusa-names.ts";
import { hasMoney, keepSessionData, readWish, toSessionStatus } from "./medusa-payment.ts";
import { chargeSession, lookAt, startSession } from "./medusa-session.ts";
import { type MedusaSettings, parseSettings } from "./medusa-settings.ts";
import { findMessages } from "./messages.ts";
import { findRuntime, type Opened, type Runtime } from "./runtime.ts";
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

  /**
   * Two requests to the service, four with lightbox or iframe. Of what the browser sent in `data` three wishes are read:
   * `integration` is where the buyer pays, `method` opens the payment with it, `means` are saved ones, charged when the
   * cart is completed.
   */
  async initiatePayment(input: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    return { id: toReference(input.data), ...(await startSession(await this.#open(), input)) };
  }

  /** Reads once; when the order changed the pending transaction is changed, or another one begun. */
  async updatePayment(input: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    return startSession(await this.#open(), input);
  }

  /**
   * Medusa deletes a session when the cart changes or another provider is chosen. Nobody shall pay it any more; should
   * it be paid all the same, the money goes back. One that is paid already is kept: its order is about to be placed.
   */
  async deletePayment({ data }: DeletePaymentInput): Promise<DeletePaymentOutput> {
    const opened = await this.#open();
    const { id, shop, store, clock } = opened;
    const session = await shop.readSession(toReference(data));
    // On a failed start Medusa passes what the browser sent: it may name the session of somebody else.
    if (session === null || session.providerId !== id || session.data.url !== data?.url) return {};
    const payment = await lookAt(opened, data);
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
  async authorizePayment({ data, context }: AuthorizePaymentInput): Promise<AuthorizePaymentOutput> {
    const opened = await this.#open();
    const means = readWish(data, "means");
    const payment = means === null ? await lookAt(opened, data) : await chargeSession(opened, { data, means, context });
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
    return { status: toSessionStatus(await lookAt(await this.#open(), data)), data: keepSessionData(data) };
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

  /** The service knows a customer by the id that a transaction names: nothing is made there. */
  async createAccountHolder({ context }: CreateAccountHolderInput): Promise<CreateAccountHolderOutput> {
    return toAccountHolder(context.customer.id);
  }

  async retrieveAccountHolder({ id }: RetrieveAccountHolderInput): Promise<RetrieveAccountHolderOutput> {
    return toAccountHolder(id);
  }

  /** Name and addresses go with each payment. */
  async updateAccountHolder({ context }: UpdateAccountHolderInput): Promise<UpdateAccountHolderOutput> {
    return { data: { ...context.account_holder.data } };
  }

  /** Deletes his saved means of payment at the service, for good. */
  async deleteAccountHolder({ context }: DeleteAccountHolderInput): Promise<DeleteAccountHolderOutput> {
    const opened = await this.#open();
    const customer = toCustomer(context);
    for (const { id } of await listMeans(opened, customer)) await forgetMeans(opened, customer, id);
    return {};
  }

  /** The saved means of payment that this customer can be charged on: their label is masked, and may be shown. */
  async listPaymentMethods({ context }: ListPaymentMethodsInput): Promise<ListPaymentMethodsOutput> {
    const means = await listMeans(await this.#open(), toCustomer(context));
    return means.map(({ id, label, image, expiresOn }) => ({ id, data: { label, image, expires_on: expiresOn } }));
  }

  /**
   * The service fills a token only from a transaction that its customer pays on a page of the service, and Medusa has
   * nowhere to send him from here.
   */
  async savePaymentMethod(_input: SavePaymentMethodInput): Promise<SavePaymentMethodOutput> {
    const { settings } = await this.#open();
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, findMessages(toLanguage(settings.language)).savedByPaying);
  }

  async deletePaymentMethod({ data, context }: DeletePaymentMethodInput): Promise<DeletePaymentMethodOutput> {
    await forgetMeans(await this.#open(), toCustomer(context), data.id);
    return {};
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
  async #open(): Promise<Opened> {
    const runtime = await findRuntime();
    const space = String(this.config.spaceId);
    const provider = runtime.providers.find(({ settings }) => settings.spaceId === space);
    if (provider !== undefined) return { ...runtime, ...provider };
    throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, `medusa-config has no ${identifier} of space ${space}.`);
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
