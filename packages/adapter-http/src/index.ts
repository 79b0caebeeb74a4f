export { createHttpPlatform } from "./http-adapter.ts";
export type { HttpParts } from "./http-api.ts";
export { type HttpSettings, parseHttpSettings } from "./http-settings.ts";
