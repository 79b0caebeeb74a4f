import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

export interface Certified {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  /** PEM of the root and the intermediate. */
  readonly chain: readonly string[];
  /** A certificate for a client, or for the server `localhost`; valid around `on` unless said otherwise. */
  issue(name: string, changes?: Partial<Issue>): Promise<Certified>;
}

export interface Issue {
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly use: "client" | "server";
}

const day = 24 * 60 * 60 * 1000;

async function toPem(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key)).toString("base64");
  return `-----BEGIN PRIVATE KEY-----\n${bytes.replace(/(.{64})/g, "$1\n").trim()}\n-----END PRIVATE KEY-----\n`;
}

const createKeys = () => webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

/** A root, an intermediate below it, and what that issues. */
export async function createAuthority(name: string, on: number): Promise<Authority> {
  x509.cryptoProvider.set(webcrypto);
  const years = { notBefore: new Date(on - 400 * day), notAfter: new Date(on + 4000 * day) };
  const isCa = [new x509.BasicConstraintsExtension(true, undefined, true)];
  const rootKeys = await createKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: `CN=${name} Root`,
    keys: rootKeys,
    signingAlgorithm: algorithm,
    extensions: isCa,
    ...years,
  });
  const keys = await createKeys();
  const between = await x509.X509CertificateGenerator.create({
    serialNumber: "02",
    subject: `CN=${name} Intermediate`,
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: isCa,
    ...years,
  });
  let serial = 2;
  return {
    chain: [root.toString("pem"), between.toString("pem")],
    async issue(subject, changes = {}) {
      serial += 1;
      const { notBefore = new Date(on - day), notAfter = new Date(on + 365 * day), use = "client" } = changes;
      const own = await createKeys();
      const purpose = use === "client" ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth;
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serial.toString(16).padStart(2, "0"),
        subject: `CN=${subject}`,
        issuer: between.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: algorithm,
        extensions: [
          new x509.ExtendedKeyUsageExtension([purpose]),
          new x509.SubjectAlternativeNameExtension([{ type: "dns", value: "localhost" }]),
        ],
        notBefore,
        notAfter,
      });
      return { cert: certificate.toString("pem"), key: await toPem(own.privateKey) };
    },
  };
}
