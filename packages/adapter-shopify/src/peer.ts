import { X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { ServerOptions } from "node:https";
import { isIP } from "node:net";
import { TLSSocket } from "node:tls";
import type { Peer } from "@checkout-plugins/core";

/** How Shopify is known by its client certificate. Its leaf changes each year, so the chain is pinned and never the leaf. */
export interface PeerTrust {
  /** Shopify's CA chain as PEM: roots and intermediates (https://shopify.dev/docs/apps/build/payments/considerations). */
  readonly ca: readonly string[];
  /** Addresses of proxies that end TLS before us. From nobody else the header counts for anything. */
  readonly proxies: readonly string[];
  /** In which a proxy passes the certificate on: PEM, encoded as a part of an address. */
  readonly header: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** For `https.createServer`, where no proxy stands before us: asks for a certificate, and lets buyers in without one. */
export function toTlsOptions(trust: Pick<PeerTrust, "ca">, own: Pick<ServerOptions, "key" | "cert">): ServerOptions {
  return { ...own, ca: [...trust.ca], requestCert: true, rejectUnauthorized: false, minVersion: "TLSv1.2" };
}

const clientAuthentication = "1.3.6.1.5.5.7.3.2";
const longestChain = 5;

/** Is it valid now, for a client, and issued by this chain? */
function isIssuedBy(leaf: X509Certificate, chain: readonly X509Certificate[], now: number): boolean {
  const isValid = ({ validFromDate, validToDate }: X509Certificate): boolean =>
    validFromDate.getTime() <= now && now <= validToDate.getTime();
  const usage: readonly string[] | undefined = leaf.keyUsage;
  if (!isValid(leaf) || leaf.ca || (usage !== undefined && !usage.includes(clientAuthentication))) return false;
  let current = leaf;
  for (let step = 0; step < longestChain; step += 1) {
    const issuer = chain.find(
      (one) => one.ca && current.checkIssued(one) && current.verify(one.publicKey) && isValid(one),
    );
    if (issuer === undefined) return false;
    if (issuer.checkIssued(issuer)) return true;
    current = issuer;
  }
  return false;
}

function toCertificate(certificate: X509Certificate): NonNullable<Peer["certificate"]> {
  const { issuer, subject, fingerprint256: fingerprint } = certificate;
  return { issuer, subject, fingerprint };
}

function readForwarded(value: string): X509Certificate | null {
  try {
    return new X509Certificate(decodeURIComponent(value));
  } catch {
    return null;
  }
}

/** Addresses of IPv4 that came over IPv6 are the same ones. */
function toAddress(remote: string | undefined): string {
  return (remote ?? "").replace(/^::ffff:/, "");
}

/**
 * Whom the proxies say they speak for: of the list, which anybody may begin as he likes, the last that is none of them.
 * What is no address is nobody's word.
 */
function toForwarded(forwarded: string, proxies: readonly string[]): string | undefined {
  const last = forwarded
    .split(",")
    .map((one) => toAddress(one.trim()))
    .findLast((one) => !proxies.includes(one));
  return last !== undefined && isIP(last) !== 0 ? last : undefined;
}

/**
 * Reads who is at the other end, before anything of the request is believed: behind the listed proxies by
 * X-Forwarded-For. A certificate that cannot be verified is none.
 */
export function createPeerReader(trust: PeerTrust): (incoming: IncomingMessage) => Peer {
  const chain = trust.ca.flatMap((pem) =>
    (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
      (one) => new X509Certificate(one),
    ),
  );
  return ({ socket, headers }) => {
    const address = toAddress(socket.remoteAddress);
    if (trust.proxies.includes(address)) {
      const value = headers[trust.header.toLowerCase()];
      const leaf = typeof value === "string" ? readForwarded(value) : null;
      const isTrusted = leaf !== null && isIssuedBy(leaf, chain, trust.now());
      const forwarded = toForwarded(String(headers["x-forwarded-for"] ?? ""), trust.proxies) ?? address;
      return { address: forwarded, certificate: isTrusted ? toCertificate(leaf) : null };
    }
    const leaf = socket instanceof TLSSocket && socket.authorized ? socket.getPeerX509Certificate() : undefined;
    return { address, certificate: leaf === undefined ? null : toCertificate(leaf) };
  };
}
