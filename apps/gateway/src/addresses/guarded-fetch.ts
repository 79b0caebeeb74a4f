import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, fetch as undiciFetch } from "undici";
import { createPublicAddresses, type IsAllowed } from "./public-address.ts";

export interface AddressGuardSettings {
  /** Also http, and addresses of this machine and its network: for systems that stand beside the gateway. */
  readonly allowPrivate: boolean;
  /** Default: the system's. */
  readonly lookup?: LookupFunction;
}

/** Thrown before a byte is sent; says what is wrong with the address. */
export class RefusedAddressError extends Error {
  override readonly name = "RefusedAddressError";
}

const hint = "Use a public https address; or, for a system beside the gateway, set PRIVATE_ADDRESSES=allow.";

export interface AddressGuard {
  /**
   * As `fetch`, for addresses that somebody entered: connects to public addresses only, to exactly the one that was
   * checked, and follows no redirect.
   *
   * @throws RefusedAddressError, as the cause of a TypeError where a name leads to a private address.
   */
  readonly fetch: typeof globalThis.fetch;
  /** @throws RefusedAddressError when it cannot be one to which we connect, whatever its name leads to. */
  check(address: string): void;
}

/** Keeps the gateway from calling what only it can reach. */
export function createAddressGuard({ allowPrivate, lookup }: AddressGuardSettings): AddressGuard {
  const isPublic = createPublicAddresses();
  const isAllowed: IsAllowed = (address) => allowPrivate || isPublic(address);
  const dispatcher = new Agent({ connect: { lookup: guardLookup(lookup ?? systemLookup, isAllowed), timeout: 5000 } });
  const guarded = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const url = toAllowedUrl(input, allowPrivate, isAllowed);
    const redirect = init?.redirect === "error" ? "error" : "manual";
    const given = { ...init, redirect, dispatcher } as Parameters<typeof undiciFetch>[1];
    return (await undiciFetch(url, given)) as unknown as Response;
  };
  return {
    fetch: guarded as typeof globalThis.fetch,
    check: (address) => void toAllowedUrl(address, allowPrivate, isAllowed),
  };
}

function toAllowedUrl(input: string | URL | Request, allowPrivate: boolean, isAllowed: IsAllowed): URL {
  if (input instanceof Request) throw new TypeError("Give the address as a text or URL");
  const text = String(input);
  // What a URL parser mends in silence is not what its author meant.
  if (/[\s\\\p{Cc}]/u.test(text) || !URL.canParse(text)) {
    throw new RefusedAddressError(`It is no valid address. ${hint}`);
  }
  const url = new URL(text);
  const schemes = allowPrivate ? ["https:", "http:"] : ["https:"];
  if (!schemes.includes(url.protocol)) throw new RefusedAddressError(`It must begin with https://. ${hint}`);
  if (url.username !== "" || url.password !== "") {
    throw new RefusedAddressError(`It must have no user and no password. ${hint}`);
  }
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) !== 0 && !isAllowed(host)) throw new RefusedAddressError(`${host} is a private address. ${hint}`);
  return url;
}

/** Looks up once per connection; what was checked is what is connected to. */
function guardLookup(lookup: LookupFunction, isAllowed: IsAllowed): LookupFunction {
  return (name, options, answer) => {
    lookup(name, { ...options, all: true }, (error, found) => {
      const addresses = Array.isArray(found) ? found : [];
      const refused = addresses.find(({ address }) => !isAllowed(address));
      if (error !== null) return answer(error, []);
      if (refused !== undefined) {
        return answer(new RefusedAddressError(`${name} leads to ${refused.address}, a private address. ${hint}`), []);
      }
      const [first] = addresses;
      if (options.all === true || first === undefined) return answer(null, addresses);
      answer(null, first.address, first.family);
    });
  };
}
