import type { SpaceId } from "@checkout-plugins/client";
import {
  type Clock,
  type Core,
  type CoreParts,
  createCore,
  type PaymentStore,
  type Shop,
  type ShopAdapter,
  type ShopId,
} from "@checkout-plugins/core";
import type { Process, Scheduler } from "./scheduler.ts";
import type { Wire } from "./world-client.ts";

export const shopId = "demo" as ShopId;
export const liveSpace = "70001" as SpaceId;
export const testSpace = "70002" as SpaceId;

/** One process of the gateway: its own core over the store that all share. */
export interface Gateway extends Process {
  readonly core: Core;
  readonly store: PaymentStore;
  kill(): void;
}

/** Before or after each call of the store the process may wait for its turn, and be killed there. */
export function withTurns(store: PaymentStore, process: Process, scheduler: Scheduler): PaymentStore {
  const wrap =
    (name: string, method: (...given: unknown[]) => Promise<unknown>) =>
    async (...given: unknown[]) => {
      await scheduler.turn(process, `before ${name}`);
      const answer = await method(...given);
      await scheduler.turn(process, `after ${name}`);
      return answer;
    };
  const methods = Object.entries(store).map(([name, method]) => [name, wrap(name, method)]);
  return Object.fromEntries(methods) as PaymentStore;
}

export interface GatewayParts {
  readonly name: string;
  readonly store: PaymentStore;
  readonly clock: Clock;
  readonly wire: Omit<Wire, "process">;
  readonly doublePayment: Shop["doublePayment"];
  readonly createId: () => string;
  readonly logger: CoreParts["logger"];
  readonly connect: (wire: Wire) => Pick<Shop, "live" | "test"> & { readonly adapter: ShopAdapter };
}

export function createGateway(parts: GatewayParts): Gateway {
  let isKilled = false;
  const process: Process = { name: parts.name, isDead: () => isKilled };
  const store = withTurns(parts.store, process, parts.wire.scheduler);
  const shop: Shop = {
    id: shopId,
    ...parts.connect({ ...parts.wire, process }),
    keys: { find: async () => ({ kind: "unknown" }) },
    doublePayment: parts.doublePayment,
  };
  const core = createCore({
    store,
    clock: parts.clock,
    shops: {
      find: async (id) => (id === shopId ? shop : null),
      findBySpace: async (space) => (space === liveSpace || space === testSpace ? shop : null),
    },
    createId: parts.createId,
    random: () => parts.wire.random.next(),
    logger: parts.logger,
  });
  return {
    ...process,
    core,
    store,
    kill() {
      isKilled = true;
    },
  };
}
