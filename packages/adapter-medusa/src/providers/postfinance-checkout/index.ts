import type { ModuleProviderExports } from "@medusajs/framework/types";
import { ModuleProvider, Modules } from "@medusajs/framework/utils";
import { PostFinanceCheckoutProvider } from "../../medusa-provider.ts";

const provider: ModuleProviderExports = ModuleProvider(Modules.PAYMENT, { services: [PostFinanceCheckoutProvider] });

export default provider;
