/** How a page of ours stands in a shop's page. */
export interface Frame {
  /** Origin of the window around it; the only one it speaks with. */
  readonly parent: string;
  /** Where the window around it is to go. */
  readonly navigate?: string;
  /** What is told to the shop's error callback. */
  readonly error?: string;
  /** Of the button that is to replace the shop's. */
  readonly label?: string;
}

/** The origin that the shop's side gave; null when the page stands alone or the value is no origin. */
export function toParentOrigin(given: string | undefined): string | null {
  if (given === undefined || !URL.canParse(given)) return null;
  const { origin, protocol } = new URL(given);
  return origin === given && (protocol === "http:" || protocol === "https:") ? origin : null;
}

const common = "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'";

/**
 * No script, nothing from elsewhere. Browsers apply form-action to the whole chain of redirects after a form, and the
 * shop may send its buyer on to any address; so it cannot be narrower than this.
 */
const pagePolicy = `${common}; frame-ancestors 'none'; form-action 'self' http: https:`;

/** In a frame of a shop, whose address nobody has told us; the token in our address is what lets it in. */
const framePolicy = `${common}; script-src 'self'; connect-src 'self'; frame-ancestors http: https:; form-action 'self'`;

export function pageHeaders(isFramed: boolean): Readonly<Record<string, string>> {
  return {
    "content-security-policy": isFramed ? framePolicy : pagePolicy,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  };
}
