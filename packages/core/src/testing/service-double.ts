import {
  type Decimal,
  type Instant,
  ServiceError,
  type ServiceId,
  type SpaceClient,
  type Transaction,
  type TransactionCreate,
  type TransactionState,
  toServiceId,
} from "@checkout-plugins/client";
import { add, toDecimal, toMoney, zero } from "../money.ts";
import { space, start } from "./rows.ts";
import { createServiceCheckout, type ServiceCheckout } from "./service-checkout.ts";
import { createServiceOperations, type ServiceOperations } from "./service-operations.ts";
import { createServiceTerminals, type ServiceTerminals } from "./service-terminals.ts";

/** What a fault does to a call: nothing happened, or it happened and the answer was lost. */
export type Fault = "cutBefore" | "cutAfter" | "unreachable";

export interface ServiceDouble {
  readonly client: SpaceClient;
  readonly transactions: Map<ServiceId, Transaction>;
  /** What was said of each transaction: its create, and what later changed it. */
  readonly bodies: Map<ServiceId, TransactionCreate>;
  readonly requests: string[];
  /** The next call of this method fails so. */
  failNext(method: string, fault: Fault): void;
  /** Runs at every call before it has its effect. */
  before: (method: string) => Promise<void>;
  move(id: ServiceId, state: TransactionState, changes?: Partial<Transaction>): void;
  readonly operations: ServiceOperations;
  readonly checkout: ServiceCheckout;
  readonly tills: ServiceTerminals;
  /** Creates that were sent and not carried out yet: run them late. */
  readonly late: (() => void)[];
}

function cut(method: string): ServiceError {
  return new ServiceError(`${method}: the answer did not arrive`, { code: "cut", request: method });
}

/** The part of the service that interleavings need, in this process; whole payments are tested on the simulator. */
export function createServiceDouble(): ServiceDouble {
  const transactions = new Map<ServiceId, Transaction>();
  const bodies = new Map<ServiceId, TransactionCreate>();
  const requests: string[] = [];
  const faults = new Map<string, Fault>();
  const late: (() => void)[] = [];
  let lastId = 900_000;

  const call = async <T>(method: string, effect: () => T): Promise<T> => {
    await double.before(method);
    requests.push(method);
    const fault = faults.get(method);
    faults.delete(method);
    if (fault === "unreachable")
      throw new ServiceError(`${method}: no connection`, { code: "unreachable", request: method });
    if (fault === "cutBefore") {
      late.push(() => void effect());
      throw cut(method);
    }
    const result = effect();
    if (fault === "cutAfter") throw cut(method);
    return result;
  };
  const find = (id: ServiceId): Transaction => {
    const transaction = transactions.get(id);
    if (transaction === undefined)
      throw new ServiceError("not found", { code: "notFound", status: 404, request: "GET" });
    return transaction;
  };

  const client: Partial<SpaceClient> = {
    space,
    createTransaction: (body) =>
      call("create", () => {
        lastId += 1;
        const currency = body.currency ?? "CHF";
        const total = body.lineItems
          .map((line) => toMoney(line.amountIncludingTax, currency))
          .reduce(add, zero(toMoney("0", currency).currency));
        const transaction = {
          id: toServiceId(lastId),
          linkedSpaceId: space,
          version: 1,
          state: "PENDING",
          currency,
          authorizationAmount: toDecimal(total),
          completedAmount: "0" as Decimal,
          refundedAmount: "0" as Decimal,
          merchantReference: body.merchantReference ?? null,
          metaData: body.metaData ?? {},
          lineItems: body.lineItems,
          authorizationEnvironment: null,
          completionBehavior: body.completionBehavior ?? null,
          createdOn: start,
          confirmedOn: null,
          processingOn: null,
          authorizedOn: null,
          completedOn: null,
          failedOn: null,
          authorizationTimeoutOn: null,
          completionTimeoutOn: null,
          endOfLife: null,
          userFailureMessage: null,
          failureReason: null,
          paymentMethodConfiguration: null,
          token: null,
          terminal: null,
        } as unknown as Transaction;
        transactions.set(transaction.id, transaction);
        bodies.set(transaction.id, body);
        return transaction;
      }),
    readTransaction: (id) => call("read", () => find(id)),
    readPaymentPageUrl: (id) => call("page", () => `https://pay.example.ch/s/${space}/pay/${id}?securityToken=x`),
    updateTransaction: (id, { version, ...content }) =>
      call("update", () => {
        const known = find(id);
        if (known.version !== version)
          throw new ServiceError("409", { code: "versionConflict", status: 409, request: "PATCH" });
        if (known.state !== "PENDING")
          throw new ServiceError("422", { code: "invalid", status: 422, request: "PATCH" });
        const body = { ...bodies.get(id), ...content } as TransactionCreate;
        const { currency = known.currency } = body;
        const total = body.lineItems
          .map((line) => toMoney(line.amountIncludingTax, currency))
          .reduce(add, zero(toMoney("0", currency).currency));
        const lineItems = body.lineItems as unknown as Transaction["lineItems"];
        const authorizationAmount = toDecimal(total);
        const changed = { ...known, currency, version: known.version + 1, authorizationAmount, lineItems };
        transactions.set(id, changed);
        bodies.set(id, body);
        return changed;
      }),
  };
  const move: ServiceDouble["move"] = (id, state, changes = {}) => {
    const hasMoney = ["AUTHORIZED", "COMPLETED", "FULFILL", "DECLINE"].includes(state);
    const known = find(id);
    transactions.set(id, {
      ...known,
      state,
      version: known.version + 1,
      authorizedOn: hasMoney ? (known.authorizedOn ?? (start as Instant)) : null,
      authorizationEnvironment: hasMoney ? "PRODUCTION" : null,
      completedAmount: hasMoney && state !== "AUTHORIZED" ? known.authorizationAmount : known.completedAmount,
      ...changes,
    });
  };
  const operations = createServiceOperations({ transactions, call, move });
  const checkout = createServiceCheckout({ transactions, bodies, call, move });
  const tills = createServiceTerminals({ transactions, call, move });
  const double: ServiceDouble = {
    transactions,
    bodies,
    requests,
    late,
    before: async () => undefined,
    failNext: (method, fault) => void faults.set(method, fault),
    move,
    operations,
    checkout,
    tills,
    client: { ...client, ...operations.client, ...checkout.client, ...tills.client } as SpaceClient,
  };
  return double;
}
