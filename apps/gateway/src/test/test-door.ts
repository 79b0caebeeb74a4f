import { randomBytes } from "node:crypto";
import type { DoorParts } from "../manage/door.ts";
import { createSessions } from "../manage/sessions.ts";
import { createSignIn } from "../manage/sign-in.ts";

export const signInCode = "ABCD-EFGH-JKLM";

/** The way in: by this password, or by `signInCode` where there is none. Two with one secret know each other's sessions. */
export function createTestDoor({
  password = null,
  secret = randomBytes(32),
  now = Date.now,
}: {
  readonly password?: string | null;
  readonly secret?: Uint8Array;
  readonly now?: () => number;
} = {}): DoorParts {
  const parts = { randomBytes, now };
  return {
    sessions: createSessions({ secret, ...parts }),
    signIn: createSignIn({ password, code: password === null ? signInCode : null, ...parts }),
    isOpenHere: password === null,
  };
}
