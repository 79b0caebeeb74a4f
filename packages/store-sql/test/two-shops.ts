import type {
  AttemptId,
  CommandId,
  EntityRow,
  Hint,
  Lease,
  Money,
  OrderGroup,
  Payment,
  PaymentId,
  PaymentReference,
  PaymentStore,
  ServiceId,
  ShopId,
  SpaceId,
} from "@checkout-plugins/core";
import { anAttempt, later } from "./values.ts";

/** One of two shops that have the same order numbers, transaction ids, refund ids and groups. */
interface Tenant {
  readonly shop: ShopId;
  readonly space: SpaceId;
}

const tenants: readonly [Tenant, Tenant] = [
  { shop: "shop-a" as ShopId, space: "70001" as SpaceId },
  { shop: "shop-b" as ShopId, space: "70002" as SpaceId },
];
const orders = 40;

/** Uniform in [0, below), the same in every run. */
function createNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const toReference = (number: number): PaymentReference => `order-${number}` as PaymentReference;
const toTransaction = (number: number): ServiceId => String(900_000 + number) as ServiceId;
const toGroup = (number: number): OrderGroup => `group-${number % 10}` as OrderGroup;
const toId = ({ shop }: Tenant, number: number): PaymentId => `${shop}-payment-${number}` as PaymentId;

/** Everything that one shop is told names only itself; what does not is written down. */
function createInspector() {
  const leaks: string[] = [];
  const mustBe = (what: string, tenant: Tenant, text: unknown): void => {
    const [one, other] = tenants;
    const strange = tenant === one ? other : one;
    const told = JSON.stringify(text);
    if (told.includes(strange.shop) || told.includes(`"${strange.space}"`))
      leaks.push(`${what}: ${told.slice(0, 200)}`);
  };
  return { leaks, mustBe };
}

/**
 * So many random operations of two shops on one store, each as its own shop or worker would do it. Answers what one was
 * told of the other.
 */
export async function mixTwoShops(store: PaymentStore, operations: number, seed: number): Promise<readonly string[]> {
  const next = createNumbers(seed);
  const { leaks, mustBe } = createInspector();
  for (const tenant of tenants) {
    for (let number = 0; number < orders; number += 1) {
      await store.open(toId(tenant, number), tenant.shop, toReference(number), toGroup(number), later(0));
      await work(store, tenant, number, 0);
    }
  }
  for (let second = 1; second <= operations; second += 1) {
    const tenant = tenants[next(2)] as Tenant;
    const number = next(orders);
    const now = later(second);
    switch (next(9)) {
      case 0:
        mustBe("open", tenant, await store.open(toId(tenant, number), tenant.shop, toReference(number), null, now));
        break;
      case 1:
        mustBe("read", tenant, await store.read(tenant.shop, toReference(number)));
        break;
      case 2:
        mustBe("list", tenant, await store.list(tenant.shop, { after: null, limit: 5 }));
        break;
      case 3:
        mustBe("siblings", tenant, await store.siblings(tenant.shop, toGroup(number)));
        break;
      case 4:
        mustBe("findings", tenant, (await store.findings(tenant.shop)).slice(-3));
        break;
      case 5:
        await store.addHints([aHint(tenant, number)], now);
        break;
      case 6:
        await inspectClaims(store, second, mustBe);
        break;
      case 7:
        mustBe("sweep", tenant, await sweep(store, tenant, second));
        break;
      default:
        mustBe("work", tenant, await work(store, tenant, number, second));
    }
  }
  return leaks;
}

function aHint({ space, shop }: Tenant, number: number): Hint {
  return { entity: "transaction", id: toTransaction(number), space, state: shop, reading: null };
}

async function sweep(store: PaymentStore, { space, shop }: Tenant, second: number) {
  const claimed = await store.claimSweep(space, "refund", shop, later(second), later(second + 60));
  if (claimed === null) return null;
  const after = `refund of ${shop}` as ServiceId;
  await store.recordSweep(space, "refund", shop, after, [], later(second), later(second + 20));
  return claimed;
}

async function inspectClaims(
  store: PaymentStore,
  second: number,
  mustBe: (what: string, tenant: Tenant, text: unknown) => void,
): Promise<void> {
  const limit = { total: 4, perShop: 2 };
  for (const lease of await store.claim("worker", later(second), later(second + 60), limit)) {
    const tenant = tenants.find(({ shop }) => shop === lease.row.shop) as Tenant;
    mustBe("claim", tenant, lease);
    await record(store, lease, tenant, second);
    await store.release(lease);
  }
}

/** Leases, writes into everything that a payment has, and answers what the lease held. */
async function work(store: PaymentStore, tenant: Tenant, number: number, second: number): Promise<Lease | null> {
  const lease = await store.lease(toId(tenant, number), `${tenant.shop}-worker`, later(second), later(second + 60));
  if (lease === null) return null;
  if (lease.attempts.length === 0) {
    const attempt = anAttempt(number, {
      id: toAttempt(tenant, number),
      space: tenant.space,
      transaction: toTransaction(number),
    });
    await store.saveAttempt(lease, attempt);
  }
  await record(store, lease, tenant, second);
  await store.release(lease);
  return lease;
}

function toAttempt({ shop }: Tenant, number: number): AttemptId {
  return `${shop}-attempt-${number}` as AttemptId;
}

async function record(store: PaymentStore, lease: Lease, tenant: Tenant, second: number): Promise<void> {
  const { row } = lease;
  const payment = {
    id: row.id,
    reference: row.reference,
    revision: row.revision + 1,
    of: tenant.shop,
  } as unknown as Payment;
  const number = Number(row.reference.split("-")[1]);
  const refund: EntityRow = {
    entity: "refund",
    id: String(930_000 + number) as ServiceId,
    snapshot: tenant.shop,
    final: true,
  };
  const command = {
    id: `${tenant.shop}-command-${number}` as CommandId,
    attempt: toAttempt(tenant, number),
    kind: "refund",
    shopKeys: [],
    origin: "shop",
    body: tenant.shop,
    amount: { minor: 5, currency: "CHF" } as Money,
    lines: null,
    on: later(second),
  } as const;
  const known = lease.commands.some(({ id }) => id === command.id);
  await store.recordTruth(lease, {
    payment: { ...payment, findings: [] },
    entities: [refund],
    owed: known ? [] : [command],
    staleReads: 0,
    hintsSeen: true,
    lookAt: later(second + 10),
    now: later(second),
  });
  const finding = { key: "orphan", kind: "orphan", detail: tenant.shop, amount: null } as const;
  const shown = { revision: payment.revision, receipt: tenant.shop, next: null, showAt: null };
  await store.recordShown(lease, { ...shown, findings: second % 50 === 0 ? [finding] : [], now: later(second) });
}
