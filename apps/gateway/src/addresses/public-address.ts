import { BlockList, isIP } from "node:net";

/** Ranges that are no host of the open internet: https://www.iana.org/assignments/iana-ipv4-special-registry */
const notPublic4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;
/** Within 2000::/3, outside of which nothing is public; those that carry an IPv4 address too. */
const notPublic6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

export type IsAllowed = (address: string) => boolean;

/** Does this IP address belong to the open internet: not to this machine, its network or a cloud's metadata? */
export function createPublicAddresses(): IsAllowed {
  const refused = new BlockList();
  for (const [net, bits] of notPublic4) refused.addSubnet(net, bits, "ipv4");
  for (const [net, bits] of notPublic6) refused.addSubnet(net, bits, "ipv6");
  const global6 = new BlockList();
  global6.addSubnet("2000::", 3, "ipv6");
  return (address) => {
    if (isIP(address) === 4) return !refused.check(address, "ipv4");
    return isIP(address) === 6 && global6.check(address, "ipv6") && !refused.check(address, "ipv6");
  };
}
