import type { Peer } from "@checkout-plugins/core";

const localAddresses = ["127.0.0.1", "::1", "::ffff:127.0.0.1"];
const localNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Does a browser on this machine ask? Not one behind a proxy on this machine, and not a page elsewhere whose name was
 * made to lead here: both show in the headers.
 */
export function isLocal(request: Request, peer: Peer): boolean {
  const isForwarded = ["forwarded", "x-forwarded-for", "x-forwarded-host", "via"].some((name) =>
    request.headers.has(name),
  );
  return !isForwarded && localAddresses.includes(peer.address) && localNames.includes(new URL(request.url).hostname);
}
