export interface PolicyNeeds {
  /**
   * The page has a "pay" button. Chromium applies `form-action` to the redirect that follows a form too, and the payment
   * page is elsewhere.
   */
  readonly canLeave: boolean;
  /** Is the shop itself served by https? Only on a developer's machine it is not. */
  readonly isSecure: boolean;
  /** The service's own script, for lightbox and iframe. */
  readonly script: URL | null;
}

/** The Content-Security-Policy of a page: nothing but our own files, and what paying needs. */
export function toPolicy({ canLeave, isSecure, script }: PolicyNeeds): string {
  const service = script === null ? "" : ` ${script.origin}`;
  const away = canLeave ? ` https:${isSecure ? "" : " http:"}` : "";
  return [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action 'self'${away}`,
    `script-src 'self'${service}`,
    "style-src 'self'",
    `img-src 'self'${service}`,
    `connect-src 'self'${service}`,
    ...(script === null ? [] : [`frame-src${service}`]),
  ].join("; ");
}
