import type { Clock, Logger, Seconds, ShopId, ShopStore, SpaceId, Url } from "@checkout-plugins/core";
import type { Connection, Connections } from "./connections.ts";
import type { HostedShop, HostedShops } from "./shops.ts";

/** Seconds after which a process has seen at the latest what another one changed of the shops. */
const refreshEvery: Seconds = 60;

export interface ShopKeeperParts {
  readonly shops: HostedShops;
  readonly connections: Connections;
  /** What else is to be done now and then, and when somebody asked for it. */
  readonly chores: () => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Knows all shops at any time, and keeps their spaces connected. */
export interface ShopKeeper {
  /** As last read; the disabled ones too. */
  list(): readonly HostedShop[];
  spaces(): readonly SpaceId[];
  connections(): readonly Connection[];
  /** Reads the shops and connects their spaces to `url`. Resolves after the first try of each that is new. */
  start(url: Url, signal: AbortSignal): Promise<void>;
  /** Until the signal fires: learns of what others change. */
  run(signal: AbortSignal): Promise<void>;
  /** The same store, whose changes take effect here at once. */
  watch(store: ShopStore): ShopStore;
}

export function createShopKeeper({ shops, connections, chores, clock, logger }: ShopKeeperParts): ShopKeeper {
  let known = shops.fixed;
  let started: { readonly url: Url; readonly signal: AbortSignal } | null = null;

  const refresh = async (): Promise<void> => {
    known = await shops.list((shop, error) => logger.error("shop left out", { shop, why: toText(error) }));
    if (started === null || started.signal.aborted) return;
    const { url, signal } = started;
    const connectable = known.map((shop) => ({
      ...shop,
      isDisabled: isDisabled(shop),
      isUnique: shop.record !== null,
    }));
    await connections.update(connectable, (shop) => `${url}/shops/${shop}/webhooks` as Url, signal);
  };
  const refreshSafely = (): Promise<void> =>
    refresh().catch((error: unknown) => logger.error("shops not read", { why: toText(error) }));
  const doChores = (): Promise<void> =>
    chores().catch((error: unknown) => logger.error("chores not done", { why: toText(error) }));
  const changed = (shop: ShopId): void => {
    shops.forget(shop);
    void refreshSafely();
  };

  return {
    list: () => known,
    spaces: () => [...new Set(known.flatMap(({ live, test }) => [live, test].flatMap((one) => one?.space ?? [])))],
    connections: () => known.flatMap(({ id }) => connections.list(id)),
    async start(url, signal) {
      started = { url, signal };
      await refresh();
    },
    async run(signal) {
      while (!signal.aborted) {
        await doChores();
        await clock.sleep(refreshEvery, signal).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
        if (!signal.aborted) await refreshSafely();
      }
    },
    watch: (store) => ({
      ...store,
      async add(shop) {
        const added = await store.add(shop);
        if (added !== null) changed(added.id);
        return added;
      },
      async save(...given) {
        const id = await store.save(...given);
        changed(id);
        return id;
      },
      async change(id, version, change) {
        const saved = await store.change(id, version, change);
        changed(id);
        return saved;
      },
      async takePairing(...given) {
        const taken = await store.takePairing(...given);
        const pairing = await store.findPairing(given[0], given[1]);
        if (pairing !== undefined) changed(pairing.shop);
        return taken;
      },
      async forgetCustomer(...given) {
        await store.forgetCustomer(...given);
        void doChores();
      },
      async disable(id) {
        await store.disable(id);
        changed(id);
      },
    }),
  };
}

export function isDisabled({ record }: HostedShop): boolean {
  return record !== null && record.disabledOn !== null;
}

function toText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
