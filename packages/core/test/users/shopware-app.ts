/**
 * A Shopware app's actions on the contract, as code that compiles: the platform waits four seconds, takes an action of
 * its own state machine instead of a state, and reads any message as a failure. Not shipped: it proves that the contract
 * fits a platform that was not in mind when it was written.
 */
import type {
  Clock,
  CommandResult,
  Core,
  Payment,
  PaymentReference,
  ShopId,
  ShopOrder,
  Standing,
  Url,
} from "../../src/index.ts";
import { answerWithin } from "../../src/index.ts";

type PaymentAction = "paid" | "authorize" | "process_unconfirmed" | "fail" | "cancel";
type RefundAction = "complete" | "process" | "fail";

interface PayAnswer {
  readonly status: PaymentAction;
  readonly redirectUrl?: Url;
  /** Only with `fail`: the platform reads any message as a failure. */
  readonly message?: string;
}
interface RefundAnswer {
  readonly status: RefundAction;
  readonly message?: string;
}

const patience = 4;

const actions: Readonly<Record<Standing, PaymentAction>> = {
  open: "process_unconfirmed",
  authorized: "authorize",
  paid: "paid",
  failed: "fail",
  voided: "cancel",
  declined: "fail",
  held: "process_unconfirmed",
};

export interface ShopwareApp {
  readonly core: Core;
  readonly clock: Clock;
  readonly shop: ShopId;
  readonly onLate: (error: unknown) => void;
}

export async function pay(app: ShopwareApp, transaction: string, order: ShopOrder, returnUrl: Url): Promise<PayAnswer> {
  const work = app.core.startPayment(app.shop, {
    kind: "start",
    reference: transaction as PaymentReference,
    order,
    completion: "configured",
    test: false,
    integration: "page",
    method: null,
    store: false,
    returnUrl,
    cancelUrl: returnUrl,
  });
  const result = await answerWithin(patience, work, app.clock, app.onLate);
  switch (result.kind) {
    case "successful":
      return result.answer.kind === "redirect"
        ? { status: "process_unconfirmed", redirectUrl: result.answer.url }
        : toPayAnswer(result.payment);
    case "pending":
      return { status: "process_unconfirmed", redirectUrl: returnUrl };
    case "failed":
      return { status: "fail", message: result.failure.publicMessage };
  }
}

export async function finalize(app: ShopwareApp, transaction: string): Promise<PayAnswer> {
  const back = app.core.runCommand(app.shop, { kind: "return", reference: transaction as PaymentReference });
  const result = await answerWithin(patience, back, app.clock, app.onLate);
  return toPayAnswer(result.payment);
}

function toPayAnswer(payment: Payment | null): PayAnswer {
  if (payment === null) return { status: "process_unconfirmed" };
  const status = actions[payment.standing];
  return status === "fail" ? { status, message: payment.failure?.publicMessage ?? "" } : { status };
}

export async function refund(
  app: ShopwareApp,
  transaction: string,
  id: string,
  amount: Payment["amount"],
): Promise<RefundAnswer> {
  const work = app.core.runCommand(app.shop, {
    kind: "refund",
    reference: transaction as PaymentReference,
    shopKey: id as never,
    heldKeys: "all",
    amount,
    lines: null,
    reason: null,
    offline: false,
  });
  return toRefundAnswer(await answerWithin(patience, work, app.clock, app.onLate));
}

function toRefundAnswer(result: CommandResult<"refund">): RefundAnswer {
  switch (result.kind) {
    case "successful":
      return { status: "complete" };
    case "pending":
      return { status: "process" };
    case "failed":
      return { status: "fail", message: result.failure.merchantMessage };
  }
}
