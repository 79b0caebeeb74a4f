import {
  type Completion,
  type Decimal,
  type DeliveryIndication,
  type Refund,
  ServiceError,
  type ServiceId,
  type SpaceClient,
  type Transaction,
  type TransactionState,
  type TransactionVoid,
  toServiceId,
} from "@checkout-plugins/client";
import { add, subtract, sum, toCurrency, toDecimal, toMoney } from "../money.ts";
import { space, start } from "./rows.ts";

export interface ServiceOperations {
  readonly completions: Map<ServiceId, Completion>;
  readonly voids: Map<ServiceId, TransactionVoid>;
  readonly refunds: Map<ServiceId, Refund>;
  readonly indications: Map<ServiceId, DeliveryIndication>;
  /** What the next completion or refund becomes; SUCCESSFUL when nothing is said. */
  nextState: "SUCCESSFUL" | "PENDING" | "FAILED";
  /** The service finishes a pending refund. */
  finishRefund(id: ServiceId, state: "SUCCESSFUL" | "FAILED"): void;
  /** A refund of the back office, or of the buyer's bank. */
  refundElsewhere(transaction: ServiceId, amount: Decimal, type?: Refund["type"]): ServiceId;
  readonly client: Partial<SpaceClient>;
}

interface Base {
  readonly transactions: Map<ServiceId, Transaction>;
  call<T>(method: string, effect: () => T): Promise<T>;
  move(id: ServiceId, state: TransactionState, changes?: Partial<Transaction>): void;
}

function refuse(why: string): never {
  throw new ServiceError(why, { code: "invalid", status: 422, request: "POST" });
}

const progress = {
  linkedSpaceId: space,
  version: 1,
  createdOn: start,
  succeededOn: null,
  failedOn: null,
  nextUpdateOn: null,
  timeoutOn: null,
  failureReason: null,
} as const;

