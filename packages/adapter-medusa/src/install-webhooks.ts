import { setUpWebhooks } from "@checkout-plugins/core";
import { hookPath, identifier } from "./medusa-names.ts";
import type { Provider } from "./runtime.ts";

/** Milliseconds. */
const patience = 30_000;

/** Where the service sends its webhooks of this provider's space. */
export function toWebhookUrl({ id, settings }: Pick<Provider, "id" | "settings">): string {
  return `${settings.backendUrl}${hookPath}/${id.slice(`pp_${identifier}_`.length)}`;
}

/**
 * Has the space send its webhooks here: creates what is missing, mends what is switched off, leaves others' alone.
 *
 * @throws ServiceError, or PaymentError `notConfigured` with what to do in the back office.
 */
export async function installWebhooks(provider: Provider): Promise<void> {
  await setUpWebhooks({
    space: provider.space,
    url: toWebhookUrl(provider),
    name: "Medusa",
    signal: AbortSignal.timeout(patience),
  });
}
