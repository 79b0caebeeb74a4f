const path = "/platforms/shopify";

/** Seen by no script, sent by no other site but for a link; over TLS only, where the gateway has it. */
export function toCookie(name: string, value: string, seconds: number, gatewayUrl: string): string {
  const secure = gatewayUrl.startsWith("https:") ? "; Secure" : "";
  return `checkout-plugins-${name}=${value}; Max-Age=${seconds}; Path=${path}; HttpOnly; SameSite=Lax${secure}`;
}

/** null: the browser has none of this name. */
export function readCookie(request: Request, name: string): string | null {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/).map((pair) => pair.split("="));
  const [, ...value] = pairs.find(([one]) => one === `checkout-plugins-${name}`) ?? [];
  return value.length === 0 ? null : value.join("=");
}
