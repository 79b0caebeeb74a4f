import { readFileSync } from "node:fs";
import { createPeerReader, toTlsOptions } from "@checkout-plugins/adapter-shopify";
import { EnvironmentError } from "../environment.ts";
import type { ListenSettings } from "../listen.ts";
import type { ShopifyEnvironment } from "./environment.ts";

/** @throws EnvironmentError that names the variable and the file. */
function read(variable: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new EnvironmentError(`${variable} names ${file}, which cannot be read: ${(error as Error).message}`);
  }
}

/**
 * How the gateway knows who calls: by a client certificate that this server or a listed proxy was shown.
 *
 * @throws EnvironmentError when a file cannot be read, or holds no certificate.
 */
export function readDoor(
  environment: Omit<ShopifyEnvironment, "app" | "shop">,
  now: () => number,
): Pick<ListenSettings, "readPeer" | "tls"> {
  const { caFile, certificateHeader: header, trustedProxies: proxies, tls } = environment;
  const chain = caFile === null ? [] : [read("SHOPIFY_CA_FILE", caFile)];
  if (caFile !== null && !chain[0]?.includes("-----BEGIN CERTIFICATE-----")) {
    throw new EnvironmentError(`SHOPIFY_CA_FILE names ${caFile}, which holds no certificate as PEM.`);
  }
  const own = tls && { cert: read("TLS_CERT_FILE", tls.certFile), key: read("TLS_KEY_FILE", tls.keyFile) };
  return {
    readPeer: createPeerReader({ ca: chain, proxies, header, now }),
    tls: own && toTlsOptions({ ca: chain }, own),
  };
}
