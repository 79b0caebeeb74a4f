import type { ApiVersion as LibraryVersion } from "@shopify/shopify-api";

/** Newest first; Shopify supports each for a year (https://shopify.dev/docs/api/usage/versioning). */
export const apiVersions = ["2026-10", "2026-07", "2026-04", "2026-01", "2025-10"] as const;

/** Of those, one that Shopify's library knows too. */
export type ApiVersion = Extract<`${LibraryVersion}`, (typeof apiVersions)[number]>;
