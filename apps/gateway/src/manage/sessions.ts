import { createHmac, timingSafeEqual } from "node:crypto";

/** Who signed in, until when. */
export interface Session {
  readonly id: string;
  /** Every form carries it; no other site can know it. */
  readonly token: string;
}

export interface Sessions {
  /** Seconds a session lasts. */
  readonly lifetime: number;
  /** A new one, as its cookie's value. */
  issue(): string;
  /** null: it is not one of ours, or has ended. */
  read(cookie: string | undefined): Session | null;
  isToken(session: Session, token: unknown): boolean;
}

export interface SessionParts {
  /** The same in every process that shall know them; another one ends them all. */
  readonly secret: Uint8Array;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const lifetime = 12 * 60 * 60;

/** Sessions that are kept nowhere: the cookie is signed, so that a restart and several gateways know it. */
export function createSessions({ secret, randomBytes, now }: SessionParts): Sessions {
  const sign = (what: string): string => createHmac("sha256", secret).update(what).digest("base64url");
  const toToken = (id: string): string => sign(`token ${id}`);
  return {
    lifetime,
    issue() {
      const ends = Math.floor(now() / 1000) + lifetime;
      const id = `${ends}.${Buffer.from(randomBytes(16)).toString("base64url")}`;
      return `${id}.${sign(`session ${id}`)}`;
    },
    read(cookie = "") {
      const [ends = "", random = "", mac = "", ...rest] = cookie.split(".");
      const id = `${ends}.${random}`;
      if (rest.length > 0 || !isSame(mac, sign(`session ${id}`))) return null;
      return Number(ends) * 1000 > now() ? { id, token: toToken(id) } : null;
    },
    isToken: ({ id }, token) => typeof token === "string" && isSame(token, toToken(id)),
  };
}

/** In a time that tells nothing of where they differ. */
export function isSame(one: string, other: string): boolean {
  const [mine, theirs] = [Buffer.from(one), Buffer.from(other)];
  return mine.length === theirs.length && timingSafeEqual(mine, theirs);
}
