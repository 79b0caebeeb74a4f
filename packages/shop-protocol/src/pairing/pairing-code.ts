import { PaymentError } from "@checkout-plugins/core";
import { z } from "zod";
import { isSecret } from "../signature.ts";
import { parseWith } from "../wire/check.ts";

/** What a person carries from the gateway's console to the shop, once. */
export interface PairingCode {
  /** The gateway's public address, without a slash at its end. */
  readonly gateway: string;
  /** Such as "http" or "woocommerce". */
  readonly platform: string;
  /** Of this code. */
  readonly id: string;
  /** `whsec_…`: signs the exchange in both directions, and nothing else. */
  readonly key: string;
}

const prefix = "cpp1.";

const schema: z.ZodType<PairingCode> = z.object({
  gateway: z.url({ protocol: /^https?$/ }).refine((url) => !/[?#]|\/$/.test(url)),
  platform: z.string().regex(/^[a-z0-9-]{1,40}$/),
  id: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  key: z.string().refine(isSecret),
});

/** `cpp1.` and the Base64url of the JSON. It lets whoever has it connect a shop, until it is used or too old. */
export function toPairingCode({ gateway, platform, id, key }: PairingCode): string {
  return prefix + Buffer.from(JSON.stringify({ gateway, platform, id, key })).toString("base64url");
}

/** Spaces and line breaks around it are passed over. @throws PaymentError `badRequest`; its text never holds the key. */
export function parsePairingCode(text: string): PairingCode {
  const code = text.trim();
  if (code.startsWith(prefix)) {
    try {
      return parseWith(schema, JSON.parse(Buffer.from(code.slice(prefix.length), "base64url").toString()), "The code");
    } catch (cause) {
      if (!(cause instanceof SyntaxError || cause instanceof PaymentError)) throw cause;
    }
  }
  throw new PaymentError(
    "badRequest",
    `This is not a pairing code. Copy it whole from the gateway's console: it begins with ${prefix}`,
  );
}
