export { createHttpPlatform } from "./http-adapter.ts";
export { type HttpSettings, parseHttpSettings } from "./http-settings.ts";
