export type QueryValue = string | number | boolean | readonly string[] | undefined;
export type Query = Readonly<Record<string, QueryValue>>;

export const apiPath = "/api/v2.0";

/**
 * Path and query as they are signed and sent. Everything but unreserved characters is escaped, the apostrophe too,
 * which URL parsers escape in a query: after that no HTTP library rewrites a character. Arrays are repeated keys.
 */
export function toPathAndQuery(path: string, query: Query = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value]
      .flat()
      .filter((each) => each !== undefined)
      .map((each) => `${escapeText(name)}=${escapeText(String(each))}`),
  );
  return pairs.length === 0 ? `${apiPath}${path}` : `${apiPath}${path}?${pairs.join("&")}`;
}

export function escapeText(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("'", "%27");
}

/** @throws TypeError when it is not the plain origin of a web server. */
export function toOrigin(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  if (!isOrigin) {
    throw new TypeError(
      "baseUrl must be an origin such as https://checkout.postfinance.ch: no path, no query, no user.",
    );
  }
  return url.origin;
}
