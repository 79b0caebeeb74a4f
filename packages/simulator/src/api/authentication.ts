import { createHmac, timingSafeEqual } from "node:crypto";
import { ApiError } from "../api-error.ts";
import type { UserRow } from "../state/space.ts";

/** What is checked of a request's token. Times in milliseconds. */
export interface TokenCheck {
  readonly authorization: string | null;
  readonly method: string;
  /** Path with the query, exactly as it stood in the request line. */
  readonly path: string;
  readonly findUser: (id: string) => UserRow | undefined;
  /** The clocks by which the token may have been issued. */
  readonly clocks: readonly number[];
  readonly tolerance: number;
}

function denied(reason: string): ApiError {
  return new ApiError(401, "authentication_failed", `The request is not authenticated: ${reason}.`);
}

function readPart(part: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? "", "base64url").toString("utf8"));
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw denied("the token is not a JSON Web Token");
}

/** HS256 over the user, the time, the path and the method. @throws ApiError 401 that tells which of them is wrong */
export function authenticate(check: TokenCheck): UserRow {
  const token = /^Bearer (\S+)$/i.exec(check.authorization ?? "")?.[1];
  if (token === undefined) throw denied("the header Authorization with a Bearer token is missing");
  const [head, claims, signature, ...rest] = token.split(".");
  if (signature === undefined || rest.length > 0) throw denied("the token does not have three parts");
  const { alg, ver } = readPart(head);
  if (alg !== "HS256") throw denied(`the algorithm of the token must be HS256, is ${String(alg)}`);
  if (ver !== undefined && ver !== 1) throw denied(`the version of the token must be 1, is ${String(ver)}`);
  const { sub, iat, requestPath, requestMethod } = readPart(claims);
  if (typeof sub !== "string") throw denied("the claim sub must be the user's id as a string");
  const user = check.findUser(sub);
  if (user === undefined) throw denied(`there is no active application user ${sub}`);
  const expected = createHmac("sha256", Buffer.from(user.authenticationKey, "base64"))
    .update(`${head}.${claims}`)
    .digest();
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw denied(`the signature does not belong to the authentication key of the user ${sub}`);
  }
  if (!Number.isInteger(iat)) throw denied("the claim iat must be whole seconds since 1970");
  const skew = Math.min(...check.clocks.map((clock) => Math.abs(clock - Number(iat) * 1000)));
  if (skew > check.tolerance) {
    throw denied(
      `the token was issued ${Math.round(skew / 1000)} seconds away from now, allowed are ${check.tolerance / 1000}`,
    );
  }
  if (requestMethod !== check.method)
    throw denied(`the token is for ${String(requestMethod)}, the request is ${check.method}`);
  if (requestPath !== check.path)
    throw denied(`the token is for ${String(requestPath)}, the request is for ${check.path}`);
  return user;
}
