import { isSecret } from "@checkout-plugins/shop-protocol";
import { z } from "zod";

export interface Environment {
  /** null: 4000, or the next one that is free. */
  readonly PORT: number | null;
  readonly HOST: string;
  /** Where buyers reach the shop; null: the address it listens on. */
  readonly SHOP_URL: string | null;
  readonly GATEWAY_URL: string;
  readonly SHOP_ID: string;
  readonly SHOP_SECRET: string;
  /** A test shop is paid with test money only. */
  readonly SHOP_ENVIRONMENT: "test" | "live";
}

const port = z.coerce.number().int().min(0).max(65535);
const address = z.url({ protocol: /^https?$/, error: "must be an http or https address" });

const schema = z.object({
  PORT: port.nullable().default(null),
  HOST: z.string().min(1).default("127.0.0.1"),
  SHOP_URL: address.nullable().default(null),
  GATEWAY_URL: address,
  SHOP_ID: z.string().regex(/^[\w-]{1,100}$/, "must be the shop's name in the gateway: letters, digits, - and _"),
  SHOP_SECRET: z.string().refine(isSecret, {
    error: 'must be the secret that the gateway has too; make one with: echo "whsec_$(openssl rand -base64 32)"',
  }),
  SHOP_ENVIRONMENT: z.enum(["test", "live"]).default("test"),
});

/**
 * The settings of the process, checked once.
 *
 * @throws Error with one readable line per mistake; none of them repeats a value.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ""));
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path: [name = ""], message }) => {
    return set[String(name)] === undefined ? `${String(name)} is missing.` : `${String(name)}: ${message}.`;
  });
  throw new Error(`The shop cannot start:\n${lines.map((line) => `  ${line}`).join("\n")}`);
}
