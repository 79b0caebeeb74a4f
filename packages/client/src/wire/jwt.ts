import { createHmac, createSecretKey } from "node:crypto";

/** Makes the bearer token of one request. `pathAndQuery` must be the very text of the request line. */
export type SignRequest = (method: string, pathAndQuery: string, issuedAt: number) => string;

const joseHeader = Buffer.from('{"alg":"HS256","typ":"JWT","ver":1}').toString("base64url");

/** @throws TypeError when the user id or the key cannot be right; neither is repeated in the message. */
export function createRequestSigner(userId: string, authenticationKey: string): SignRequest {
  if (!/^[1-9][0-9]{0,19}$/.test(userId)) {
    throw new TypeError("userId must be the id of an application user: digits only, as the portal shows it.");
  }
  const bytes = Buffer.from(authenticationKey, "base64");
  if (bytes.length === 0 || bytes.toString("base64") !== authenticationKey) {
    throw new TypeError(
      "authenticationKey is not Base64. Copy it again, whole and without spaces; the portal shows it once, so make a new one when it is lost.",
    );
  }
  const key = createSecretKey(bytes);
  return (method, pathAndQuery, issuedAt) => {
    const claims = JSON.stringify({ sub: userId, iat: issuedAt, requestPath: pathAndQuery, requestMethod: method });
    const signed = `${joseHeader}.${Buffer.from(claims).toString("base64url")}`;
    return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
  };
}
