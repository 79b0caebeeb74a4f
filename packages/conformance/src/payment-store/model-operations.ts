import type {
  AttemptId,
  EntityRow,
  Hint,
  Lease,
  OrderGroup,
  PaymentId,
  PaymentStore,
  ServiceId,
  ShopId,
  ShopKey,
  SpaceId,
} from "@checkout-plugins/core";
import type { Twins } from "./model.ts";
import { type Plan, type PlannedHint, paymentCount } from "./model-plan.ts";
import { aCommand, aFinding, aHint, anAttempt, anEntity, aPayment, at, chf, toReference } from "./samples.ts";

const kinds = ["complete", "void", "refund", "review"] as const;
const entities = ["completion", "void", "refund", "deliveryIndication"] as const;

const shopOf = (number: number): ShopId => `shop-${number % 2}` as ShopId;
const spaceOf = (number: number): SpaceId => `7000${number % 2}` as SpaceId;
const transactionOf = (number: number, second: boolean): ServiceId =>
  `90${Math.floor(number / 2)}${second ? 1 : 0}` as ServiceId;
const entityOf = (number: number, kind: number): EntityRow => ({
  ...anEntity(entities[kind] ?? "refund", `93${Math.floor(number / 2)}${kind}`, {
    state: number % 2 === 0 ? "SUCCESSFUL" : "FAILED",
  }),
  final: number < 2,
});
const numberOf = ({ row }: Lease): number => Number(row.id.slice("payment-".length));

function toHint({ payment: number, kind, second, transaction, read }: PlannedHint): Hint {
  const [space, named] = [spaceOf(number), transactionOf(number, second)];
  if (transaction) return aHint(named, { space });
  const row = entityOf(number, kind);
  return aHint(row.id, { entity: row.entity, space, state: null, reading: read ? { transaction: named, row } : null });
}

/** Performs a plan on both stores, and answers what each of them then says of everything. */
export function toOperation(
  twins: Twins,
): (plan: Plan) => Promise<{ readonly model: unknown; readonly real: unknown }> {
  const sides = [createSide(twins.model), createSide(twins.real)] as const;
  return async (plan) => {
    const [model, real] = [await sides[0](plan), await sides[1](plan)];
    return { model, real };
  };
}

