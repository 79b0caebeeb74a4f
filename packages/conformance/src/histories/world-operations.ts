import type {
  Completion,
  CompletionCreate,
  Refund,
  RefundCreate,
  ServiceId,
  TransactionVoid,
} from "@checkout-plugins/client";
import { sum, toDecimal, toMoney } from "@checkout-plugins/core";
import { refuse, type World } from "./world.ts";

/** Completions, voids and refunds of the service of one history. Amounts are guarded, keys are kept. */
export interface WorldOperations {
  readonly completions: ReadonlyMap<ServiceId, Completion>;
  readonly voids: ReadonlyMap<ServiceId, TransactionVoid>;
  readonly refunds: ReadonlyMap<ServiceId, Refund>;
  complete(id: ServiceId, body: CompletionCreate): Completion;
  void(id: ServiceId): TransactionVoid;
  refund(body: RefundCreate): Refund;
  /** What the back office does, or the buyer's bank: no key, and no more than is possible. */
  completeElsewhere(id: ServiceId): void;
  refundElsewhere(id: ServiceId, minor: number, type: Refund["type"]): void;
  canVoid(id: ServiceId): boolean;
}

const ticks = 100_000_000n;

function toTicks(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.replace("-", "").split(".");
  const value = BigInt(whole) * ticks + BigInt(fraction.padEnd(8, "0").slice(0, 8));
  return decimal.startsWith("-") ? -value : value;
}