/** Completions, voids, refunds and reviews of the double: keys are kept, amounts guarded, one refund open at a time. */
export function createServiceOperations({ transactions, call, move }: Base): ServiceOperations {
  let lastId = 920_000;
  const nextId = (): ServiceId => {
    lastId += 1;
    return toServiceId(lastId);
  };
  const find = (id: ServiceId): Transaction => transactions.get(id) ?? refuse(`no transaction ${id}`);
  const byKey = <T extends { readonly externalId: string | null }>(
    all: Map<ServiceId, T>,
    key: string,
  ): T | undefined => [...all.values()].find(({ externalId }) => externalId === key);
  const settleRefund = (refund: Refund): void => {
    if (refund.state !== "SUCCESSFUL" || refund.transaction === null) return;
    const transaction = find(refund.transaction);
    const { currency } = transaction;
    const refunded = add(toMoney(transaction.refundedAmount ?? "0", currency), toMoney(refund.amount ?? "0", currency));
    transactions.set(transaction.id, { ...transaction, refundedAmount: toDecimal(refunded) });
  };
  const addRefund = (transaction: ServiceId, amount: Decimal, more: Partial<Refund>): Refund => {
    const refund: Refund = {
      ...progress,
      id: nextId(),
      transaction,
      state: operations.nextState,
      type: "MERCHANT_INITIATED_ONLINE",
      amount,
      externalId: null,
      merchantReference: null,
      metaData: {},
      reductions: [],
      reducedLineItems: [],
      ...more,
    };
    operations.nextState = "SUCCESSFUL";
    operations.refunds.set(refund.id, refund);
    settleRefund(refund);
    return refund;
  };
  const complete = (id: ServiceId, body: Parameters<SpaceClient["completePartiallyOnline"]>[1]): Completion => {
    const known = byKey(operations.completions, body.externalId);
    if (known !== undefined) return known;
    const transaction = find(id);
    if (transaction.state !== "AUTHORIZED") refuse(`cannot complete in ${transaction.state}`);
    const currency = toCurrency(transaction.currency);
    const amount = sum(
      (body.lineItems ?? []).map((line) => toMoney(line.amount, currency)),
      currency,
    );
    const completed = add(toMoney(transaction.completedAmount ?? "0", currency), amount);
    if (completed.minor > toMoney(transaction.authorizationAmount, currency).minor) refuse("more than authorized");
    const completion: Completion = {
      ...progress,
      id: nextId(),
      transaction: id,
      state: operations.nextState,
      mode: "ONLINE",
      amount: toDecimal(amount),
      externalId: body.externalId,
      lastCompletion: body.lastCompletion,
      invoiceMerchantReference: null,
      lineItems: (body.lineItems ?? []).map(({ uniqueId, quantity, amount: one }) => ({
        uniqueId,
        quantity,
        amountIncludingTax: one,
      })),
    };
    operations.nextState = "SUCCESSFUL";
    operations.completions.set(completion.id, completion);
    if (completion.state === "SUCCESSFUL") {
      move(id, body.lastCompletion ? "FULFILL" : "AUTHORIZED", { completedAmount: toDecimal(completed) });
    }
    return completion;
  };
  const refund = (body: Parameters<SpaceClient["createRefund"]>[0]): Refund => {
    const known = byKey(operations.refunds, body.externalId);
    if (known !== undefined) return known;
    const transaction = find(body.transaction);
    const { currency } = transaction;
    if (
      [...operations.refunds.values()].some((one) => one.transaction === body.transaction && one.state === "PENDING")
    ) {
      refuse("another refund is in progress");
    }
    const lines = body.reductions?.map(({ lineItemUniqueId, quantityReduction, unitPriceReduction }) => {
      const line =
        transaction.lineItems.find(({ uniqueId }) => uniqueId === lineItemUniqueId) ?? refuse("no such line");
      const [unit, quantity] = [Number(line.amountIncludingTax) / Number(line.quantity), Number(line.quantity)];
      return Number(quantityReduction) * unit + Number(unitPriceReduction) * (quantity - Number(quantityReduction));
    });
    const amount = body.amount ?? (lines ?? []).reduce((all, one) => all + one, 0).toFixed(2);
    const left = subtract(
      toMoney(transaction.completedAmount ?? "0", currency),
      toMoney(transaction.refundedAmount ?? "0", currency),
    );
    if (toMoney(amount, currency).minor > left.minor) refuse("more than is left");
    return addRefund(body.transaction, amount as Decimal, { externalId: body.externalId, type: body.type });
  };
  const mark = (id: ServiceId, state: "SUITABLE" | "NOT_SUITABLE"): DeliveryIndication => {
    const indication = operations.indications.get(id) ?? refuse(`no indication ${id}`);
    const decided: DeliveryIndication = { ...indication, state };
    operations.indications.set(id, decided);
    move(indication.transaction, state === "SUITABLE" ? "FULFILL" : "DECLINE");
    return decided;
  };

  const operations: ServiceOperations = {
    completions: new Map(),
    voids: new Map(),
    refunds: new Map(),
    indications: new Map(),
    nextState: "SUCCESSFUL",
    finishRefund(id, state) {
      const known = operations.refunds.get(id) ?? refuse(`no refund ${id}`);
      const finished: Refund = { ...known, state };
      operations.refunds.set(id, finished);
      settleRefund(finished);
    },
    refundElsewhere: (transaction, amount, type = "MERCHANT_INITIATED_ONLINE") =>
      addRefund(transaction, amount, { type }).id,
    client: {
      completePartiallyOnline: (id, body) => call("complete", () => complete(id, body)),
      voidOnline: (id) =>
        call("void", () => {
          const transaction = find(id);
          if (transaction.state !== "AUTHORIZED") refuse(`cannot void in ${transaction.state}`);
          const voided: TransactionVoid = {
            ...progress,
            id: nextId(),
            transaction: id,
            state: "SUCCESSFUL",
            mode: "ONLINE",
          };
          operations.voids.set(voided.id, voided);
          move(id, "VOIDED");
          return voided;
        }),
      createRefund: (body) => call("refund", () => refund(body)),
      readCompletion: (id) => call("readCompletion", () => operations.completions.get(id) ?? refuse("no completion")),
      readVoid: (id) => call("readVoid", () => operations.voids.get(id) ?? refuse("no void")),
      readRefund: (id) => call("readRefund", () => operations.refunds.get(id) ?? refuse("no refund")),
      readDeliveryIndication: (id) =>
        call("readIndication", () => operations.indications.get(id) ?? refuse("no indication")),
      listDeliveryIndicationsOf: (transaction) =>
        call("listIndications", () =>
          [...operations.indications.values()].filter((one) => one.transaction === transaction),
        ),
      markSuitable: (id) => call("markSuitable", () => mark(id, "SUITABLE")),
      markNotSuitable: (id) => call("markNotSuitable", () => mark(id, "NOT_SUITABLE")),
      async *listRefunds({ after } = {}) {
        yield* [...operations.refunds.values()].filter(({ id }) => after === undefined || Number(id) > Number(after));
      },
      async *listDeliveryIndications({ after } = {}) {
        yield* [...operations.indications.values()].filter(
          ({ id }) => after === undefined || Number(id) > Number(after),
        );
      },
    },
  };
  return operations;
}
