export { PostFinanceCheckoutProvider } from "./medusa-provider.ts";
export type { MedusaSettings } from "./medusa-settings.ts";