export function createWorldOperations(world: World): WorldOperations {
  const completions = new Map<ServiceId, Completion>();
  const voids = new Map<ServiceId, TransactionVoid>();
  const refunds = new Map<ServiceId, Refund>();
  const { answers, random, clock } = world;
  const minor = (decimal: string | null, currency: string): number => toMoney(decimal ?? "0", currency).minor;
  const progress = (id: ServiceId) => ({
    id: world.nextId(),
    linkedSpaceId: world.spaceOf(id),
    version: 1,
    createdOn: clock.now(),
    succeededOn: null,
    failedOn: null,
    nextUpdateOn: null,
    timeoutOn: null,
    failureReason: null,
  });
  const outside = (id: ServiceId, what: string): never =>
    refuse(answers.outsideAuthorized, `Transaction ${id} is ${world.find(id).state}: it cannot be ${what}`);
  /** Decides the outcome, now or as a job of the service. */
  const finish = (settle: (state: "SUCCESSFUL" | "FAILED") => void): void => {
    const run = (): void => settle(random.chance(answers.failures) ? "FAILED" : "SUCCESSFUL");
    if (answers.operations === "atOnce") run();
    else world.jobs.push(run);
  };
  const openOf = <T extends { readonly state: string; readonly transaction: ServiceId | null }>(
    all: ReadonlyMap<ServiceId, T>,
    id: ServiceId,
  ): readonly T[] => [...all.values()].filter((one) => one.transaction === id && one.state === "PENDING");

  const addCompletion = (id: ServiceId, body: CompletionCreate | null, amount: number, last: boolean): Completion => {
    const { currency } = world.find(id);
    const completion: Completion = {
      ...progress(id),
      transaction: id,
      state: "PENDING",
      mode: "ONLINE",
      amount: toDecimal({ ...toMoney("0", currency), minor: amount }),
      externalId: body?.externalId ?? null,
      lastCompletion: last,
      invoiceMerchantReference: null,
      lineItems: (body?.lineItems ?? []).map(({ uniqueId, quantity, amount: one }) => ({
        uniqueId,
        quantity,
        amountIncludingTax: one,
      })),
    };
    const set = (one: Completion): void => {
      completions.set(one.id, one);
      world.announce("completion", one.id, one.linkedSpaceId, one.state);
    };
    set(completion);
    finish((state) => {
      const { state: now, completedAmount } = world.find(id);
      const happens = state === "SUCCESSFUL" && now === "AUTHORIZED";
      set({ ...completion, state: happens ? "SUCCESSFUL" : "FAILED" });
      if (!happens) return;
      const completed = toMoney(completedAmount ?? "0", currency);
      world.change(id, { completedAmount: toDecimal({ ...completed, minor: completed.minor + amount }) });
      if (last) world.capture(id);
    });
    return completions.get(completion.id) ?? completion;
  };
  const addRefund = (id: ServiceId, amount: number, more: Partial<Refund>): Refund => {
    const { currency } = world.find(id);
    const refund: Refund = {
      ...progress(id),
      transaction: id,
      state: "PENDING",
      type: "MERCHANT_INITIATED_ONLINE",
      amount: toDecimal({ ...toMoney("0", currency), minor: amount }),
      externalId: null,
      merchantReference: null,
      metaData: {},
      reductions: [],
      reducedLineItems: [],
      ...more,
    };
    const set = (one: Refund): void => {
      refunds.set(one.id, one);
      world.announce("refund", one.id, one.linkedSpaceId, one.state);
    };
    set(refund);
    finish((state) => {
      set({ ...refund, state });
      if (state === "FAILED") return;
      const refunded = toMoney(world.find(id).refundedAmount ?? "0", currency);
      world.change(id, { refundedAmount: toDecimal({ ...refunded, minor: refunded.minor + amount }) });
    });
    return refunds.get(refund.id) ?? refund;
  };
  const leftToComplete = (id: ServiceId): number => {
    const { authorizationAmount, completedAmount, currency } = world.find(id);
    const open = openOf(completions, id).map(({ amount }) => minor(amount, currency));
    return minor(authorizationAmount, currency) - minor(completedAmount, currency) - open.reduce((a, b) => a + b, 0);
  };
  const leftToRefund = (id: ServiceId): number => {
    const { completedAmount, refundedAmount, currency } = world.find(id);
    const open = openOf(refunds, id).map(({ amount }) => minor(amount, currency));
    return minor(completedAmount, currency) - minor(refundedAmount, currency) - open.reduce((a, b) => a + b, 0);
  };
  const isTaken = (id: ServiceId): boolean => ["COMPLETED", "FULFILL", "DECLINE"].includes(world.find(id).state);
  const mayMove = (id: ServiceId): boolean =>
    world.find(id).state === "AUTHORIZED" && openOf(voids, id).length === 0 && !isLastOpen(id);
  const isLastOpen = (id: ServiceId): boolean => openOf(completions, id).some(({ lastCompletion }) => lastCompletion);
  const canVoid = (id: ServiceId): boolean =>
    mayMove(id) && leftToComplete(id) === minor(world.find(id).authorizationAmount, world.find(id).currency);

  const reduced = (body: RefundCreate): number => {
    const { lineItems, currency } = world.find(body.transaction);
    if (body.amount !== undefined) return minor(body.amount, currency);
    const unit = toTicks(toDecimal({ ...toMoney("0", currency), minor: 1 }));
    const parts = body.reductions.map(({ lineItemUniqueId, quantityReduction, unitPriceReduction }) => {
      const line = lineItems.find(({ uniqueId }) => uniqueId === lineItemUniqueId) ?? refuse(422, "No such line");
      const [quantity, taken] = [toTicks(line.quantity), toTicks(quantityReduction)];
      const units = (toTicks(line.amountIncludingTax) * taken) / quantity;
      return units + (toTicks(unitPriceReduction) * (quantity - taken)) / ticks;
    });
    return Number((parts.reduce((all, one) => all + one, 0n) + unit / 2n) / unit);
  };

  return {
    completions,
    voids,
    refunds,
    complete(id, body) {
      const known = [...completions.values()].find(({ externalId }) => externalId === body.externalId);
      if (known !== undefined) return known;
      if (!mayMove(id)) outside(id, "completed");
      const { currency } = world.find(id);
      const parts = (body.lineItems ?? []).map((line) => toMoney(line.amount, currency));
      const amount = sum(parts, currency).minor;
      if (amount > leftToComplete(id)) refuse(422, "More than is authorized");
      return addCompletion(id, body, amount, body.lastCompletion);
    },
    void(id) {
      if (!canVoid(id)) outside(id, "voided");
      const voided: TransactionVoid = { ...progress(id), transaction: id, state: "PENDING", mode: "ONLINE" };
      const set = (one: TransactionVoid): void => {
        voids.set(one.id, one);
        world.announce("void", one.id, one.linkedSpaceId, one.state);
      };
      set(voided);
      finish((state) => {
        const happens = state === "SUCCESSFUL" && world.find(id).state === "AUTHORIZED";
        set({ ...voided, state: happens ? "SUCCESSFUL" : "FAILED" });
        if (happens) world.change(id, { state: "VOIDED" });
      });
      return voids.get(voided.id) ?? voided;
    },
    refund(body) {
      const known = [...refunds.values()].find(({ externalId }) => externalId === body.externalId);
      if (known !== undefined) return known;
      const { transaction } = body;
      if (!isTaken(transaction)) refuse(422, `Transaction ${transaction} is ${world.find(transaction).state}`);
      if (answers.secondRefund === "refused" && openOf(refunds, transaction).length > 0)
        refuse(answers.whileInProgress, "One is open");
      const amount = reduced(body);
      if (amount > leftToRefund(transaction) || amount <= 0) refuse(422, "More than is left");
      return addRefund(transaction, amount, { externalId: body.externalId, type: body.type });
    },
    completeElsewhere(id) {
      const left = leftToComplete(id);
      if (mayMove(id) && left > 0) addCompletion(id, null, left, true);
    },
    refundElsewhere(id, amount, type) {
      if (isTaken(id) && amount > 0 && amount <= leftToRefund(id)) addRefund(id, amount, { type });
    },
    canVoid,
  };
}
