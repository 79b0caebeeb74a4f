import type { Logger } from "@checkout-plugins/core";
import { installWebhooks } from "./install-webhooks.ts";
import type { Provider } from "./runtime.ts";

/** After a failure it is tried again so much later. Milliseconds. */
const pause = 3_600_000;

export interface WebhookKeeperParts {
  readonly providers: readonly Provider[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly logger: Logger;
}

/**
 * Sets up the webhooks of each provider that leaves it to the plugin, once a process. Without them everything still
 * happens, by timer: a failure is a line in the log, and the settings page offers to try again.
 */
export function createWebhookKeeper({ providers, now, logger }: WebhookKeeperParts): { keep(): Promise<void> } {
  const due = new Map<Provider, number>();
  for (const provider of providers) if (provider.settings.webhooks === "automatic") due.set(provider, 0);
  return {
    async keep() {
      for (const [provider, at] of due) {
        if (at > now()) continue;
        try {
          await installWebhooks(provider);
          due.delete(provider);
        } catch (error) {
          due.set(provider, now() + pause);
          const why = error instanceof Error ? error.message : String(error);
          logger.warn("webhooks are not set up", { provider: provider.id, why });
        }
      }
    },
  };
}
