import type { CommandResult, Commands, Money, Payment, PaymentReference, ShopKey } from "@checkout-plugins/core";
import type { FaultRequest, TransactionSummary } from "@checkout-plugins/simulator";
import { anOrder, aStart, chf } from "./bench.ts";
import type { SmallWorld, Trouble } from "./small-world.ts";

type Result = CommandResult | Error;

/** What goes wrong between us and the service, four times in a row. */
export interface ServiceFault {
  readonly name: string;
  readonly fault?: Pick<FaultRequest, "kind" | "status" | "retryAfter" | "duration">;
  readonly network?: Trouble["network"];
  /** The operation that may rightly be told as failed, although it had its effect. */
  readonly refuses?: string;
}

const status = (code: number, retryAfter?: number): ServiceFault => ({
  name: `${code}${retryAfter === undefined ? "" : " with Retry-After"}`,
  fault: { kind: "status", status: code, ...(retryAfter !== undefined && { retryAfter }) },
});
const kind = (name: FaultRequest["kind"]): ServiceFault => ({ name, fault: { kind: name, duration: "PT5S" } });

export const serviceFaults: readonly ServiceFault[] = [
  kind("cutBefore"),
  kind("cutAfter"),
  kind("hangBefore"),
  kind("hangAfter"),
  kind("lateCreate"),
  kind("delay"),
  status(409),
  status(423),
  status(429),
  status(429, 30),
  status(500),
  status(502),
  status(503, 60),
  status(504),
  kind("truncated"),
  kind("webPage"),
  kind("empty"),
  kind("wrongType"),
  kind("huge"),
  kind("drip"),
  // A void takes no key, so that the service refuses the second: the shop is told that, and shows what is true.
  { ...kind("twice"), refuses: "void" },
  kind("stale"),
  { name: "clock skew", network: "skew" },
  { name: "DNS", network: "dns" },
  { name: "TLS", network: "tls" },
];

const waiting: readonly string[] = ["hangBefore", "hangAfter", "delay"];

interface Ordered {
  readonly reference: PaymentReference;
  readonly start: Commands["start"];
}

/** What a shop or a merchant does while it goes wrong. */
export interface ShopOperation {
  readonly name: string;
  prepare(world: SmallWorld, order: Ordered): Promise<void>;
  /** Done once while it goes wrong, and again until it has its answer. */
  run(world: SmallWorld, order: Ordered): Promise<Result>;
  /** When all is over, before the last look. */
  finish?(world: SmallWorld, order: Ordered): Promise<void>;
  /** What the shop must show in the end. */
  readonly shown: Partial<Pick<Payment, "standing">> & { readonly [Key in "completed" | "refunded"]?: Money };
  /** Commands that must have had one effect each. */
  readonly operations: number;
}

const none = async (): Promise<void> => undefined;
const total = chf(2995);
const write = { heldKeys: "all", shopKey: "press-1" as ShopKey } as const;

async function transactionsOf(world: SmallWorld, { reference }: Ordered): Promise<readonly TransactionSummary[]> {
  return (await world.simulator.transactions()).filter(({ merchantReference }) => merchantReference === reference);
}

async function begin(world: SmallWorld, { start }: Ordered): Promise<Result> {
  return world.run(start);
}

/** The buyer pays at the address he was given. */
async function pay(world: SmallWorld, order: Ordered): Promise<void> {
  let given = await world.run(order.start);
  for (let tries = 0; tries < 5 && !isAnswered(given); tries += 1) {
    await world.pass(60);
    given = await world.run(order.start);
  }
  const url = given instanceof Error || given.kind !== "successful" ? null : given.answer;
  const [paid] = (await transactionsOf(world, order)).filter(
    ({ id }) => url?.kind === "redirect" && url.url.includes(`/${id}`),
  );
  if (paid === undefined) throw new Error(`The buyer of ${order.reference} has no address`);
  await world.simulator.buyer(paid.id, { action: "pay" });
}

async function sell(world: SmallWorld, order: Ordered): Promise<void> {
  await begin(world, order);
  await pay(world, order);
  await world.pass(60);
}

const deferred = { completion: "deferred" } as const;

