import { scrypt } from "node:crypto";
import { promisify } from "node:util";
import { isSame } from "./sessions.ts";

export interface SignInParts {
  /** null: only the code opens. */
  readonly password: string | null;
  /** Opens once. null: there is none. */
  readonly code: string | null;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export interface SignIn {
  /** `wait`: too many tried, come again after so many seconds. */
  try(given: string, address: string): Promise<"welcome" | "wrong" | { readonly wait: number }>;
}

/** Tries of one address, and of all, within a minute. */
const most = { ofOne: 5, ofAll: 30 };
const span = 60_000;
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/** 60 bits in letters that cannot be mistaken for each other: XXXX-XXXX-XXXX. */
export function createCode(randomBytes: (length: number) => Uint8Array): string {
  const text = [...randomBytes(12)].map((byte) => letters[byte % letters.length]).join("");
  return text.replace(/(.{4})(?=.)/g, "$1-");
}

/** Lets in who knows the password, or the code that stood on the gateway's own screen. */
export function createSignIn({ password, code, randomBytes, now }: SignInParts): SignIn {
  const salt = randomBytes(16);
  const digest = async (text: string): Promise<string> => {
    const key = (await promisify(scrypt)(text, salt, 32)) as Buffer;
    return key.toString("base64");
  };
  const expected = password === null ? null : digest(password);
  const tries: { readonly address: string; readonly at: number }[] = [];
  let open = code;

  return {
    async try(given, address) {
      while (tries[0] !== undefined && tries[0].at + span <= now()) tries.shift();
      const mine = tries.filter((one) => one.address === address);
      const blocking = tries.length >= most.ofAll ? tries : mine.length >= most.ofOne ? mine : [];
      const [oldest] = blocking;
      if (oldest !== undefined) return { wait: Math.ceil((oldest.at + span - now()) / 1000) };
      tries.push({ address, at: now() });
      const typed = await digest(given);
      if (expected !== null && isSame(typed, await expected)) return "welcome";
      if (open !== null && isSame(toPlain(given), toPlain(open))) {
        open = null;
        return "welcome";
      }
      return "wrong";
    },
  };
}

/** As people type it: small letters, without the dashes. */
function toPlain(code: string): string {
  return code.toUpperCase().replace(/[^A-Z0-9]/g, "");
}
