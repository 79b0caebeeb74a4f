import { isIPv6 } from "node:net";
import type { Peer, Seconds, ShopId } from "@checkout-plugins/core";
import { createTokenBuckets } from "./token-buckets.ts";

/** Keeps strangers from making the gateway work at the doors that anybody may knock at. */
export interface DoorLimits {
  /** null: go on. Else: not now, but in so many seconds. */
  takeOfPeer(request: Request, peer: Peer): Seconds | null;
  takeOfShop(shop: ShopId): Seconds | null;
}

/** A person and whoever shares his address; the pages ask Shopify, so they are what is worth guarding. */
const people = { burst: 60, perSecond: 1 };
/** A platform's servers, few for all of its shops, who sign what they send. */
const servers = { burst: 600, perSecond: 50 };
/** Everybody who comes for one shop, from wherever: more than the orders of its best minute. */
const shops = { burst: 300, perSecond: 20 };

/** @param now milliseconds since 1970. */
export function createDoorLimits(now: () => number): DoorLimits {
  const [ofPeople, ofServers, ofShops] = [people, servers, shops].map((one) => createTokenBuckets({ ...one, now }));
  return {
    takeOfPeer(request, { address, certificate }) {
      if (certificate !== null) return null; // it has shown who it is
      const isRead = request.method === "GET" || request.method === "HEAD";
      return (isRead ? ofPeople : ofServers)?.take(toCaller(address)) ?? null;
    },
    takeOfShop: (shop) => ofShops?.take(shop) ?? null,
  };
}

/** Of IPv6 everybody has a whole network of 64 bits to call from. */
export function toCaller(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - after.length)).fill("0");
  return [...groups, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