export const shopOperations: readonly (ShopOperation & { readonly changes?: Partial<Commands["start"]> })[] = [
  { name: "start", prepare: none, run: begin, finish: pay, shown: { standing: "paid" }, operations: 0 },
  {
    name: "update",
    prepare: async (world, order) => void (await begin(world, order)),
    run: (world, { reference, start }) => world.run({ kind: "update", reference, order: start.order }),
    finish: pay,
    shown: { standing: "paid" },
    operations: 0,
  },
  {
    name: "return",
    async prepare(world, order) {
      await begin(world, order);
      await pay(world, order);
    },
    run: (world, { reference }) => world.run({ kind: "return", reference }),
    shown: { standing: "paid" },
    operations: 0,
  },
  {
    name: "methods",
    prepare: async (world, order) => void (await begin(world, order)),
    run: (world, { reference, start: { order } }) =>
      world.run({
        kind: "methods",
        reference,
        order,
        integration: "page",
        language: null,
        test: false,
        explain: false,
      }),
    finish: pay,
    shown: { standing: "paid" },
    operations: 0,
  },
  {
    name: "complete",
    changes: deferred,
    prepare: sell,
    run: (world, { reference }) =>
      world.run({ ...write, kind: "complete", reference, amount: total, lines: null, last: true }),
    shown: { standing: "paid", completed: total },
    operations: 1,
  },
  {
    name: "void",
    changes: deferred,
    prepare: sell,
    run: (world, { reference }) => world.run({ ...write, kind: "void", reference, whenCompleted: "refuse" }),
    shown: { standing: "voided" },
    operations: 1,
  },
  {
    name: "refund",
    prepare: sell,
    run: (world, { reference }) =>
      world.run({ ...write, kind: "refund", reference, amount: chf(1000), lines: null, reason: null, offline: false }),
    shown: { standing: "paid", refunded: chf(1000) },
    operations: 1,
  },
  {
    name: "sweep",
    async prepare(world, order) {
      await sell(world, order);
      const [sold] = await transactionsOf(world, order);
      await world.pass(1000);
      await world.simulator.backOffice(sold?.id ?? "", { action: "refund", amount: "5.00" });
    },
    async run(world) {
      await world.sweep();
      return { kind: "pending", operation: null, payment: null };
    },
    finish: async (world) => {
      await world.pass(1000);
      await world.sweep();
    },
    shown: { standing: "paid", refunded: chf(500) },
    operations: 1,
  },
];

/** What came of one cell: null when it is right, else what is not. `finding`: a person was told instead. */
export async function tryCell(
  world: SmallWorld,
  { fault, network = "up", refuses }: ServiceFault,
  operation: (typeof shopOperations)[number],
  number: number,
): Promise<{ readonly wrong: string | null; readonly findings: readonly string[] }> {
  const reference = `order-${number}` as PaymentReference;
  const order: Ordered = {
    reference,
    start: aStart({ ...operation.changes, reference, order: { ...anOrder(), merchantReference: reference } }),
  };
  await operation.prepare(world, order);
  if (fault !== undefined) await world.simulator.addFaults({ on: "request", times: 4, ...fault });
  world.trouble({ network, hangs: waiting.includes(fault?.kind ?? "") });
  const first = await operation.run(world, order);
  await world.pass(20);
  await world.simulator.clearFaults();
  world.trouble({ network: "up", hangs: false });
  for (let tries = 0, last = first; !isAnswered(last) && tries < 10; tries += 1) {
    await world.pass(60);
    last = await operation.run(world, order);
  }
  await operation.finish?.(world, order);
  await world.pass(1200, 300);
  const findings = (await world.findings()).filter(({ payment }) => payment === world.shown.get(reference)?.at(-1)?.id);
  return {
    wrong: await judge(world, order, operation, refuses === operation.name),
    findings: findings.map(({ kind: what }) => what),
  };
}

function isAnswered(result: Result): boolean {
  return !(result instanceof Error) && result.kind !== "failed";
}

/** The shop against the service, both asked themselves. */
async function judge(
  world: SmallWorld,
  order: Ordered,
  operation: ShopOperation,
  mayFail: boolean,
): Promise<string | null> {
  const payment = world.shown.get(order.reference)?.at(-1);
  if (payment === undefined) return "the shop shows nothing";
  const withMoney = (await transactionsOf(world, order)).filter(({ state }) =>
    ["AUTHORIZED", "COMPLETED", "FULFILL", "VOIDED"].includes(state),
  );
  const [one] = withMoney;
  if (one === undefined || withMoney.length > 1) return `${withMoney.length} transactions were paid`;
  if (payment.governing?.transaction !== one.id) return "another transaction governs than the one that was paid";
  const refunded = Math.round(Number(one.refundedAmount) * 100);
  if (refunded !== payment.refunded.minor)
    return `the service refunded ${refunded}, the shop ${payment.refunded.minor}`;
  if (payment.operations.length !== operation.operations) return `${payment.operations.length} operations`;
  if (!mayFail && payment.operations.some(({ state }) => state !== "successful")) return "an operation did not succeed";
  for (const [name, value] of Object.entries(operation.shown)) {
    const is = payment[name as keyof Payment];
    if (JSON.stringify(is) !== JSON.stringify(value)) return `${name} is ${JSON.stringify(is)}`;
  }
  return null;
}
