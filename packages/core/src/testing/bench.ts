import type { ServiceId, SpaceClient, TransactionState } from "@checkout-plugins/client";
import type {
  AnswerStore,
  CoreParts,
  Hint,
  Json,
  Payment,
  PaymentReference,
  PaymentStore,
  Shop,
  ShopCapabilities,
  ShopId,
  ShopOrder,
  Shown,
  StartCommand,
  Url,
} from "../contract/index.ts";
import { createCore } from "../core.ts";
import { createMemoryStore } from "../memory-store.ts";
import { anOrder, space } from "./rows.ts";
import { createServiceDouble, type ServiceDouble } from "./service-double.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

/** A shop that remembers what it was told, and refuses a lower revision as every shop must. */
export interface ShopDouble {
  readonly shown: Payment[];
  readonly attempts: Payment[];
  answer: (payment: Payment) => Shown<Json>;
}

export interface Bench {
  readonly core: ReturnType<typeof createCore>;
  readonly parts: CoreParts;
  readonly clock: TestClock;
  readonly service: ServiceDouble;
  readonly store: PaymentStore;
  readonly shop: ShopDouble;
  start(order?: ShopOrder, changes?: Partial<StartCommand>): ReturnType<ReturnType<typeof createCore>["startPayment"]>;
  hint(transaction: ServiceId, state: TransactionState | null): Promise<void>;
  /** Settles until nothing is due at this instant. */
  settleAll(): Promise<void>;
}

export const shopId = "demo" as ShopId;
export const reference = "order-1001" as PaymentReference;

export function aStart(order: ShopOrder = anOrder(), changes: Partial<StartCommand> = {}): StartCommand {
  return {
    kind: "start",
    reference,
    order,
    completion: "immediate",
    test: false,
    integration: "page",
    method: null,
    store: false,
    returnUrl: "https://shop.example.ch/orders/1001?paid" as Url,
    cancelUrl: "https://shop.example.ch/orders/1001?cancelled" as Url,
    ...changes,
  };
}

export interface BenchChanges {
  readonly wrapStore?: (store: PaymentStore) => PaymentStore;
  readonly retries?: ShopCapabilities["retries"];
  readonly terminals?: boolean;
  readonly answers?: AnswerStore;
  /** Those of another bench, beside which this one runs. */
  readonly service?: ServiceDouble;
  readonly clock?: TestClock;
}

/** Core on a memory store, a clock that stands, a service and a shop in this process. */
export function createBench(changes: BenchChanges = {}): Bench {
  const clock = changes.clock ?? createTestClock();
  const service = changes.service ?? createServiceDouble();
  const store = (changes.wrapStore ?? ((one) => one))(createMemoryStore());
  const shop: ShopDouble = {
    shown: [],
    attempts: [],
    answer: () => ({ kind: "shown", receipt: null }),
  };
  const directory: Shop = {
    id: shopId,
    live: service.client,
    test: null as SpaceClient | null,
    keys: { find: async () => ({ kind: "unknown" }) },
    doublePayment: "resolve",
    adapter: {
      contractVersion: 1,
      platform: "double",
      capabilities: {
        completion: "many",
        refund: "lines",
        review: true,
        storedMeans: true,
        terminals: changes.terminals ?? true,
        slow: true,
        retries: changes.retries ?? "sameReference",
        enters: { completion: true, void: true, refund: true },
      },
      async showPayment(payment) {
        shop.attempts.push(payment);
        const answer = shop.answer(payment);
        if (answer.kind === "shown") shop.shown.push(payment);
        return answer;
      },
    },
  };
  let ids = 0;
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const parts: CoreParts = {
    store,
    clock,
    shops: {
      find: async (id) => (id === shopId ? directory : null),
      findBySpace: async (one) => (one === space ? directory : null),
    },
    createId: () => {
      ids += 1;
      return `id-${String(ids).padStart(6, "0")}`;
    },
    random: () => 0.5,
    logger: silent,
    ...(changes.answers && { answers: changes.answers }),
  };
  const core = createCore(parts);
  return {
    core,
    parts,
    clock,
    service,
    store,
    shop,
    start: (order, more) => core.startPayment(shopId, aStart(order, more)),
    async hint(transaction, state) {
      const hint: Hint = { entity: "transaction", id: transaction, space, state, reading: null };
      await store.addHints([hint], clock.now());
    },
    async settleAll() {
      for (let round = 0; round < 50; round += 1) {
        if ((await core.settleDue({ total: 100, perShop: 100 })) === 0) return;
      }
      throw new Error("Something is due for ever: a hot loop");
    },
  };
}