function createSide(store: PaymentStore): (plan: Plan) => Promise<unknown> {
  let [time, calls] = [0, 0];
  const leases: Lease[] = [];
  const claims: { readonly owner: string; readonly hints: readonly Hint[] }[] = [];
  const owners: string[] = [];
  const keep = (taken: readonly Lease[]): readonly Lease[] => {
    leases.push(...taken);
    return taken;
  };
  const perform = async (plan: Plan): Promise<unknown> => {
    const now = at(time);
    const until = at(time + 60);
    const owner = `owner-${calls}`;
    const lease = "lease" in plan ? leases.at(-1 - (plan.lease % Math.max(1, leases.length))) : undefined;
    if ("lease" in plan && lease === undefined) return "no lease yet";
    switch (plan.do) {
      case "wait":
        time += plan.seconds;
        return null;
      case "open":
        return store.open(
          `payment-${plan.payment}` as PaymentId,
          shopOf(plan.payment),
          toReference(Math.floor(plan.payment / 2)),
          "group" as OrderGroup,
          now,
        );
      case "lease": {
        const taken = await store.lease(`payment-${plan.payment}` as PaymentId, owner, now, until);
        return keep(taken === null ? [] : [taken]);
      }
      case "claim":
        return keep(await store.claim(owner, now, until, plan));
      case "claimStrangers": {
        const hints = await store.claimStrangers(owner, now, until, plan.most);
        claims.push({ owner, hints });
        return hints;
      }
      case "dropStrangers": {
        const claim = claims.at(-1 - (plan.claim % Math.max(1, claims.length)));
        return claim && store.dropStrangers(claim.owner, plan.all ? claim.hints : claim.hints.slice(0, 1));
      }
      case "addHints":
        return store.addHints(plan.hints.map(toHint), now);
      case "abandon":
        return store.abandon(`payment-${plan.payment}` as PaymentId, now);
      case "addCommand": {
        const command = aCommand(plan.id, {
          kind: kinds[plan.kind] ?? "refund",
          shopKeys: plan.key === null ? [] : [`key-${plan.key}` as ShopKey],
          amount: chf(plan.big ? 2000 : 1000),
        });
        const heldKeys = plan.held === null ? "all" : plan.held.map((key) => `key-${key}` as ShopKey);
        return store
          .addCommand(`payment-${plan.payment}` as PaymentId, command, heldKeys, now)
          .catch((error: unknown) => `${error}`);
      }
      case "claimSweep":
        owners.push(owner);
        return store.claimSweep(spaceOf(plan.shop), "refund", owner, now, until);
      case "recordSweep": {
        const found = [toHint({ payment: plan.payment, kind: 2, second: false, transaction: false, read: true })];
        const sweeper = owners.at(-1 - (plan.owner % Math.max(1, owners.length))) ?? "nobody";
        return store.recordSweep(
          spaceOf(plan.shop),
          "refund",
          sweeper,
          `${calls}` as ServiceId,
          found,
          now,
          at(time + 5),
        );
      }
      default:
        return lease && underLease(plan, lease);
    }
  };
  const underLease = async (plan: Extract<Plan, { lease: number }>, lease: Lease): Promise<unknown> => {
    const now = at(time);
    const number = numberOf(lease);
    switch (plan.do) {
      case "release":
        return store.release(lease);
      case "enter":
        return store.enter(lease, plan.show ? "show" : "look");
      case "schedule":
        return store.schedule(lease, at(time + plan.after));
      case "saveAttempt": {
        const id = `attempt-${number}-${plan.second}` as AttemptId;
        const transaction = plan.named ? transactionOf(number, plan.second) : null;
        return store.saveAttempt(lease, anAttempt(number, { id, space: spaceOf(number), transaction, on: now }));
      }
      case "saveCommand": {
        const command = lease.commands.at(plan.which % Math.max(1, lease.commands.length));
        if (command === undefined) return "no command yet";
        const serviceId = plan.known ? entityOf(number, kinds.indexOf(command.kind)).id : null;
        return store.saveCommand(lease, {
          ...command,
          state: plan.known ? "known" : "open",
          serviceId,
          sends: calls,
          doneIn: calls % 3,
        });
      }
      case "recordTruth":
        return store.recordTruth(lease, {
          payment: aPayment(lease.row, lease.row.revision + (plan.isNew ? 1 : 0), {
            findings: plan.findings.map((kind) => aFinding(kind)),
          }),
          entities: plan.entities.map((kind) => entityOf(number, kind)),
          owed: plan.owes ? [aCommand(100, { origin: "core", shopKeys: [] })] : [],
          staleReads: calls,
          hintsSeen: plan.seen,
          lookAt: plan.after === null ? null : at(time + plan.after),
          now,
        });
      case "recordShown":
        return store.recordShown(lease, {
          revision: Math.max(0, lease.row.revision + 1 - plan.behind),
          receipt: calls,
          next: null,
          showAt: plan.after === null ? null : at(time + plan.after),
          findings: plan.findings.map((kind) => aFinding(kind)),
          now,
        });
      case "recordFault":
        return store.recordFault(lease, {
          step: plan.look ? "look" : "show",
          at: at(time + 7),
          findings: plan.findings.map((kind) => aFinding(kind)),
          now,
        });
    }
  };
  return async (plan) => {
    calls += 1;
    return { answer: (await perform(plan)) ?? null, everything: await readAll(store) };
  };
}

async function readAll(store: PaymentStore): Promise<unknown> {
  const all = await Promise.all(
    Array.from({ length: paymentCount }, (_, number) =>
      store.read(shopOf(number), toReference(Math.floor(number / 2))),
    ),
  );
  const findings = (await Promise.all([store.findings(shopOf(0)), store.findings(shopOf(1))])).flat();
  const siblings = (
    await Promise.all([0, 1].map((number) => store.siblings(shopOf(number), "group" as OrderGroup)))
  ).flat();
  return { all, findings: sorted(findings), siblings: sorted(siblings) };
}

function sorted<One>(rows: readonly One[]): readonly One[] {
  return rows.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
