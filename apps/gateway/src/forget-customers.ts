import {
  addSeconds,
  type Clock,
  type Core,
  type Erasure,
  type Logger,
  type PaymentStore,
  type Seconds,
  type ShopDirectory,
  type ShopStore,
} from "@checkout-plugins/core";

export interface ForgetParts {
  readonly shops: Pick<ShopStore, "claimErasure" | "endErasure">;
  readonly directory: Pick<ShopDirectory, "find">;
  readonly core: Pick<Core, "runCommand">;
  readonly store: Pick<PaymentStore, "eraseBuyer">;
  readonly clock: Pick<Clock, "now">;
  readonly logger: Logger;
}

/** Before what failed, or found a payment in work, is tried again. */
const again: Seconds = 10 * 60;
const atOnce = 100;

/** Forgets all customers whom somebody asked to be forgotten: their stored means at the service, and who they are here. */
export async function forgetCustomers(parts: ForgetParts): Promise<void> {
  const { shops, clock, logger } = parts;
  for (;;) {
    const until = addSeconds(clock.now(), again);
    const erasure = await shops.claimErasure(clock.now(), until);
    if (erasure === null) return;
    const { shop } = erasure;
    try {
      const means = await forgetMeans(parts, erasure);
      const { erased, held } = await eraseAll(parts, erasure);
      logger.info("customer forgotten", { shop, count: erased + means, due: held });
      if (held === 0) await shops.endErasure(erasure, until);
    } catch (error) {
      logger.error("customer not forgotten, trying again", {
        shop,
        why: error instanceof Error ? error.message : String(error),
      });
    }
  }
}

/** @throws Error when one of them could not be deleted. */
async function forgetMeans({ directory, core }: ForgetParts, { shop, customer }: Erasure): Promise<number> {
  const connected = await directory.find(shop);
  let count = 0;
  for (const test of [false, true]) {
    if ((test ? connected?.test : connected?.live) == null) continue;
    const stored = await core.runCommand(shop, { kind: "stored", customer, test });
    for (const { id } of stored.kind === "successful" ? stored.answer : []) {
      const { kind } = await core.runCommand(shop, { kind: "forget", customer, means: id, test });
      if (kind !== "successful") throw new Error(`The stored means ${id} could not be deleted: ${kind}.`);
      count += 1;
    }
  }
  return count;
}

async function eraseAll({ store, clock }: ForgetParts, { shop, customer }: Erasure) {
  let [erased, held] = [0, 0];
  for (let more = true; more; ) {
    const done = await store.eraseBuyer(shop, { customer }, clock.now(), atOnce);
    erased += done.erased;
    held = done.held;
    more = done.erased > 0;
  }
  return { erased, held };
}
